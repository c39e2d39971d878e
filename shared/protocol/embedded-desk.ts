import { z } from 'zod';

/** What goes between the console's main process and its embedded desk's process. */

/** Main's first word: where the data lies and the random token of this start (X5). */
const startOrderSchema = z.strictObject({
  kind: z.literal('start'),
  dataDir: z.string().min(1),
  token: z.string().min(32),
});
export type StartOrder = z.infer<typeof startOrderSchema>;

export const deskOrderSchema = z.discriminatedUnion('kind', [
  startOrderSchema,
  /** End in order, after a last backup (S5). A signal is no word for it: not every system has one. */
  z.strictObject({ kind: z.literal('stop') }),
]);
export type DeskOrder = z.infer<typeof deskOrderSchema>;

export const deskReportSchema = z.discriminatedUnion('kind', [
  /** A loopback address. */
  z.strictObject({ kind: z.literal('listening'), url: z.string() }),
  z.strictObject({
    kind: z.literal('failed'),
    /** in-use: another process holds the directory's lock (S10). */
    code: z.enum(['in-use', 'damaged', 'internal']),
    message: z.string(),
  }),
]);
export type DeskReport = z.infer<typeof deskReportSchema>;
