import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { runDesk } from '../../helpers/desk-process.ts';
import type { PresenceMode } from '../../../shared/protocol/presence.ts';
import { PROTOCOL_VERSION } from '../../../shared/protocol/protocol-version.ts';
import type { Role } from '../../../shared/base/roles.ts';
import { policyAnswerSchema } from '../../../shared/protocol/policy-edit.ts';
import type { PolicyVersion } from '../../../shared/policy/policy-document.ts';
import { deskInfoSchema } from '../../../shared/protocol/desk-info.ts';
import { pushResponseSchema } from '../../../shared/protocol/push.ts';
import type { Action, Command } from '../../../shared/tickets/command.ts';
import type { Outcome } from '../../../shared/tickets/outcome.ts';
import { entrySchema } from '../../../shared/tickets/entry.ts';
import type { Entry } from '../../../shared/tickets/entry.ts';
import { ticketHeadSchema } from '../../../shared/tickets/head.ts';
import type { TicketHead } from '../../../shared/tickets/head.ts';
import { startDesk } from './desk-process.ts';
import type { KillableDesk } from './desk-process.ts';
import { readDesk } from './read-desk.ts';

/** A desk alone, filled with demo tickets, with one agent who can sign in. */
export type TeamDesk = {
  readonly process: KillableDesk;
  /** What the console needs to reach it. */
  readonly env: Readonly<Record<string, string>>;
  /** The same for a console of the colleague. */
  readonly colleagueEnv: Readonly<Record<string, string>>;
  /** What the desk says over its API, to a colleague of the agent at the console. */
  readonly api: DeskApi;
  readonly end: () => Promise<void>;
};

export type DeskApi = {
  heads: () => Promise<TicketHead[]>;
  policy: () => Promise<PolicyVersion>;
  ticket: (id: string) => Promise<{ head: TicketHead; entries: Entry[] }>;
  /** The colleague does something, having seen everything. */
  act: (ticketId: string, action: Action) => Promise<Outcome>;
  /** The colleague is at a ticket (S18); a console would say so again every 15 s. */
  be: (ticketId: string | null, mode: PresenceMode) => Promise<void>;
  /** The colleague puts a policy in force. */
  savePolicy: (document: PolicyVersion['document'], baseRules: number) => Promise<void>;
};

/** `role` is that of the agent at the console; the colleague is a lead. */
export async function teamDesk(tickets: number, role: Role = 'agent'): Promise<TeamDesk> {
  const dir = await mkdtemp(join(tmpdir(), 'agent-console-desk-'));
  await desk(['demo', '--data', dir, '--tickets', String(tickets), '--seed', '7']);
  const token = (await desk(['agent', 'add', 'Test Agent', '--role', role, '--data', dir])).trim();
  const colleague = (
    await desk(['agent', 'add', 'Colleague', '--role', 'lead', '--data', dir])
  ).trim();
  const process = await startDesk(dir);
  return {
    process,
    env: { AGENT_CONSOLE_DESK_URL: process.url, AGENT_CONSOLE_DESK_TOKEN: token },
    colleagueEnv: { AGENT_CONSOLE_DESK_URL: process.url, AGENT_CONSOLE_DESK_TOKEN: colleague },
    api: deskApi(process.url, colleague),
    end: async () => {
      await process.end();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

async function desk(args: readonly string[]): Promise<string> {
  const { code, out, err } = await runDesk(args);
  if (code !== 0) throw new Error(`desk ${args.join(' ')}: ${err}`);
  return out;
}

const ticketSchema = z.object({ head: ticketHeadSchema, entries: z.array(entrySchema) });

/** Reads over the wire as a console of its own, so that what a test sees is what any console would. */
export function deskApi(url: string, token: string): DeskApi {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };

  const pullAll = () => readDesk(url, headers);

  let seq = 0;
  return {
    heads: async () => (await pullAll()).heads,
    policy: async () => {
      const { policy } = await pullAll();
      if (policy === null) throw new Error('the desk has no policy');
      return policy;
    },
    ticket: async (id) => {
      const answer = await fetch(`${url}/v1/tickets/${id}`, { headers });
      if (!answer.ok) throw new Error(`ticket: ${answer.status} ${await answer.text()}`);
      return ticketSchema.parse(await answer.json());
    },
    be: async (ticketId, mode) => {
      const body = { protocol: PROTOCOL_VERSION, consoleId: 'reader', ticketId, mode };
      const answer = await fetch(`${url}/v1/presence`, {
        method: 'POST',
        headers,
        body: JSON.stringify(body),
      });
      if (!answer.ok) throw new Error(`presence: ${answer.status} ${await answer.text()}`);
    },
    savePolicy: async (document, baseRules) => {
      const answer = await fetch(`${url}/v1/policy`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ protocol: PROTOCOL_VERSION, document, baseRules }),
      });
      const { kind } = policyAnswerSchema.parse(await answer.json());
      if (kind !== 'saved') throw new Error(`the policy was not saved: ${kind}`);
    },
    act: async (ticketId, action) => {
      const info = deskInfoSchema.parse(await (await fetch(`${url}/v1/desk`, { headers })).json());
      seq += 1;
      const command: Command = {
        id: uuidv7(),
        agentId: info.agent.id,
        consoleId: 'reader',
        seq,
        after: null,
        ticketId,
        baseVersion: info.version,
        threadSeen: info.version,
        writtenAt: info.now,
        notBefore: null,
        undoes: null,
        afterRestore: false,
        action,
      };
      const { protocol, deskId } = info;
      const answer = await fetch(`${url}/v1/push`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ protocol, deskId, consoleId: 'reader', commands: [command] }),
      });
      const [decided] = pushResponseSchema.parse(await answer.json()).answers;
      if (decided?.kind !== 'decided') throw new Error(`not decided: ${JSON.stringify(decided)}`);
      return decided.outcome;
    },
  };
}
