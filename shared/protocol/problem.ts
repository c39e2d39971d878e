import { z } from 'zod';

/** Every error answer of the desk: a code for programs, words for people, never a stack trace (X5). */
export const problemSchema = z.object({
  error: z.enum([
    'unauthenticated',
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
