import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/base/time.ts';
import { dueForClass } from '../../shared/policy/compiled-policy.ts';
import type { Severity } from '../../shared/policy/severity.ts';
import { followUps, notes, spam } from './asides.ts';
import type { Cast } from './cast.ts';
import { between, pick } from './random.ts';
import type { Plan } from './story-plan.ts';
import { startStory } from './story-writer.ts';
import type { StoryWriter, Surround } from './story-writer.ts';
import { subjectOf } from './subjects.ts';
import { attempt, certify, makeFeature, triage } from './turns.ts';

/** Whole stories: from the submission to where they were resolved or closed. */
export function endOfStory(plan: Plan, cast: Cast, surround: Surround): StoryWriter {
  const { random, nowMs } = surround;
  const [fromAt, endAt] = lifetime(plan, surround);
  if (plan.stage === 'closed' && plan.severity === 'low' && random() < 0.09)
    return spamStory(cast, surround, fromAt);
  const story = startStory(surround, {
    subject: subjectOf(random, cast.scenario),
    text: pick(random, cast.scenario.openings),
    customer: cast.customer,
    channel: cast.channel,
    teamId: cast.teamId,
    asked: cast.channel === 'web' || random() < 0.2 ? plan.severity : null,
    agent: cast.agent,
    submittedAt: fromAt,
  });
  const lifeMs = endAt - fromAt;
  const repliedAt = firstReplyAt(plan, surround, fromAt, lifeMs);
  triage(
    story,
    plan.severity,
    fromAt + (repliedAt - fromAt) * between(random, 0.05, 0.5),
    surround,
  );
  story.act({ kind: 'assign', assignee: cast.agent.id }, story.lastAt() + MINUTE_MS, cast.assigner);
  story.reply(cast.scenario.firstReply, repliedAt);
  const restMs = endAt - story.lastAt();
  const step = (share: number) => story.lastAt() + restMs * share;
  const isHeard = random() < 0.85;
  if (isHeard) story.hear(cast.scenario.answer, step(0.15));
  if (random() < 0.35) story.note(pick(random, notes), step(0.02));
  const given = inTheMiddle(story, plan, cast, surround, step, isHeard);
  if (given && random() < 0.25) {
    const answerMs =
      dueForClass(surround.policy, { severity: plan.severity, serverFault: false }, fromAt) -
      fromAt;
    story.hear(
      pick(random, followUps),
      Math.max(story.lastAt(), endAt - answerMs * between(random, 0.1, 0.7)),
    );
    if (random() < 0.5) story.note(pick(random, notes), step(0.02));
  }
  if (given) story.reply(cast.scenario.resolution, endAt - MINUTE_MS);
  story.act({ kind: 'resolve' }, endAt);
  if (plan.stage === 'closed')
    close(story, endAt + between(random, 0.3, 2) * DAY_MS, given, surround);
  else if (plan.stage === 'resolved' && random() < 0.1 && nowMs - endAt > DAY_MS)
    story.note(pick(random, notes), endAt + HOUR_MS);
  return story;
}

/** What was done for it. False where it ended without a cure. */
function inTheMiddle(
  story: StoryWriter,
  plan: Plan,
  cast: Cast,
  surround: Surround,
  step: (share: number) => number,
  isHeard: boolean,
): boolean {
  const { random } = surround;
  switch (cast.scenario.kind) {
    case 'question':
      story.act({ kind: 'set-category', category: 'question', reason: null }, step(0.02));
      if (isHeard) story.reply(cast.scenario.secondReply, step(0.12));
      return true;
    case 'feature':
      makeFeature(story, cast, plan, step(0.1), surround);
      return true;
    case 'bug':
      if (random() < 0.12) {
        story.act(attempt(story, cast, 'not-reproduced'), step(0.1));
        story.reply(
          'We have tried it in three set-ups and cannot make it happen. Could you tell us the next time it does, with the minute? Until then I close this; an answer opens it again.',
          step(0.1),
        );
        return false;
      }
      certify(story, cast, step(0.1), surround);
      if (random() < 0.12)
        story.act(
          {
            kind: 'escalate',
            level: 'development',
            reason: 'sla-at-risk',
            text: 'Several customers have it; needs somebody who knows this part.',
          },
          step(0.05),
        );
      story.reply(cast.scenario.secondReply, step(0.1));
      return true;
  }
}

