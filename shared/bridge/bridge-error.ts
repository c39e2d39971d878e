import { z } from 'zod';

/** Why a bridge call failed: a code for programs, words for the agent. */
export const bridgeErrorSchema = z.strictObject({
  code: z.enum([
    /** The call was not what the contract says. */
    'bad-call',
    /** The caller is not our own main frame (X2). */
    'forbidden',
    /** The disk did not take it: it is not saved. */
    'not-saved',
    'no-such-ticket',
    'not-allowed',
    /** It needs the desk, which does not answer. */
    'no-desk',
    /** A file that is neither here nor, it seems, at the desk (S16). */
    'no-file',
    'internal',
  ]),
  message: z.string().max(2_000),
});
export type BridgeError = z.infer<typeof bridgeErrorSchema>;
