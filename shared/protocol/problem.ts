import { z } from 'zod';

/** Every error answer of the desk: a code for programs, words for people, never a stack trace (X5). */
export const problemSchema = z.object({
  error: z.enum([
    'unauthenticated',
    /** The sign-in was good once: sign in again, work goes on meanwhile (S9). */
    'expired',
    /** Taken from the agent: caches are deleted (S9). */
    'revoked',
    'forbidden',
    'bad-request',
    'too-large',
    'too-old',
    'wrong-desk',
    'unknown-cursor',
    'not-found',
    'internal',
  ]),
  message: z.string(),
});
export type Problem = z.infer<typeof problemSchema>;