function close(story: StoryWriter, at: number, given: boolean, { random }: Surround): void {
  const share = random();
  const ending = !given
    ? (['not-reproduced', 'Not reproduced in three set-ups.'] as const)
    : share < 0.06
      ? (['duplicate', 'Same as an older ticket of this customer.'] as const)
      : share < 0.1
        ? (['merged', 'Goes on in the ticket of the colleague.'] as const)
        : share < 0.13
          ? (['other', 'The customer found the cause on their own side.'] as const)
          : (['done', ''] as const);
  story.act({ kind: 'close', reason: ending[0], text: ending[1] }, at);
}

function spamStory(cast: Cast, surround: Surround, fromAt: number): StoryWriter {
  const { random } = surround;
  const { subject, text } = pick(random, spam);
  const story = startStory(surround, {
    subject,
    text,
    customer: { ...cast.customer, manner: 'terse' },
    channel: 'email',
    teamId: cast.teamId,
    asked: null,
    agent: cast.agent,
    submittedAt: fromAt,
  });
  const at = fromAt + between(random, 5, 300) * MINUTE_MS;
  story.act({ kind: 'close', reason: 'spam', text: '' }, at);
  return story;
}

/** Mostly in time; now and then late, which leaves a recorded miss (C11). */
function firstReplyAt(
  { severity }: Plan,
  { random, policy }: Surround,
  fromAt: number,
  lifeMs: number,
): number {
  const dueMs = dueForClass(policy, { severity, serverFault: false }, fromAt) - fromAt;
  if (random() < 0.07 && dueMs < lifeMs * 0.6) return fromAt + dueMs * between(random, 1.05, 1.5);
  return fromAt + Math.min(dueMs * between(random, 0.04, 0.8), lifeMs * 0.35);
}

/** Days from submission to the end. */
const lifeDays: Readonly<Record<Severity, readonly [shortest: number, longest: number]>> = {
  critical: [0.1, 0.4],
  high: [0.3, 1.6],
  medium: [0.4, 3],
  low: [0.3, 6],
};

/** [submitted, resolved] */
function lifetime(plan: Plan, { random, nowMs }: Surround): [fromAt: number, endAt: number] {
  const [shortest, longest] = lifeDays[plan.severity];
  const lifeMs = between(random, shortest, longest) * DAY_MS;
  if (plan.stage === 'resolved-today') {
    // Today by UTC, as long as there has been enough of it.
    const today = Math.min(Math.max(nowMs % DAY_MS, 20 * MINUTE_MS), 9 * HOUR_MS);
    const endAt = nowMs - MINUTE_MS - between(random, 0.02, 0.95) * (today - 2 * MINUTE_MS);
    return [endAt - lifeMs, endAt];
  }
  const [least, most] = plan.stage === 'resolved' ? [1, 9] : [2.5, 62];
  // More of the recent ones: the square leans towards the near end.
  const agoMs = (least + (most - least) * random() ** 1.5) * DAY_MS;
  return [nowMs - agoMs - lifeMs, nowMs - agoMs];
}

export function escalateAsPlanned(
  story: StoryWriter,
  plan: Plan,
  { random, nowMs }: Surround,
): void {
  const at = Math.max(story.lastAt() + 1_000, nowMs - between(random, 2, 25) * MINUTE_MS);
  switch (plan.escalated) {
    case undefined:
      return;
    case 'lead-sla':
      story.act(
        {
          kind: 'escalate',
          level: 'support-lead',
          reason: plan.due?.kind === 'overdue' ? 'sla-missed' : 'sla-at-risk',
          text: 'Nobody free who knows this part; please decide who drops what.',
        },
        at,
      );
      return;
    case 'development': {
      story.act(
        {
          kind: 'escalate',
          level: 'development',
          reason: 'other',
          text: 'Reproduced twice, looks deep. Steps and logs are in the ticket.',
        },
        at - 3 * HOUR_MS,
      );
      const escalationId = story.ticket().head.escalations.at(-1)?.id;
      if (escalationId !== undefined && random() < 0.5)
        story.act({ kind: 'acknowledge-escalation', escalationId }, at - HOUR_MS);
      return;
    }
    case 'product':
      story.act(
        {
          kind: 'escalate',
          level: 'product-management',
          reason: 'product-decision-needed',
          text: 'Several customers ask for it, two of them large. Please decide whether and when.',
        },
        at,
      );
      return;
    case 'customer':
      story.act(
        {
          kind: 'escalate',
          level: 'customer',
          reason: 'customer-not-satisfied',
          text: 'Wrote to the escalation desk: second time in a month that they wait for an answer.',
        },
        at,
      );
  }
}
