import { expect, test } from 'vitest';
import { applyContext, command, ticket, uuid } from '../../test/helpers/tickets.ts';
import type { JournalledCommand } from '../../shared/bridge/journal-view.ts';
import { apply } from '../../shared/tickets/apply.ts';
import type { Action, Command } from '../../shared/tickets/command.ts';
import { decide } from '../../shared/tickets/decide.ts';
import type { TicketHead } from '../../shared/tickets/head.ts';
import { undoSteps } from './undo.ts';
import type { UndoStep } from './undo.ts';

const CONSOLE = 'console-1';

/** The head after what agents did in turn, each at a version of its own. */
function after(head: TicketHead, ...commands: Command[]): TicketHead {
  return commands.reduce((on, each) => {
    const version = on.version + 1;
    const context = applyContext(each.writtenAt, {
      version,
      commandId: each.id,
      consoleId: each.consoleId,
      agentId: each.agentId,
    });
    const applied = apply(on, each.action, context);
    if (!applied.ok) throw new Error(applied.error.message);
    return applied.value.head;
  }, head);
}

function steps(
  commands: readonly Command[],
  before: TicketHead,
  shown: TicketHead,
  states: readonly (JournalledCommand['state'] | null)[] = ['accepted'],
): UndoStep[] {
  const journalled = commands.flatMap((each, index): JournalledCommand[] => {
    const state = states[index] ?? null;
    return state === null ? [] : [{ command: each, state, outcome: null, ticketGone: false }];
  });
  const done = { ticketId: before.id, reference: before.reference, at: 0, commands, before };
  return undoSteps(done, { commands: journalled, shown, consoleId: CONSOLE });
}

const high = command({ kind: 'set-severity', severity: 'high', reason: null });

test('[S17] until it is sent, whatever it is, it is withdrawn', () => {
  const head = ticket();
  const all: Action[] = [
    { kind: 'reply', text: 'Hello' },
    { kind: 'note', text: 'Hm' },
    { kind: 'escalate', level: 'development', reason: 'other', text: 'x' },
    { kind: 'assign', assignee: 'agent-1' },
  ];
  for (const action of all) {
    const made = command(action);
    expect(steps([made], head, head, ['queued'])).toEqual([{ kind: 'withdraw', command: made }]);
  }
});

test('[S17] what is sent and is a field is brought back by a command that names it', () => {
  const before = ticket();
  const shown = after(before, high);
  for (const state of ['sent', 'accepted', null] as const)
    expect(steps([high], before, shown, [state])).toMatchObject([
      {
        kind: 'counter',
        undoes: high.id,
        actions: [{ kind: 'set-severity', severity: 'low' }],
      },
    ]);
});

test('[S17] messages, notes, attempts and escalations that are sent stay', () => {
  const head = ticket();
  const attempt = {
    environment: { productVersion: '', hosting: 'saas', operatingSystem: '', browser: '' },
    steps: 'x',
    expected: '',
    actual: 'y',
    outcome: 'reproduced',
  } as const;
  const all: Action[] = [
    { kind: 'reply', text: 'Hello' },
    { kind: 'note', text: 'Hm' },
    { kind: 'record-attempt', attempt },
    { kind: 'escalate', level: 'development', reason: 'other', text: 'x' },
    { kind: 'request-data', what: 'log', why: '', isPublic: true },
  ];
  for (const action of all)
    expect(steps([command(action)], head, head)).toEqual([
      { kind: 'cannot', why: { kind: 'stays', action } },
    ]);
});

test('[S17] what somebody has changed since is theirs, and is said so', () => {
  const before = ticket();
  const theirs = command(
    { kind: 'set-severity', severity: 'medium', reason: null },
    { consoleId: 'console-2', agentId: 'mara' },
  );
  expect(steps([high], before, after(before, high, theirs))).toEqual([
    { kind: 'cannot', why: { kind: 'changed', field: 'severity', agentId: 'mara' } },
  ]);
  // The same value, set by them: it is still theirs.
  const same = command(
    { kind: 'set-severity', severity: 'high', reason: null },
    { consoleId: 'console-2', agentId: 'mara' },
  );
  const shown = after(before, high, command({ ...theirs.action }), same);
  expect(steps([high], before, shown)).toMatchObject([{ why: { kind: 'changed' } }]);
});

test('[S17] the desk takes the counter-command, and refuses its effect where another change came first', () => {
  const before = ticket();
  const shown = after(before, high);
  const [step] = steps([high], before, shown);
  if (step?.kind !== 'counter') throw new Error('no counter-command');
  const counter = command(step.actions[0] ?? high.action, {
    undoes: step.undoes,
    baseVersion: shown.version,
  });
  const context = {
    version: 9,
    acceptedAt: shown.lastActivityAt + 1,
    agentName: 'Mira',
    role: 'agent',
    openHeld: [],
  } as const;
  const taken = decide(shown, counter, context);
  expect(taken.outcome.kind).toBe('applied');
  expect(taken.applied?.head.severity.value).toBe('low');
  const theirs = command(
    { kind: 'set-severity', severity: 'critical', reason: null },
    { consoleId: 'console-2', agentId: 'mara' },
  );
  const late = decide(after(shown, theirs), counter, context);
  expect(late.outcome).toMatchObject({ kind: 'superseded', standing: 'critical', wanted: 'low' });
});

