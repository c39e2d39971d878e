import { HOUR_MS } from '../../shared/base/time.ts';
import type { CompiledPolicy } from '../../shared/policy/compiled-policy.ts';
import { adoptPolicy } from '../../shared/policy/policy-change.ts';
import type { DueMove } from '../../shared/policy/policy-change.ts';
import type { PolicyDocument } from '../../shared/policy/policy-document.ts';
import { settled } from '../../shared/policy/settle.ts';
import type { Severity } from '../../shared/policy/severity.ts';
import { runningDues } from '../../shared/policy/urgency.ts';
import { apply } from '../../shared/tickets/apply.ts';
import type { Action } from '../../shared/tickets/command.ts';
import type { TicketHead } from '../../shared/tickets/head.ts';
import { receiveMessage } from '../../shared/tickets/intake.ts';
import { applyContext, policy, ticket, uuid } from '../helpers/tickets.ts';
import type { Happened, HappenedKind } from './oracle/history.ts';

/** One ticket on a desk: what was done to it, through the functions that the desk calls, and what the oracle is told. */

/** Policies that a team could have; every one is good by checkDocument. */
const documents: readonly Partial<PolicyDocument>[] = [
  {},
  { timeZone: 'Africa/Cairo', holidays: ['2026-10-29', '2026-11-07'] },
  {
    timeZone: 'Europe/Berlin',
    targetHours: { critical: 1, high: 4, medium: 8, low: 24 },
    firstContactHours: 8,
    progressUpdateDays: 1,
  },
  { onSeverityChange: 'from-origin', serverSupport24x7: true },
  {
    serverSupport24x7: true,
    firstContactHours: null,
    targetHours: { critical: 2.5, high: 12, medium: 12, low: 60 },
    progressUpdateDays: 2.5,
  },
  {
    holidays: ['2026-11-03', '2026-11-04', '2026-11-05'],
    targetHours: { critical: 4, high: 24, medium: 48, low: 96 },
    firstContactHours: 30,
    progressUpdateDays: 5,
  },
];
const compiled = documents.map((each) => policy(each));
export const documentCount = documents.length;

/** These, one to a rules number, as the desk would have them one after the other. */
function policyNumber(document: number, rules: number): CompiledPolicy {
  const found = compiled[document];
  if (found === undefined) throw new Error(`no policy ${document}`);
  return { ...found, rules };
}

export type Step = { wait: Wait } & (
  | { kind: 'act'; action: Action }
  | { kind: 'undo-conversion' }
  | { kind: 'message'; lagMs: number; asked: Severity | null }
  | { kind: 'policy'; document: number }
  | { kind: 'tick' }
);
/** So long, or to a due that runs, a little before or after it. */
export type Wait = { kind: 'for'; ms: number } | { kind: 'due'; which: number; offsetMs: number };

export type Start = { document: number; at: number; lagMs: number; asked: Severity | null };

export type World = {
  readonly head: TicketHead;
  readonly policy: CompiledPolicy;
  readonly at: number;
  readonly history: readonly Happened[];
  /** What the last policy change moved (C14). */
  readonly moves: readonly DueMove[];
};

export function startWorld({ document, at, lagMs, asked }: Start): World {
  const first = policyNumber(document, 1);
  const receivedAt = at - lagMs;
  const made = ticket({
    receivedAt,
    version: 2,
    ...(asked === null ? {} : { askedFor: asked }),
  });
  // The helper accepts at receipt; the desk may later (C6).
  const head: TicketHead = {
    ...made,
    submittedVersion: 2,
    responseFromVersion: 2,
    lastCustomerMessageVersion: 2,
    asked: made.asked.map((each) => ({ ...each, version: 2 })),
  };
  return {
    head: settled(head, first, at),
    policy: first,
    at,
    moves: [],
    history: [
      { version: 1, at: 0, kind: 'policy', document: first.document },
      { version: 2, at, kind: 'submitted', receivedAt, asked },
    ],
  };
}

export function nextAt(world: World, wait: Wait): number {
  if (wait.kind === 'for') return world.at + wait.ms;
  const dues = runningDues(world.head, world.policy).map((each) => each.dueAt);
  const due = dues[wait.which % Math.max(1, dues.length)] ?? world.at;
  return Math.max(world.at, due + wait.offsetMs);
}

