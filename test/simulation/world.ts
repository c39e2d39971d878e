import { isDeepStrictEqual } from 'node:util';
import { putAgent } from '../../server/agents/add-agent.ts';
import { hashToken } from '../../server/agents/tokens.ts';
import { startDesk } from '../../server/desk.ts';
import { takeSubmission } from '../../server/intake/intake.ts';
import type { JournalOwner } from '../../main/journal/records.ts';
import type { Command } from '../../shared/tickets/command.ts';
import { consoleHost } from './console-host.ts';
import type { ConsoleHost } from './console-host.ts';
import { deskData } from './desk-data.ts';
import type { DeskData } from './desk-data.ts';
import { deskHost } from './desk-host.ts';
import type { DeskHost } from './desk-host.ts';
import type { Caller } from './fetch-seam.ts';
import { machine } from './machine.ts';
import { link } from './network.ts';
import type { Plan } from './plan.ts';
import { teamOf } from './plan.ts';
import { prng } from './prng.ts';
import type { Prng } from './prng.ts';
import { savedCommands } from './saved.ts';
import type { Saved } from './saved.ts';
import { scheduler } from './scheduler.ts';
import type { Scheduler } from './scheduler.ts';
import { trace } from './trace.ts';
import type { Trace } from './trace.ts';
import { watcher } from './watcher.ts';

/** One desk and some consoles, and all that moves them. */
export type World = {
  plan: Plan;
  random: Prng;
  scheduler: Scheduler;
  trace: Trace;
  data: DeskData;
  desk: DeskHost;
  consoles: readonly ConsoleHost[];
  callers: ReadonlyMap<string, Caller>;
  saved: Saved;
  /** Every command that ever reached the desk, as it did last. */
  pushed: ReadonlyMap<string, Command>;
  tokens: Tokens;
  /** What must never be, and was. */
  faults: () => readonly string[];
};

/** The sign-in of each agent, as the desk will take it. */
export type Tokens = { of: (agentId: string) => string; renew: (agentId: string) => string };

/** A Monday at noon, UTC. */
export const START_MS = Date.UTC(2026, 10, 23, 12);
const DESK_ID = 'desk';

export async function makeWorld(plan: Plan, keepTrace: boolean): Promise<World> {
  const random = prng(plan.seed);
  const clock = scheduler(START_MS);
  const told = trace(clock.nowMs, START_MS, keepTrace);
  const tokens = agentTokens();
  const data = await deskData(DESK_ID, plan.exclusive, random.fork('desk-data'));
  await furnish(data, plan, random.fork('furnish'), tokens);

  const faults: string[] = [];
  const broken = (what: string): void => {
    told.note(`VIOLATION ${what}`);
    faults.push(what);
    clock.stop();
  };
  const pushed = new Map<string, Command>();
  const desk = deskHost({
    scheduler: clock,
    random: random.fork('desk'),
    note: told.note,
    data,
    heard: (body) => {
      const { commands } = JSON.parse(body) as { commands: Command[] };
      for (const command of commands) {
        const before = pushed.get(command.id);
        if (before !== undefined && !isDeepStrictEqual(before.action, command.action))
          broken(`O1 ${command.id} was pushed as another command`);
        pushed.set(command.id, command);
      }
    },
  });
  const callers = new Map<string, Caller>();
  const saved = savedCommands();
  const consoles = plan.consoles.map((agentIndex, index): ConsoleHost => {
    const agentId = plan.agents[agentIndex]?.id ?? '';
    const owner: JournalOwner = { deskId: DESK_ID, agentId, consoleId: `c${index}` };
    const way = link({
      scheduler: clock,
      random: random.fork(`link ${index}`),
      note: told.note,
      desk: desk.running,
    });
    const checks = watcher({ owner, data, saved, broken });
    const host = consoleHost({
      owner,
      machine: machine({
        scheduler: clock,
        random: random.fork(`machine ${index}`),
        note: told.note,
        link: way,
        token: tokens.of(agentId),
        pokes: pokesOf(desk, agentId, tokens),
        connects: (process) => {
          callers.set(process.name, { link: way, process });
        },
        lost: checks.cacheLost,
        written: () => {
          checks.written(host);
        },
      }),
      shown: (window) => {
        checks.shown(host, window);
      },
      ended: (end) => {
        saved.ended(owner.consoleId);
        if (end === 'power') checks.cacheLost();
      },
    });
    return host;
  });
  return {
    plan,
    random,
    scheduler: clock,
    trace: told,
    data,
    desk,
    consoles,
    callers,
    saved,
    pushed,
    tokens,
    faults: () => faults,
  };
}

function agentTokens(): Tokens {
  const renewals = new Map<string, number>();
  const of = (agentId: string): string =>
    `${agentId}-token-${renewals.get(agentId) ?? 0}-0123456789-0123456789`;
  return {
    of,
    renew: (agentId) => {
      renewals.set(agentId, (renewals.get(agentId) ?? 0) + 1);
      return of(agentId);
    },
  };
}

/** Agents and tickets that are there from the beginning. */
async function furnish(data: DeskData, plan: Plan, random: Prng, tokens: Tokens): Promise<void> {
  let made = 0;
  const desk = await startDesk(data.direct(), {
    nowMs: () => START_MS,
    newMark: () => `f${(made += 1).toString(16).padStart(15, '0')}`,
    newId: () => `id-f${(made += 1)}`,
    timers: { after: () => () => undefined },
    log: () => undefined,
  });
  for (const { id, role, teamIds } of plan.agents) {
    const given = { id, name: `Agent ${id}`, role, teamIds: [...teamIds] };
    await putAgent(desk, given, hashToken(tokens.of(id)));
  }
  for (let n = 0; n < plan.tickets; n += 1)
    await takeSubmission(desk, submission(`t${n}`, random, START_MS));
}

export function submission(id: string, random: Prng, receivedAt: number) {
  return {
    id,
    subject: `<${id}:customer> subject`,
    text: `<${id}:customer> text`,
    customer: {
      id: 'acme',
      organisation: 'Acme',
      contact: 'Cleo',
      address: 'cleo@example.com',
      licence: 'saas' as const,
    },
    channel: 'email' as const,
    teamId: teamOf(random),
    asked: random.chance(0.3) ? ('high' as const) : null,
    receivedAt,
  };
}

/** What the desk's poke stream says (S6), without its bytes. */
function pokesOf(desk: DeskHost, agentId: string, tokens: Tokens) {
  return (push: (version: number) => void, ended: () => void, token: string) => {
    const running = desk.running();
    if (running === null || token !== tokens.of(agentId)) {
      ended();
      return () => undefined;
    }
    push(running.desk.known().version);
    const stop = running.desk.onCommit(push);
    let clear = (): void => undefined;
    const beat = (): void => {
      clear = running.process.timers.after(15_000, () => {
        push(0);
        beat();
      });
    };
    beat();
    return () => {
      stop();
      clear();
    };
  };
}
