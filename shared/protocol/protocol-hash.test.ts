import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { commandSchema } from '../tickets/command.ts';
import { blobStandingSchema } from './blobs.ts';
import { deskInfoSchema } from './desk-info.ts';
import { fetchRowsRequestSchema, fetchedEnvelopeSchema } from './fetch-rows.ts';
import { pokeSchema } from './poke.ts';
import {
  policyAnswerSchema,
  policyPreviewRequestSchema,
  policySaveRequestSchema,
} from './policy-edit.ts';
import { presenceNewsSchema, presenceRequestSchema } from './presence.ts';
import { problemSchema } from './problem.ts';
import { PROTOCOL_VERSION } from './protocol-version.ts';
import {
  pageEntriesSchema,
  pageEnvelopeSchema,
  pageRowsSchema,
  pullRequestSchema,
} from './pull.ts';
import { pushRequestSchema, pushResponseSchema } from './push.ts';
import { fetchedTicketSchema } from './ticket.ts';

/** One line for each released protocol version. A line never changes once released. */
const hashes: Readonly<Record<number, string>> = {
  1: '73acdb9d6b88f0a8',
};

test('[S11] a wire change forces a new protocol version', () => {
  const schemas = [
    commandSchema,
    deskInfoSchema,
    pokeSchema,
    problemSchema,
    pullRequestSchema,
    pageEnvelopeSchema,
    pageRowsSchema,
    pageEntriesSchema,
    fetchRowsRequestSchema,
    fetchedEnvelopeSchema,
    fetchedTicketSchema,
    pushRequestSchema,
    pushResponseSchema,
    policyPreviewRequestSchema,
    policySaveRequestSchema,
    policyAnswerSchema,
    blobStandingSchema,
    presenceRequestSchema,
    presenceNewsSchema,
  ];
  const text = JSON.stringify(schemas.map((schema) => z.toJSONSchema(schema)));
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 16);
  expect({ version: PROTOCOL_VERSION, hash }).toEqual({
    version: PROTOCOL_VERSION,
    hash: hashes[PROTOCOL_VERSION],
  });
});
