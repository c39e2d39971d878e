import fc from 'fast-check';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/base/time.ts';
import { severities } from '../../shared/policy/severity.ts';
import type { Action } from '../../shared/tickets/command.ts';
import { categories } from '../../shared/tickets/fields.ts';
import { documentCount, firstStartAt, lastStartAt, longestLagMs } from './desk-world.ts';
import type { Start, Step, Wait } from './desk-world.ts';

/** Random histories of one ticket. */

export const anySeverity = fc.constantFrom(...severities);
const maybeSeverity = fc.oneof(
  { weight: 3, arbitrary: fc.constant(null) },
  { weight: 2, arbitrary: anySeverity },
);
/** Often none at all: mail that waited on its way, or came at once. */
const anyLagMs = fc.oneof(
  { weight: 3, arbitrary: fc.constant(0) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 3 * HOUR_MS }) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: longestLagMs }) },
);

export const anyWait: fc.Arbitrary<Wait> = fc.oneof(
  { weight: 1, arbitrary: fc.constant<Wait>({ kind: 'for', ms: 0 }) },
  {
    weight: 5,
    arbitrary: fc
      .oneof(
        fc.integer({ min: 1, max: 10 * MINUTE_MS }),
        fc.integer({ min: 1, max: 8 * HOUR_MS }),
        fc.integer({ min: 1, max: 2 * DAY_MS }),
      )
      .map((ms): Wait => ({ kind: 'for', ms })),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('due' as const),
      which: fc.nat({ max: 4 }),
      offsetMs: fc.constantFrom(-1, 0, 1),
    }),
  },
);

const anyAction: fc.Arbitrary<Action> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Action>({ kind: 'reply', text: 'We look into it.' }) },
  {
    weight: 6,
    arbitrary: anySeverity.map((severity): Action => {
      return { kind: 'set-severity', severity, reason: 'as seen' };
    }),
  },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom('bug', ...categories)
      .map((category): Action => ({ kind: 'set-category', category, reason: 'as seen' })),
  },
  {
    weight: 2,
    arbitrary: fc.constant<Action>({
      kind: 'convert-to-feature',
      reason: 'a wish',
      message: 'We pass it on.',
    }),
  },
  {
    weight: 2,
    arbitrary: fc
      .boolean()
      .map((serverFault): Action => ({ kind: 'set-server-fault', serverFault })),
  },
  {
    weight: 2,
    arbitrary: fc.boolean().map((isPublic): Action => {
      return { kind: 'request-data', what: 'The log', why: '', isPublic };
    }),
  },
  {
    weight: 10,
    arbitrary: fc.constantFrom<Action>(
      { kind: 'note', text: 'Seen.' },
      { kind: 'set-waiting' },
      { kind: 'resolve' },
      { kind: 'reopen' },
      { kind: 'reopen' },
      { kind: 'close', reason: 'done', text: '' },
      { kind: 'no-reply-needed', text: '' },
      { kind: 'reply-needed' },
    ),
  },
);

export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({ kind: fc.constant('act' as const), wait: anyWait, action: anyAction }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('undo-conversion' as const), wait: anyWait }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('message' as const),
      wait: anyWait,
      lagMs: anyLagMs,
      asked: maybeSeverity,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('policy' as const),
      wait: anyWait,
      document: fc.nat({ max: documentCount - 1 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('tick' as const), wait: anyWait }) },
);

export const anyStart: fc.Arbitrary<Start> = fc.record({
  document: fc.nat({ max: documentCount - 1 }),
  at: fc.integer({ min: firstStartAt, max: lastStartAt }),
  lagMs: anyLagMs,
  asked: maybeSeverity,
});
