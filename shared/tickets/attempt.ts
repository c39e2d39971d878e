import { z } from 'zod';
import { attemptOutcomes, licences } from './fields.ts';
import { bodySchema, lineSchema } from './text.ts';

/** One try to reproduce what the customer reported (W1). */
export const attemptSchema = z.strictObject({
  environment: z.strictObject({
    productVersion: lineSchema,
    hosting: z.enum(licences),
    operatingSystem: lineSchema,
    browser: lineSchema,
  }),
  steps: bodySchema,
  expected: bodySchema,
  actual: bodySchema,
  outcome: z.enum(attemptOutcomes),
});
export type Attempt = z.infer<typeof attemptSchema>;
