import { z } from 'zod';
import { commandIdSchema, idSchema } from '../base/ids.ts';
import type { Result } from '../base/result.ts';
import { policyVersionSchema } from '../policy/policy-document.ts';
import { agentSchema } from '../protocol/agent.ts';
import { policyAnswerSchema } from '../protocol/policy-edit.ts';
import { ticketRowSchema } from '../protocol/pull.ts';
import { fetchedTicketSchema } from '../protocol/ticket.ts';
import { commandDraftSchema, commandSchema } from '../tickets/command.ts';
import { alertRecordSchema } from './alert-record.ts';
import { blobMethods } from './blobs.ts';
import type { BridgeError } from './bridge-error.ts';
import { draftMethods } from './drafts.ts';
import { journalledCommandSchema } from './journal-view.ts';
import { presenceMethods } from './presence.ts';
import { syncStatusSchema } from './sync-status.ts';

const nothing = z.strictObject({});

/** What the renderer needs for its first picture; rows come from the watch table, not the replica (S13). */
export const startSchema = z.strictObject({
  appVersion: z.string(),
  /** Null before the first sign-in. */
  agent: agentSchema.nullable(),
  agents: z.array(agentSchema),
  consoleId: idSchema,
  demo: z.boolean(),
  policy: policyVersionSchema.nullable(),
  /** The most urgent open tickets, in order; the rest comes from the replica. */
  firstRows: z.array(ticketRowSchema),
  /** How many open tickets the watch table holds. */
  openTickets: z.int().nonnegative(),
  commands: z.array(journalledCommandSchema),
  status: syncStatusSchema,
  /** The ticket a click asked for before the window was there (A6). */
  openTicketId: idSchema.nullable(),
});
export type ConsoleStart = z.infer<typeof startSchema>;

/** Every call the renderer can make: name, what it takes, what it gives. Main parses both ways (X2). */
export const bridgeMethods = {
  'console.start': { params: nothing, result: startSchema },
  /** First queue rows are painted. */
  'console.shown': {
    params: z.strictObject({ rows: z.int().nonnegative() }),
    result: nothing,
  },
  /** Answered only when all the commands are fsynced in the journal (S5): all of them are saved, or none. */
  'commands.submit': {
    params: z.strictObject({ drafts: z.array(commandDraftSchema).min(1).max(1_000) }),
    result: z.strictObject({ commands: z.array(commandSchema) }),
  },
  /** Takes a held, superseded or refused command out of the conflicts view. */
  'commands.dismiss': {
    params: z.strictObject({ commandId: commandIdSchema }),
    result: nothing,
  },
  /** Takes back a command (S17). False: it was marked sent already, so it may be on its way. */
  'commands.withdraw': {
    params: z.strictObject({ commandId: commandIdSchema }),
    result: z.strictObject({ withdrawn: z.boolean() }),
  },
  ...draftMethods,
  ...presenceMethods,
  'sync.now': { params: nothing, result: nothing },
  /** Work offline, or no longer. */
  'sync.pause': { params: z.strictObject({ paused: z.boolean() }), result: nothing },
  /** The agent's answer to `status.question` (S7). After a no it stays stopped, and the question stands. */
  'sync.answer': {
    params: z.strictObject({ question: z.enum(['restored', 'short-list']), yes: z.boolean() }),
    result: nothing,
  },
  /**
   * Signs in with a token or a password, and lets what waits go out (S9). Kept in memory, for this run of the
   * program. Refused with words where the desk does not take it, or knows it as another agent than works here.
   */
  'session.signIn': {
    params: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('token'), token: z.string().min(1).max(200) }),
      z.strictObject({
        kind: z.literal('password'),
        agentId: idSchema,
        password: z.string().min(1).max(1_000),
      }),
    ]),
    result: nothing,
  },
  'alerts.list': {
    params: z.strictObject({ limit: z.int().min(1).max(1_000) }),
    result: z.strictObject({ alerts: z.array(alertRecordSchema) }),
  },
  /** A ticket that is not kept on this machine, or not yet; asks the desk (S15). */
  'ticket.fetch': {
    params: z.strictObject({ ticketId: idSchema }),
    result: fetchedTicketSchema,
  },
  /** Silences the repeats of a Critical that is overdue (A5). */
  'alerts.acknowledge': {
    params: z.strictObject({ ticketId: idSchema }),
    result: nothing,
  },
  /** What a policy document would do to the open tickets; asks the desk, leads only (C14). */
  'policy.preview': {
    params: z.strictObject({ document: z.unknown() }),
    result: policyAnswerSchema,
  },
  /** Puts a policy document in force; asks the desk, leads only (C15). */
  'policy.save': {
    params: z.strictObject({ document: z.unknown(), baseRules: z.int().positive() }),
    result: policyAnswerSchema,
  },
  ...blobMethods,
  /** Opens a link in the browser or mailer: https and mailto only (X3). */
  'link.open': { params: z.strictObject({ url: z.string().max(4_000) }), result: nothing },
  /** Asks for the port to the replica's worker; it arrives as a window message (S15). */
  'replica.connect': { params: nothing, result: nothing },
} as const;

export type BridgeMethods = typeof bridgeMethods;
export type BridgeMethodName = keyof BridgeMethods;
export type BridgeParams<Name extends BridgeMethodName> = z.infer<BridgeMethods[Name]['params']>;
export type BridgeValue<Name extends BridgeMethodName> = z.infer<BridgeMethods[Name]['result']>;
export type BridgeResult<Name extends BridgeMethodName> = Result<BridgeValue<Name>, BridgeError>;