test('[S17] two changes of one field are undone one after the other', () => {
  const before = ticket();
  const critical = command({ kind: 'set-severity', severity: 'critical', reason: null });
  const middle = after(before, high);
  const shown = after(middle, critical);
  const [first] = steps([critical], middle, shown);
  expect(first).toMatchObject({ undoes: critical.id, actions: [{ severity: 'high' }] });
  // The counter-command is what stands now; the earlier change is undone against that one.
  const counter = command({ kind: 'set-severity', severity: 'high', reason: 'Undone' });
  const [second] = steps([high], before, after(shown, counter));
  expect(second).toMatchObject({ undoes: counter.id, actions: [{ severity: 'low' }] });
});

const status = (action: Action, before: TicketHead): unknown => {
  const made = command(action);
  const [step] = steps([made], before, after(before, made));
  return step?.kind === 'counter' ? step.actions.map(({ kind }) => kind) : step;
};

test('[S17] [C13] every status is brought back by what leads there, and by nothing that is refused', () => {
  const open = ticket();
  const waiting = after(open, command({ kind: 'set-waiting' }));
  const resolved = after(open, command({ kind: 'resolve' }));
  const closing = { kind: 'close', reason: 'done', text: '' } as const;
  const closed = after(open, command(closing));
  expect(status({ kind: 'set-waiting' }, open)).toEqual(['reopen']);
  expect(status({ kind: 'resolve' }, open)).toEqual(['reopen']);
  expect(status(closing, open)).toEqual(['reopen']);
  expect(status({ kind: 'reopen' }, waiting)).toEqual(['set-waiting']);
  expect(status({ kind: 'resolve' }, waiting)).toEqual(['reopen', 'set-waiting']);
  expect(status(closing, resolved)).toEqual(['reopen', 'resolve']);
  expect(status({ kind: 'reopen' }, resolved)).toEqual(['resolve']);
  expect(status({ kind: 'reopen' }, closed)).toEqual({
    kind: 'cannot',
    why: { kind: 'close-again' },
  });
  // Each of them applies, and ends where it began.
  for (const [action, before] of [
    [closing, waiting],
    [{ kind: 'resolve' }, waiting],
    [closing, resolved],
  ] as const) {
    const made = command(action);
    const shown = after(before, made);
    const [step] = steps([made], before, shown);
    const back = step?.kind === 'counter' ? step.actions.map((each) => command(each)) : [];
    expect(after(shown, ...back).status.value).toBe(before.status.value);
  }
});

test('[S17] category and assignee go back to what stood before, nobody included', () => {
  const before = ticket();
  const question = command({ kind: 'set-category', category: 'question', reason: null });
  const mine = command({ kind: 'assign', assignee: 'agent-1' });
  const shown = after(before, question, mine);
  expect(steps([question], before, shown)).toMatchObject([
    { actions: [{ kind: 'set-category', category: 'uncategorised' }] },
  ]);
  expect(steps([mine], before, shown)).toMatchObject([
    { actions: [{ kind: 'assign', assignee: null }] },
  ]);
  // A bug that nobody has reproduced needs a reason, also on the way back (W3).
  const bug = after(before, command({ kind: 'set-category', category: 'bug', reason: 'Known' }));
  const [step] = steps([question], bug, after(bug, question));
  const back = step?.kind === 'counter' ? step.actions.map((each) => command(each)) : [];
  expect(after(after(bug, question), ...back).category.value).toBe('bug');
});

test('[S17] a severity below what was asked for comes back, though that needs a reason', () => {
  const before = ticket({ askedFor: 'critical' });
  const made = command({ kind: 'set-severity', severity: 'critical', reason: null });
  const shown = after(before, made);
  const [back] = steps([made], before, shown);
  const actions = back?.kind === 'counter' ? back.actions.map((each) => command(each)) : [];
  expect(after(shown, ...actions).severity.value).toBe('low');
});

test('[S17] what did not take effect is in the conflicts view, and confirming is no change', () => {
  const before = ticket();
  for (const state of ['held', 'superseded', 'refused'] as const)
    expect(steps([high], before, before, [state])).toEqual([
      { kind: 'cannot', why: { kind: 'conflict' } },
    ]);
  const confirm = command({ kind: 'set-severity', severity: 'low', reason: null });
  expect(steps([confirm], before, after(before, confirm))).toMatchObject([
    { why: { kind: 'stays' } },
  ]);
});

test('[S17] of several commands of one key the last is undone first', () => {
  const before = ticket();
  const reply = command({ kind: 'reply', text: 'Hello' }, { id: uuid(7) });
  const shown = after(before, high, reply);
  expect(
    steps([high, reply], before, shown, ['accepted', 'queued']).map(({ kind }) => kind),
  ).toEqual(['withdraw', 'counter']);
});
