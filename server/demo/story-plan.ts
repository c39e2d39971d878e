import { HOUR_MS, MINUTE_MS } from '../../shared/base/time.ts';
import type { Severity } from '../../shared/policy/severity.ts';
import type { DueWish } from './due-wish.ts';
import { between } from './random.ts';
import type { Random } from './random.ts';

/** How far a ticket has come. */
export type Stage =
  /** Nobody has looked at it. */
  | 'untriaged'
  /** Triaged, no public reply yet: C1. */
  | 'triaged'
  /** Replied, and the customer has written since: C3. */
  | 'unanswered'
  /** Replied, the next word is the customer's, but not set to waiting: no clock. */
  | 'answered'
  /** A certified bug that owes updates: C4. */
  | 'certified'
  | 'waiting'
  | 'feature'
  /** A feature request on which the customer asked again: no clock, but first there. */
  | 'feature-asked'
  | 'resolved-today'
  | 'resolved'
  | 'closed';

export type Plan = {
  stage: Stage;
  /** For 'untriaged' the asked-for one. */
  severity: Severity;
  /** Where the binding due should lie; null where nothing runs. */
  due: DueWish | null;
  assigned: 'local' | 'nobody' | 'colleague';
  /** An escalation on it (W6). */
  escalated?: 'lead-sla' | 'development' | 'product' | 'customer';
};

type PlanOf = Omit<Plan, 'assigned'>;

/** The part of the queue that must tell the same story at every first look. */
export function openPlans(random: Random): Plan[] {
  return [...firstLook(), ...atRisk(random), ...onTrack(random), ...quiet(random)];
}

function firstLook(): Plan[] {
  const critical = 'critical';
  return [
    {
      stage: 'triaged',
      severity: critical,
      due: overdueBy(7 * MINUTE_MS),
      assigned: 'colleague',
      escalated: 'lead-sla',
    },
    // Reaches the alert 15 minutes before its due soon after the start, so that a new user sees one.
    { stage: 'triaged', severity: critical, due: left(17 * MINUTE_MS), assigned: 'local' },
    { stage: 'triaged', severity: critical, due: left(41 * MINUTE_MS), assigned: 'nobody' },
    { stage: 'untriaged', severity: critical, due: left(64 * MINUTE_MS), assigned: 'nobody' },
    { stage: 'untriaged', severity: critical, due: left(86 * MINUTE_MS), assigned: 'nobody' },
    { stage: 'untriaged', severity: critical, due: left(112 * MINUTE_MS), assigned: 'nobody' },
    { stage: 'unanswered', severity: critical, due: left(93 * MINUTE_MS), assigned: 'local' },
    { stage: 'waiting', severity: critical, due: null, assigned: 'colleague' },
    { stage: 'triaged', severity: 'high', due: overdueBy(24 * MINUTE_MS), assigned: 'nobody' },
    {
      stage: 'unanswered',
      severity: 'high',
      due: overdueBy(66 * MINUTE_MS),
      assigned: 'local',
      escalated: 'customer',
    },
    { stage: 'untriaged', severity: 'high', due: overdueBy(11 * MINUTE_MS), assigned: 'nobody' },
    { stage: 'triaged', severity: 'medium', due: overdueBy(1.6 * HOUR_MS), assigned: 'colleague' },
    { stage: 'unanswered', severity: 'medium', due: overdueBy(3 * HOUR_MS), assigned: 'colleague' },
    { stage: 'untriaged', severity: 'low', due: overdueBy(2.2 * HOUR_MS), assigned: 'nobody' },
    { stage: 'certified', severity: 'medium', due: overdueBy(5 * HOUR_MS), assigned: 'local' },
    {
      stage: 'certified',
      severity: 'high',
      due: overdueBy(9 * HOUR_MS),
      assigned: 'colleague',
      escalated: 'development',
    },
  ];
}

function atRisk(random: Random): Plan[] {
  const kinds: PlanOf[] = [
    { stage: 'triaged', severity: 'high', due: null },
    { stage: 'unanswered', severity: 'high', due: null },
    { stage: 'untriaged', severity: 'high', due: null },
    { stage: 'triaged', severity: 'high', due: null, escalated: 'lead-sla' },
    { stage: 'triaged', severity: 'medium', due: null },
    { stage: 'unanswered', severity: 'medium', due: null },
    { stage: 'unanswered', severity: 'medium', due: null },
    { stage: 'triaged', severity: 'medium', due: null },
    { stage: 'untriaged', severity: 'medium', due: null },
    { stage: 'unanswered', severity: 'low', due: null },
    { stage: 'unanswered', severity: 'low', due: null },
    { stage: 'untriaged', severity: 'low', due: null },
    { stage: 'certified', severity: 'high', due: null },
    { stage: 'certified', severity: 'medium', due: null },
  ];
  const nobody = new Set([0, 2, 4, 8, 11]);
  const local = new Set([1, 5, 9, 13]);
  return kinds.map((plan, index) => ({
    ...plan,
    due: { kind: 'at-risk', fraction: between(random, 0.12, 0.94) },
    assigned: nobody.has(index) ? 'nobody' : local.has(index) ? 'local' : 'colleague',
  }));
}

