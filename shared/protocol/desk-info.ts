import { z } from 'zod';
import { idSchema, instantSchema, versionSchema } from '../base/ids.ts';
import { agentSchema } from './agent.ts';

/** GET /v1/desk: which desk this is, in which life (S7), its time (C9), and who the token stands for. */
export const deskInfoSchema = z.object({
  protocol: z.int().positive(),
  deskId: idSchema,
  epoch: idSchema,
  /** Desk time, ms since epoch. */
  now: instantSchema,
  version: versionSchema,
  /** The version at which this epoch began: 0 in a desk's first life (S7). */
  epochVersion: versionSchema,
  agent: agentSchema,
  /** A desk of invented tickets on which things happen by themselves. */
  demo: z.boolean(),
});
export type DeskInfo = z.infer<typeof deskInfoSchema>;
