import { MINUTE_MS } from '../../shared/base/time.ts';
import { isAbove } from '../../shared/policy/severity.ts';
import type { Severity } from '../../shared/policy/severity.ts';
import type { Attempt } from '../../shared/tickets/attempt.ts';
import { lowerReasons } from './asides.ts';
import type { Cast } from './cast.ts';
import { between, pick } from './random.ts';
import { fill } from './scenario.ts';
import type { Plan } from './story-plan.ts';
import type { StoryWriter, Surround } from './story-writer.ts';

/** Turns that several stories share. */

/** Confirms or sets the severity (P3); below what was asked for it says why (W7). */
export function triage(
  story: StoryWriter,
  severity: Severity,
  at: number,
  { random }: Surround,
): void {
  const asked = story.ticket().head.asked[0]?.severity ?? 'low';
  const reason = isAbove(asked, severity) ? fill(pick(random, lowerReasons), story.facts) : null;
  story.act({ kind: 'set-severity', severity, reason }, at);
}

/** Tries to reproduce, and certifies the bug (W1, W3). */
export function certify(story: StoryWriter, cast: Cast, at: number, surround: Surround): void {
  const { random } = surround;
  const { scenario } = cast;
  if (scenario.attempt === undefined) {
    story.note(scenario.note, at);
    const reason = 'Seen on the customer’s own desk together with hosting; cannot be staged here.';
    story.act({ kind: 'set-category', category: 'bug', reason }, at + MINUTE_MS);
    return;
  }
  if (random() < 0.4) {
    story.act(attempt(story, cast, random() < 0.6 ? 'not-reproduced' : 'needs-data'), at);
    story.note(scenario.note, at + between(random, 5, 20) * MINUTE_MS);
  }
  story.act(attempt(story, cast, 'reproduced'), at + between(random, 21, 40) * MINUTE_MS);
  story.act({ kind: 'set-category', category: 'bug', reason: null }, story.lastAt() + MINUTE_MS);
}

/** One recorded attempt (W1). */
export function attempt(
  story: StoryWriter,
  { scenario, customer }: Cast,
  outcome: Attempt['outcome'],
): { kind: 'record-attempt'; attempt: Attempt } {
  const { facts } = story;
  const isReproduced = outcome === 'reproduced';
  return {
    kind: 'record-attempt',
    attempt: {
      environment: {
        // A first try in vain is often one on another version.
        productVersion: isReproduced ? facts.version : facts.oldVersion,
        hosting: customer.licence,
        operatingSystem: facts.os,
        browser: facts.browser,
      },
      steps: fill(scenario.attempt?.steps ?? 'As the customer describes', facts),
      expected: fill(scenario.attempt?.expected ?? 'Works', facts),
      actual: isReproduced
        ? fill(scenario.attempt?.actual ?? 'Does not work', facts)
        : outcome === 'needs-data'
          ? 'Cannot be judged without the customer’s export'
          : 'Works here',
      outcome,
    },
  };
}

/** Makes it a feature request (P8); a Medium one by P10: lowered, with a reason and a message. */
export function makeFeature(
  story: StoryWriter,
  cast: Cast,
  plan: Plan,
  at: number,
  { random }: Surround,
): void {
  const wasMedium = plan.severity === 'medium';
  story.act(
    {
      kind: 'set-category',
      category: 'feature',
      reason: wasMedium ? 'Works as designed; the wish behind it is a new function (P10).' : null,
    },
    at,
  );
  if (wasMedium)
    story.act(
      { kind: 'set-severity', severity: 'low', reason: 'Feature request (P10)' },
      at + 1_000,
    );
  if (random() < 0.7) story.note(cast.scenario.note, at + 2 * MINUTE_MS);
  story.reply(cast.scenario.secondReply, at + 5 * MINUTE_MS);
}
