import { z } from 'zod';
import { commandIdSchema, idSchema, instantSchema, versionSchema } from '../base/ids.ts';
import type { Command } from '../tickets/command.ts';
import { outcomeSchema } from '../tickets/outcome.ts';

/** The most commands in one push. */
export const MAX_PUSH_COMMANDS = 256;

/** POST /v1/push: commands in journal order (S2). Pushing again returns the same outcomes, changes nothing. */
export const pushRequestSchema = z.strictObject({
  protocol: z.int().positive(),
  consoleId: idSchema,
  /** The desk they are meant for: no other may take them (S5). */
  deskId: idSchema,
  /** Parsed one by one, so that a bad one is refused without the rest (S2). */
  commands: z.array(z.unknown()).max(MAX_PUSH_COMMANDS),
});
export type PushRequest = Omit<z.infer<typeof pushRequestSchema>, 'commands'> & {
  commands: Command[];
};

/** The desk's answer to one command. `not-yet`: what it comes after is missing; no outcome, push again (S2). */
export const pushAnswerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('decided'), commandId: commandIdSchema, outcome: outcomeSchema }),
  z.object({
    kind: z.literal('not-yet'),
    commandId: commandIdSchema,
    missing: z.string().max(200),
  }),
  /** Not a command at all, so it has no ledger row; `index` is its place in the request. */
  z.object({ kind: z.literal('unreadable'), index: z.int().nonnegative(), message: z.string() }),
]);
export type PushAnswer = z.infer<typeof pushAnswerSchema>;

export const pushResponseSchema = z.object({
  protocol: z.int().positive(),
  deskId: idSchema,
  epoch: idSchema,
  now: instantSchema,
  version: versionSchema,
  answers: z.array(pushAnswerSchema),
});
export type PushResponse = z.infer<typeof pushResponseSchema>;
