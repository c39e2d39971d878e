import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { policyVersionSchema } from '../../shared/policy/policy-document.ts';
import { pageEntriesSchema, pageRowsSchema } from '../../shared/protocol/pull.ts';
import { REPLICA_SHAPE } from './replica-store.ts';

/** One line for each shape that a replica has had. */
const hashes: Readonly<Record<number, string>> = {
  2: '5d681350a2db7670',
  3: '92f80b8744bf0e13',
  4: '92f80b8744bf0e13',
};

test('[S12] a stored row of another shape needs another shape of replica, which drops the old ones', () => {
  const schemas = [pageRowsSchema, pageEntriesSchema, policyVersionSchema];
  const text = JSON.stringify(schemas.map((schema) => z.toJSONSchema(schema)));
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 16);
  expect({ shape: REPLICA_SHAPE, hash }).toEqual({
    shape: REPLICA_SHAPE,
    hash: hashes[REPLICA_SHAPE],
  });
});
