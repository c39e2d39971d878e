import { z } from 'zod';
import { idSchema, instantSchema } from '../base/ids.ts';

/** POST /v1/sign-in: a token for a password (S9). Answered with a problem where it is not the agent's. */
export const signInRequestSchema = z.strictObject({
  agentId: idSchema,
  password: z.string().min(1).max(1_000),
  /** By which the agent knows this console among their sign-ins. */
  consoleName: z.string().min(1).max(100),
});
export type SignInRequest = z.infer<typeof signInRequestSchema>;

export const signInResponseSchema = z.object({
  token: z.string().min(1).max(200),
  expiresAt: instantSchema,
});
export type SignInResponse = z.infer<typeof signInResponseSchema>;
