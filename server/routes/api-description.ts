import type { OpenAPIHono } from '@hono/zod-openapi';
import { fetchedEnvelopeSchema } from '../../shared/protocol/fetch-rows.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/protocol-version.ts';
import {
  pageEntriesSchema,
  pageEnvelopeSchema,
  pageRowsSchema,
} from '../../shared/protocol/pull.ts';
import type { DeskEnv } from '../http/desk-env.ts';
import { BEARER } from './signed-in.ts';

/** /openapi.json, made from the same schemas that requests are parsed with. Needs no sign-in. */
export function describeApi(app: OpenAPIHono<DeskEnv>): void {
  const registry = app.openAPIRegistry;
  registry.registerComponent('securitySchemes', BEARER, { type: 'http', scheme: 'bearer' });
  // `describe` makes a new schema: one that was made before the OpenAPI package was loaded, as happens
  // in the bundle, cannot be registered.
  registry.register('PageEnvelope', pageEnvelopeSchema.describe('First part of a page.'));
  registry.register('FetchedEnvelope', fetchedEnvelopeSchema.describe('First part of rows by id.'));
  registry.register('PageRows', pageRowsSchema.describe('Second part of a page.'));
  registry.register('PageEntries', pageEntriesSchema.describe('Third part of a page.'));
  app.doc31('/openapi.json', {
    openapi: '3.1.0',
    info: {
      title: 'Agent Console desk',
      version: String(PROTOCOL_VERSION),
      description: "A support team's ticket store and its sync with agents' consoles.",
    },
  });
}
