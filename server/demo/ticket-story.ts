import { unreachable } from '../../shared/base/assert.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/base/time.ts';
import { dueForClass } from '../../shared/policy/compiled-policy.ts';
import { severityRank } from '../../shared/policy/severity.ts';
import type { Severity } from '../../shared/policy/severity.ts';
import type { ImportedTicket } from '../store/imported-ticket.ts';
import { followUps, nudges, updates } from './asides.ts';
import type { Cast } from './cast.ts';
import { firstContactRun, severityRun, startFor, updateRun } from './due-wish.ts';
import type { Run } from './due-wish.ts';
import { endOfStory, escalateAsPlanned } from './endings.ts';
import { between, pick } from './random.ts';
import { startStory } from './story-writer.ts';
import type { StoryWriter, Surround } from './story-writer.ts';
import type { Plan } from './story-plan.ts';
import { subjectOf } from './subjects.ts';
import { certify, makeFeature, triage } from './turns.ts';

/** Tells a plan with its cast: a ticket whose binding due lies where the plan wants it. */
export function tellStory(plan: Plan, cast: Cast, surround: Surround): ImportedTicket {
  const story = stageOf(plan, cast, surround);
  escalateAsPlanned(story, plan, surround);
  return story.ticket();
}

function stageOf(plan: Plan, cast: Cast, surround: Surround): StoryWriter {
  switch (plan.stage) {
    case 'untriaged':
      return untriaged(plan, cast, surround);
    case 'triaged':
      return triaged(plan, cast, surround);
    case 'unanswered':
      return unanswered(plan, cast, surround);
    case 'certified':
      return certified(plan, cast, surround);
    case 'answered':
    case 'waiting':
      return repliedTo(plan, cast, surround);
    case 'feature':
    case 'feature-asked':
      return feature(plan, cast, surround);
    case 'resolved-today':
    case 'resolved':
    case 'closed':
      return endOfStory(plan, cast, surround);
    default:
      return unreachable(plan.stage);
  }
}

function untriaged(plan: Plan, cast: Cast, surround: Surround): StoryWriter {
  const isUrgent = plan.severity === 'critical' || plan.severity === 'high';
  const run = isUrgent
    ? severityRun(surround.policy, plan.severity)
    : firstContactRun(surround.policy, 'low');
  const story = begin(cast, surround, runStart(plan, run, surround), plan.severity);
  if (plan.assigned !== 'nobody') assign(story, cast, surround.nowMs - MINUTE_MS);
  maybeNudge(story, plan, surround);
  return story;
}

function triaged(plan: Plan, cast: Cast, surround: Surround): StoryWriter {
  const { policy, random } = surround;
  const isQuestion = cast.scenario.kind === 'question';
  const run =
    plan.severity === 'low' && !isQuestion
      ? firstContactRun(policy, 'low')
      : severityRun(policy, plan.severity);
  const from = runStart(plan, run, surround);
  // Asked for as it is: it counts from the submission. Otherwise a raise counts from itself (C10).
  const askedSo = plan.severity === 'critical' || plan.severity === 'low' || random() < 0.6;
  const asked = askedSo ? plan.severity : askedOtherwise(plan.severity, surround);
  // Of a Medium one, first contact binds, which counts from the submission in any case (C2).
  const fromSubmission = askedSo || plan.severity === 'medium';
  const submittedAt = fromSubmission ? from : from - between(random, 2, 14) * MINUTE_MS;
  const triagedAt = fromSubmission ? from + between(random, 1, 9) * MINUTE_MS : from;
  const story = begin(cast, surround, submittedAt, asked);
  triage(story, plan.severity, triagedAt, surround);
  if (isQuestion)
    story.act({ kind: 'set-category', category: 'question', reason: null }, triagedAt + MINUTE_MS);
  if (plan.assigned !== 'nobody') assign(story, cast, triagedAt + 2 * MINUTE_MS);
  maybeNudge(story, plan, surround);
  return story;
}

/** From the submission to the first public reply, with some time before the run that is wanted. */
function begun(plan: Plan, cast: Cast, surround: Surround, from: number): StoryWriter {
  const { random, policy } = surround;
  const [least, most] = spanBefore[plan.severity];
  const spanMs = between(random, least, most) * HOUR_MS;
  const submittedAt = from - spanMs;
  const dueAt = dueForClass(policy, { severity: plan.severity, serverFault: false }, submittedAt);
  const repliedAt = Math.min(
    submittedAt + (dueAt - submittedAt) * between(random, 0.1, 0.85),
    from - spanMs * 0.4,
  );
  const story = begin(cast, surround, submittedAt, askedFor(plan.severity, surround));
  triage(story, plan.severity, submittedAt + (repliedAt - submittedAt) * 0.2, surround);
  if (plan.assigned !== 'nobody') assign(story, cast, story.lastAt() + MINUTE_MS);
  if (cast.scenario.kind === 'question' && random() < 0.8)
    story.act({ kind: 'set-category', category: 'question', reason: null }, story.lastAt() + 1_000);
  if (random() < 0.4) story.note(cast.scenario.note, story.lastAt() + MINUTE_MS);
  story.reply(cast.scenario.firstReply, repliedAt);
  return story;
}