/** Spread evenly over what each clock allows, so that the next 48 counted hours have no hole. */
function onTrack(random: Random): Plan[] {
  const kinds: readonly [number, PlanOf['stage'], Severity, nobody: number, local: number][] = [
    [3, 'untriaged', 'high', 2, 0],
    [4, 'untriaged', 'medium', 3, 0],
    [5, 'untriaged', 'low', 5, 0],
    [6, 'triaged', 'high', 1, 1],
    [9, 'triaged', 'medium', 2, 1],
    [8, 'triaged', 'low', 1, 1],
    [6, 'unanswered', 'high', 0, 1],
    [9, 'unanswered', 'medium', 0, 1],
    [11, 'unanswered', 'low', 0, 1],
    [5, 'certified', 'high', 0, 1],
    [6, 'certified', 'medium', 0, 1],
    [2, 'certified', 'low', 0, 0],
  ];
  return kinds.flatMap(([count, stage, severity, nobody, local]) =>
    Array.from({ length: count }, (_, index): Plan => ({
      stage,
      severity,
      due: { kind: 'on-track', fraction: (index + between(random, 0.15, 0.85)) / count },
      assigned: index < nobody ? 'nobody' : index < nobody + local ? 'local' : 'colleague',
      ...(stage === 'certified' && index === 1 ? { escalated: 'development' as const } : {}),
    })),
  );
}

/** Open, but with nothing that ticks. */
function quiet(random: Random): Plan[] {
  const plans: PlanOf[] = [
    ...times(4, () => ({ stage: 'answered', severity: pickQuiet(random), due: null })),
    ...times(5, () => ({ stage: 'waiting', severity: 'high', due: null })),
    ...times(7, () => ({ stage: 'waiting', severity: 'medium', due: null })),
    ...times(4, () => ({ stage: 'waiting', severity: 'low', due: null })),
    ...times(2, () => ({ stage: 'feature-asked', severity: 'low', due: null })),
    ...times(3, () => ({ stage: 'feature', severity: 'medium', due: null })),
    ...times(2, () => ({ stage: 'feature', severity: 'low', due: null, escalated: 'product' })),
    ...times(8, () => ({ stage: 'feature', severity: 'low', due: null })),
  ];
  const local = new Set([0, 4, 9, 10, 20]);
  return plans.map((plan, index) => ({
    ...plan,
    assigned: local.has(index) ? 'local' : 'colleague',
  }));
}

/** What has been dealt with: a good morning's worth today, the rest in past weeks. */
export function pastPlans(random: Random, count: number): Plan[] {
  const today = Math.min(14, Math.ceil(count * 0.08));
  return Array.from({ length: count }, (_, index): Plan => ({
    stage: index < today ? 'resolved-today' : random() < 0.16 ? 'resolved' : 'closed',
    severity: severityOf(random),
    due: null,
    assigned: random() < 0.2 ? 'local' : 'colleague',
  }));
}

/** Open tickets only, in every clock situation: the corpus that benches run on. */
export function benchPlans(random: Random, count: number): Plan[] {
  const stages = ['untriaged', 'triaged', 'unanswered', 'certified', 'waiting', 'feature'] as const;
  return Array.from({ length: count }, (_, index): Plan => {
    const late = random();
    const stage = stages[Math.floor(random() * stages.length)] ?? 'triaged';
    return {
      stage,
      severity: stage === 'feature' ? 'low' : severityOf(random),
      due:
        late < 0.04
          ? overdueBy(between(random, MINUTE_MS, 20 * HOUR_MS))
          : late < 0.15
            ? { kind: 'at-risk', fraction: random() }
            : { kind: 'on-track', fraction: random() },
      assigned: index % 10 === 0 ? 'local' : index % 5 === 0 ? 'nobody' : 'colleague',
    };
  });
}

function severityOf(random: Random): Severity {
  const share = random();
  if (share < 0.04) return 'critical';
  if (share < 0.2) return 'high';
  return share < 0.56 ? 'medium' : 'low';
}

function pickQuiet(random: Random): Severity {
  return random() < 0.5 ? 'medium' : 'low';
}

function overdueBy(byMs: number): DueWish {
  return { kind: 'overdue', byMs };
}

function left(leftMs: number): DueWish {
  return { kind: 'left', leftMs };
}

function times(count: number, make: () => PlanOf): PlanOf[] {
  return Array.from({ length: count }, make);
}
