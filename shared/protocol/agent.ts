import { z } from 'zod';
import { idSchema, versionSchema } from '../base/ids.ts';
import { roles } from '../base/roles.ts';
import { lineSchema } from '../tickets/text.ts';

/** One who works tickets, as consoles know them. */
export const agentSchema = z.strictObject({
  id: idSchema,
  version: versionSchema,
  name: lineSchema,
  role: z.enum(roles),
  teamIds: z.array(idSchema),
});
export type Agent = z.infer<typeof agentSchema>;