export function takeStep(world: World, step: Step): World {
  const at = nextAt(world, step.wait);
  const version = world.head.version + 1;
  switch (step.kind) {
    case 'tick':
      return { ...world, at, head: { ...settled(world.head, world.policy, at), version } };
    case 'policy':
      return changePolicy(world, step.document, at, version);
    case 'message': {
      const receivedAt = Math.max(world.head.submittedAt, at - step.lagMs);
      const { asked } = step;
      const { head } = receiveMessage(
        settled(world.head, world.policy, at),
        { id: `m${version}`, text: 'And?', receivedAt, asked },
        { version, acceptedAt: at },
      );
      return told({ ...world, at, head }, { version, at, kind: 'message', receivedAt, asked });
    }
    case 'undo-conversion': {
      const conversionId = world.head.conversion?.id;
      if (conversionId === undefined) return takeStep(world, { kind: 'tick', wait: step.wait });
      return act(world, { kind: 'undo-conversion', conversionId }, at, version);
    }
    case 'act':
      return act(world, step.action, at, version);
  }
}

function told(world: World, ...happened: readonly Happened[]): World {
  return { ...world, history: [...world.history, ...happened] };
}

function changePolicy(world: World, document: number, at: number, version: number): World {
  const after = policyNumber(document, world.policy.rules + 1);
  const before = settled(world.head, world.policy, at);
  const { head, moves } = adoptPolicy(before, world.policy, after, at);
  return told(
    { ...world, at, policy: after, moves, head: { ...head, version } },
    { version, at, kind: 'policy', document: after.document },
  );
}

/**
 * As server/sync/decide-batch.ts does: misses first, then the command, then the lateness that it made known. What it
 * catches up with after rules changed is left out here; test/contract/policy.contract.ts shows it.
 */
function act(world: World, action: Action, at: number, version: number): World {
  const before = settled(world.head, world.policy, at);
  const context = applyContext(at, { version, commandId: uuid(version) });
  const result = apply(before, action, context);
  if (!result.ok) return { ...world, at, head: { ...before, version } };
  const { head } = result.value;
  const happened = whatHappened(before, head, action, { version, at });
  return told({ ...world, at, head: settled(head, world.policy, at) }, ...happened);
}

function whatHappened(
  before: TicketHead,
  after: TicketHead,
  action: Action,
  place: { version: number; at: number },
): Happened[] {
  const status: HappenedKind<'status'>[] =
    before.status.value === after.status.value
      ? []
      : [{ ...place, kind: 'status', status: after.status.value }];
  switch (action.kind) {
    case 'reply':
      return [{ ...place, kind: 'reply' }];
    case 'request-data':
      // The reply comes before the waiting.
      return action.isPublic
        ? [
            { ...place, kind: 'reply' },
            ...status.map((each) => ({ ...each, version: each.version + 0.25 })),
          ]
        : [];
    case 'set-severity':
      return [{ ...place, kind: 'severity', severity: action.severity }];
    case 'set-server-fault':
      return [{ ...place, kind: 'server-fault', serverFault: action.serverFault }];
    case 'set-category':
      return before.category.value === action.category
        ? []
        : [{ ...place, kind: 'category', category: action.category }];
    case 'convert-to-feature':
      return [{ ...place, kind: 'converted' }];
    case 'undo-conversion':
      return [
        {
          ...place,
          kind: 'conversion-undone',
          conversion: Number.parseInt(action.conversionId.slice(-12), 16),
        },
      ];
    case 'set-waiting':
    case 'resolve':
    case 'reopen':
    case 'close':
      return status;
    case 'no-reply-needed':
    case 'reply-needed':
      return [{ ...place, kind: action.kind }];
    default:
      return [];
  }
}

/** Between the two changes of summer time of the zones above. */
export const firstStartAt = Date.parse('2026-10-20T00:00:00Z');
export const lastStartAt = Date.parse('2026-11-10T00:00:00Z');
export const longestLagMs = 60 * HOUR_MS;
