import fc from 'fast-check';
import { expect, test } from 'vitest';
import { thisMachine } from '../../server/surroundings.ts';
import { startDesk } from '../../server/desk.ts';
import { takeMessage, takeSubmission } from '../../server/intake/intake.ts';
import { memoryStore } from '../../server/store/memory.ts';
import { severities } from '../../shared/policy/severity.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import type { Action } from '../../shared/tickets/command.ts';
import { categories } from '../../shared/tickets/fields.ts';
import { putAgent } from '../../server/agents/add-agent.ts';
import { timelineOf } from '../../shared/tickets/timeline.ts';
import { uuid, WEDNESDAY_10 } from '../helpers/tickets.ts';
import { consoleModel } from './console-model.ts';
import type { ConsoleModel } from './console-model.ts';

const TICKETS = 3;

const anyAction: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ kind: fc.constant('reply' as const), text: fc.constant('We look into it.') }),
  fc.record({ kind: fc.constant('note' as const), text: fc.constant('Seen before.') }),
  fc.record({
    kind: fc.constant('set-severity' as const),
    severity: fc.constantFrom(...severities),
    reason: fc.constant(null),
  }),
  fc.record({
    kind: fc.constant('set-category' as const),
    category: fc.constantFrom(...categories),
    reason: fc.constantFrom(null, 'as agreed'),
  }),
  fc.record({
    kind: fc.constant('assign' as const),
    assignee: fc.constantFrom(null, 'agent-0', 'agent-1', 'agent-2'),
  }),
  fc.constantFrom<Action>(
    { kind: 'set-waiting' },
    { kind: 'resolve' },
    { kind: 'reopen' },
    { kind: 'no-reply-needed', text: '' },
    { kind: 'close', reason: 'done', text: '' },
  ),
  fc.constant<Action>({
    kind: 'escalate',
    level: 'development',
    reason: 'cannot-reproduce',
    text: '',
  }),
);

const who = fc.nat({ max: 2 });
const anyStep = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('act' as const),
      who,
      ticket: fc.nat({ max: TICKETS - 1 }),
      action: anyAction,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('push' as const),
      who,
      max: fc.integer({ min: 1, max: 4 }),
      answerLost: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('pull' as const),
      who,
      limit: fc.integer({ min: 1, max: 5 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('customer' as const),
      ticket: fc.nat({ max: TICKETS - 1 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('decide' as const), who }) },
);

async function setUp() {
  let made = 0;
  let now = WEDNESDAY_10;
  const around = {
    nowMs: () => now,
    newMark: () => (made += 1).toString(16).padStart(16, '0'),
    newId: () => uuid((made += 1)),
    timers: thisMachine(() => undefined).timers,
    log: () => undefined,
  };
  const desk = await startDesk(memoryStore({ deskId: 'desk-1', epoch: 'epoch-1' }), around);
  const agents: Agent[] = [];
  for (const n of [0, 1, 2])
    agents.push(
      await putAgent(
        desk,
        { id: `agent-${n}`, name: `Agent ${n}`, role: 'agent', teamIds: ['team-1'] },
        null,
      ),
    );
  for (let n = 0; n < TICKETS; n += 1)
    await takeSubmission(desk, {
      id: `ticket-${n}`,
      subject: 'Reports time out',
      text: 'Since the update.',
      customer: {
        id: 'customer-1',
        organisation: 'Cedar & Pine',
        contact: 'A. Pine',
        address: 'a.pine@example.com',
        licence: 'saas',
      },
      channel: 'email',
      teamId: 'team-1',
      asked: n === 0 ? 'critical' : null,
      receivedAt: now,
    });
  const consoles = await Promise.all(
    agents.map((agent) => consoleModel(desk, agent, `console-${agent.id}`, around.newId)),
  );
  return { desk, consoles, around, pass: (ms: number) => (now += ms) };
}