/** Hours between the submission and what the plan is about. */
const spanBefore: Readonly<Record<Severity, readonly [least: number, most: number]>> = {
  critical: [1.2, 3],
  high: [4, 40],
  medium: [8, 90],
  low: [12, 140],
};

function unanswered(plan: Plan, cast: Cast, surround: Surround): StoryWriter {
  const { random, policy } = surround;
  const from = runStart(plan, severityRun(policy, plan.severity), surround);
  const story = begun(plan, cast, surround, from);
  if (random() < 0.35) {
    const restMs = from - story.lastAt();
    story.hear(cast.scenario.answer, story.lastAt() + restMs * 0.3);
    story.reply(cast.scenario.secondReply, story.lastAt() + restMs * 0.3);
    story.hear(pick(random, followUps), from);
  } else {
    story.hear(cast.scenario.answer, from);
  }
  return story;
}

function certified(plan: Plan, cast: Cast, surround: Surround): StoryWriter {
  const { random, policy } = surround;
  const from = runStart(plan, updateRun(policy, plan.severity), surround);
  const story = begun(plan, cast, surround, from - between(random, 2, 30) * HOUR_MS);
  const restMs = from - story.lastAt();
  if (random() < 0.7) story.hear(cast.scenario.answer, story.lastAt() + restMs * 0.3);
  certify(story, cast, story.lastAt() + restMs * 0.4, surround);
  story.reply(pick(random, updates), from);
  return story;
}

function repliedTo(plan: Plan, cast: Cast, surround: Surround): StoryWriter {
  const { random, nowMs } = surround;
  const story = begun(plan, cast, surround, nowMs - between(random, 0.6, 60) * HOUR_MS);
  if (plan.stage === 'waiting') {
    if (cast.scenario.kind === 'bug' && random() < 0.35)
      certify(story, cast, story.lastAt() + between(random, 1, 9) * MINUTE_MS, surround);
    story.act({ kind: 'set-waiting' }, story.lastAt() + between(random, 0.2, 4) * MINUTE_MS);
  }
  return story;
}

function feature(plan: Plan, cast: Cast, surround: Surround): StoryWriter {
  const { random, nowMs } = surround;
  const age = between(random, 1.5, 45) * DAY_MS;
  const story = begun(plan, cast, surround, nowMs - age);
  makeFeature(story, cast, plan, story.lastAt() + age * between(random, 0.02, 0.2), surround);
  if (plan.stage === 'feature-asked')
    story.hear(cast.scenario.answer, nowMs - between(random, 0.5, 30) * HOUR_MS);
  return story;
}

function begin(
  cast: Cast,
  surround: Surround,
  submittedAt: number,
  asked: Severity | null,
): StoryWriter {
  const { random } = surround;
  return startStory(surround, {
    subject: subjectOf(random, cast.scenario),
    text: pick(random, cast.scenario.openings),
    customer: cast.customer,
    channel: cast.channel,
    teamId: cast.teamId,
    // Low is what everything is at first: asking for it is the web form's business only.
    asked: asked === 'low' && cast.channel !== 'web' ? null : asked,
    agent: cast.agent,
    submittedAt,
  });
}

function assign(story: StoryWriter, cast: Cast, at: number): void {
  story.act({ kind: 'assign', assignee: cast.agent.id }, at, cast.assigner);
}

/** Where the plan's run counts from. What the calendar has no place for comes as early as it can. */
function runStart(plan: Plan, run: Run, { policy, nowMs }: Surround): number {
  const wished = plan.due === null ? null : startFor(policy, run, plan.due, nowMs);
  return (
    wished ??
    startFor(policy, run, { kind: 'on-track', fraction: 0.03 }, nowMs) ??
    nowMs - run.targetMs / 2
  );
}

function maybeNudge(story: StoryWriter, plan: Plan, { random, nowMs }: Surround): void {
  const isLate = plan.due?.kind === 'overdue' || plan.due?.kind === 'at-risk';
  if (!isLate || random() > 0.5) return;
  const sinceMs = nowMs - story.lastAt();
  story.hear(pick(random, nudges), story.lastAt() + sinceMs * between(random, 0.5, 0.95));
}

/** What the customer asked for, when it was given as it is. */
function askedFor(severity: Severity, { random }: Surround): Severity | null {
  return random() < 0.55 ? severity : askedOtherwise(severity, { random });
}

/** Nothing, or more than it was given. */
function askedOtherwise(severity: Severity, { random }: Pick<Surround, 'random'>): Severity | null {
  if (random() < 0.6 || severityRank(severity) < 2) return null;
  return random() < 0.8 ? 'high' : 'critical';
}
