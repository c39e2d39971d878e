import { z } from 'zod';
import { commandIdSchema, idSchema, instantSchema, versionSchema } from '../../shared/base/ids.ts';
import { err, ok } from '../../shared/base/result.ts';
import type { Result } from '../../shared/base/result.ts';
import { cursorSchema } from '../../shared/protocol/cursor.ts';
import { commandSchema } from '../../shared/tickets/command.ts';
import { outcomeSchema } from '../../shared/tickets/outcome.ts';
import { encodeRecord } from './record-format.ts';
import { upgradeRecord } from './upgrade-record.ts';

/** To whom a journal belongs; it is pushed only as this agent to this desk (S5). */
export const journalOwnerSchema = z.strictObject({
  deskId: idSchema,
  agentId: idSchema,
  consoleId: idSchema,
});
export type JournalOwner = z.infer<typeof journalOwnerSchema>;

/** The most commands that one record holds. */
export const MAX_COMMANDS_PER_RECORD = 1_000;

/** Every record has its number; they follow each other without a gap, so a missing one is seen. */
const numbered = { n: z.int().nonnegative(), at: instantSchema };

export const journalRecordSchema = z.discriminatedUnion('kind', [
  /** First in each file; carries over what older records said. */
  z.strictObject({
    kind: z.literal('header'),
    ...numbered,
    owner: journalOwnerSchema,
    lastSeq: z.int().nonnegative(),
    /** Up to where the desk's newest verified backup holds everything; null where none is known (S5). */
    safe: cursorSchema.nullable().optional(),
    epoch: idSchema.nullable().optional(),
  }),
  z.strictObject({ kind: z.literal('command'), ...numbered, command: commandSchema }),
  /** Saved together: one record, so a crash leaves all of them or none. */
  z.strictObject({
    kind: z.literal('commands'),
    ...numbered,
    commands: z.array(commandSchema).min(1).max(MAX_COMMANDS_PER_RECORD),
  }),
  /** Marked sent, before its first byte leaves, with `after` fixed (S2). */
  z.strictObject({
    kind: z.literal('sent'),
    ...numbered,
    commandId: commandIdSchema,
    after: commandIdSchema.nullable(),
  }),
  z.strictObject({
    kind: z.literal('outcome'),
    ...numbered,
    commandId: commandIdSchema,
    outcome: outcomeSchema,
    /** The desk could not read the command, so its ledger has no row of it: none may come after it (S2). */
    noLedgerRow: z.literal(true).optional(),
  }),
  /** Accepted, and held by watch table and replica: left pending (S4). */
  z.strictObject({ kind: z.literal('settled'), ...numbered, commandId: commandIdSchema }),
  /** Taken out of the conflicts view by the agent. */
  z.strictObject({ kind: z.literal('dismissed'), ...numbered, commandId: commandIdSchema }),
  /** Taken back before it was marked sent (S17). */
  z.strictObject({ kind: z.literal('withdrawn'), ...numbered, commandId: commandIdSchema }),
  /** The desk's backups hold everything up to here (S5). */
  z.strictObject({ kind: z.literal('safe'), ...numbered, cursor: cursorSchema }),
  /** The desk's life that outcomes are of from here on (S7). */
  z.strictObject({ kind: z.literal('life'), ...numbered, epoch: idSchema }),
  /** The agent said yes: the desk is in a new life, which began at this version (S7). */
  z.strictObject({
    kind: z.literal('restored'),
    ...numbered,
    epoch: idSchema,
    version: versionSchema,
  }),
  /** Their tickets are no longer for this agent: of the outcomes only the agent's own words stay (S14). */
  z.strictObject({
    kind: z.literal('stripped'),
    ...numbered,
    commandIds: z.array(commandIdSchema).min(1).max(MAX_COMMANDS_PER_RECORD),
  }),
]);
export type JournalRecord = z.infer<typeof journalRecordSchema>;

type Unnumbered<R> = R extends JournalRecord ? Omit<R, 'n' | 'at'> : never;
/** A record before it has its place. */
export type NewRecord = Unnumbered<JournalRecord>;

export function encodeJournalRecord(record: JournalRecord): Uint8Array {
  return encodeRecord(new TextEncoder().encode(JSON.stringify(record)));
}

export function decodeJournalRecord(payload: Uint8Array): Result<JournalRecord, string> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload));
  } catch (thrown) {
    return err(String(thrown));
  }
  const parsed = journalRecordSchema.safeParse(upgradeRecord(value));
  return parsed.success ? ok(parsed.data) : err(z.prettifyError(parsed.error));
}