async function drain(each: ConsoleModel, at: number): Promise<void> {
  // Every round decides on at least the first command of each ticket, so this ends.
  while (each.waiting() > 0) await each.push(at, 256, false);
  while (await each.pull(50));
}

test('[S2] [S3] [S4] whatever the order of arrival, every console ends with what the desk has', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: 5, maxLength: 40 }), async (steps) => {
      const { desk, consoles, around, pass } = await setUp();
      for (const each of consoles) await each.pull(50);
      for (const step of steps) {
        const at = pass(60_000);
        switch (step.kind) {
          case 'act':
            await consoles[step.who]?.act(`ticket-${step.ticket}`, step.action, at);
            break;
          case 'push':
            await consoles[step.who]?.push(at, step.max, step.answerLost);
            break;
          case 'pull':
            await consoles[step.who]?.pull(step.limit);
            break;
          case 'customer':
            await takeMessage(desk, `ticket-${step.ticket}`, {
              id: around.newId(),
              text: 'Any news?',
              receivedAt: at,
            });
            break;
          case 'decide':
            await decideAllHeld(consoles[step.who], at);
            break;
        }
        for (const each of consoles) await expectNothingTwice(each);
      }
      for (const each of consoles) await drain(each, pass(1));
      for (const each of consoles) await drain(each, pass(1));

      for (const each of consoles) {
        const rows = await each.rows();
        expect(rows).toHaveLength(TICKETS);
        for (const row of rows) {
          const { head, timeline } = await desk.store.read(async (snapshot) => ({
            head: (await snapshot.heads([row.head.id]))[0],
            timeline: await snapshot.timeline(row.head.id),
          }));
          expect(row.head).toEqual(head);
          expect(await each.timeline(row.head.id)).toEqual(timeline);
          // Nothing is left over to show beside what the desk has.
          const view = each.view(row);
          expect(view.pending).toEqual([]);
          expect(view.shown).toEqual(head);
        }
        const outcomes = [...each.journal().commands.values()].map((kept) => kept.outcome);
        expect(outcomes).not.toContain(null);
        const versionBefore = desk.known().version;
        const again = await each.pushAllAgain();
        expect(again.map((answer) => answer.kind === 'decided' && answer.outcome)).toEqual(
          outcomes,
        );
        expect(desk.known().version).toBe(versionBefore);
      }
    }),
    { numRuns: 150 },
  );
}, 120_000);

/** At no moment does an agent see a thing twice, or an own saved note not at all (S4). */
async function expectNothingTwice(each: ConsoleModel): Promise<void> {
  for (const row of await each.rows()) {
    const view = each.view(row);
    const accepted = await each.timeline(row.head.id);
    const shown = timelineOf(accepted, view.pendingEntries);
    const ids = [...shown.accepted, ...shown.pending].map((entry) => entry.id);
    expect(new Set(ids).size).toBe(ids.length);
    const escalations = view.shown.escalations.map((escalation) => escalation.id);
    expect(new Set(escalations).size).toBe(escalations.length);
    const notes = [...each.journal().commands.values()].filter(
      ({ command, outcome }) =>
        command.action.kind === 'note' &&
        command.ticketId === row.head.id &&
        (outcome === null || outcome.kind === 'applied' || outcome.kind === 'merged'),
    );
    expect(ids).toEqual(expect.arrayContaining(notes.map(({ command }) => `${command.id}/0`)));
  }
}

/** Answers every held group that a console knows of, half sent anew, half discarded (S3). */
async function decideAllHeld(each: ConsoleModel | undefined, at: number): Promise<void> {
  if (each === undefined) return;
  const held = [...each.journal().commands.values()].filter(
    ({ outcome, left }) => outcome?.kind === 'held' && left === null,
  );
  const byTicket = Map.groupBy(held, ({ command }) => command.ticketId);
  for (const [ticketId, group] of byTicket) {
    await each.act(
      ticketId,
      {
        kind: 'decide',
        held: group.map(({ command }) => ({ id: command.id, as: 'discarded' as const })),
      },
      at,
    );
  }
}
