import { z } from 'zod';

/** What this installation remembers. A part that is missing has its default. */
export const settingsSchema = z.strictObject({
  desk: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('embedded') }),
      z.strictObject({ kind: z.literal('address'), url: z.url({ protocol: /^https?$/ }) }),
    ])
    .default({ kind: 'embedded' }),
  /** Which profile (console id) belongs to which desk and sign-in: see targetKey. */
  profiles: z.record(z.string(), z.string()).default({}),
  window: z
    .strictObject({
      x: z.int(),
      y: z.int(),
      width: z.int().positive(),
      height: z.int().positive(),
      maximised: z.boolean(),
    })
    .nullable()
    .default(null),
});
export type Settings = z.infer<typeof settingsSchema>;

export const defaultSettings: Settings = settingsSchema.parse({});
