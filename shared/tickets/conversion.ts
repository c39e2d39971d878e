import { isLead } from '../base/roles.ts';
import { ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { isAbove } from '../policy/severity.ts';
import type { ApplyContext, HeadChange } from './apply-context.ts';
import type { Action } from './command.ts';
import type { TicketHead } from './head.ts';
import type { Refusal } from './outcome.ts';
import { refused } from './refused.ts';
import { endedBy, endMisses, resumeMisses } from './runs.ts';
import { severityStep } from './severity-step.ts';
import { stamp } from './stamp.ts';
import { noteReply } from './thread.ts';

/**
 * Makes a ticket a feature request of severity Low and tells the customer (P10, W5). The message is a public reply:
 * it ends C1 and C3 as one. What then still runs is stopped (C12).
 */
export function convertToFeature(
  head: TicketHead,
  { reason, message }: Extract<Action, { kind: 'convert-to-feature' }>,
  context: ApplyContext,
): Result<HeadChange, Refusal> {
  if (head.category.value === 'feature')
    return refused('nothing-to-do', 'The ticket is a feature request already.');
  // W5 has a reason; from High or Critical a lead needs none (C12).
  const mayOmit = isLead(context.role) && isAbove(head.severity.value, 'medium');
  if (reason.trim() === '' && !mayOmit)
    return refused('needs-reason', 'Making a ticket a feature request needs a reason.');
  const answered = noteReply(head, context.agentId, context.version, context.acceptedAt);
  const fromSeverity = head.severity.value;
  const lowered = { severity: 'low', serverFault: head.serverFault.value } as const;
  const isLow = fromSeverity === 'low';
  return ok({
    head: {
      ...endMisses(answered, endedBy('feature'), context.acceptedAt),
      category: stamp('feature', context),
      certifiedAt: null,
      certifiedVersion: 0,
      ...(isLow
        ? {}
        : {
            severity: stamp('low', context),
            severitySteps: [...head.severitySteps, severityStep(head, lowered, context)],
          }),
      conversion: {
        id: context.commandId,
        fromCategory: head.category.value,
        fromSeverity,
        fromCertifiedAt: head.certifiedAt,
        fromCertifiedVersion: head.certifiedVersion,
        step: isLow ? null : head.severitySteps.length,
      },
    },
    bodies: [
      { kind: 'message', text: message },
      { kind: 'converted', fromCategory: head.category.value, fromSeverity, reason },
    ],
  });
}

/**
 * Category and severity as they were (C12). Its severity step leaves the fold, unless somebody has set a severity
 * since; the clocks follow from history, so replies given meanwhile count.
 */
export function undoConversion(
  head: TicketHead,
  conversionId: string,
  context: ApplyContext,
): Result<HeadChange, Refusal> {
  const { conversion } = head;
  if (conversion?.id !== conversionId || head.category.value !== 'feature')
    return refused('nothing-to-do', 'That conversion does not stand any more.');
  const isOwnSeverity = conversion.step !== null && head.severity.commandId === conversion.id;
  const next: TicketHead = {
    ...head,
    category: stamp(conversion.fromCategory, context),
    certifiedAt: conversion.fromCertifiedAt,
    certifiedVersion: conversion.fromCertifiedVersion,
    ...(isOwnSeverity ? { severity: stamp(conversion.fromSeverity, context) } : {}),
    severitySteps: withoutConversion(head.severitySteps, conversion),
    conversion: null,
  };
  return ok({ head: resumeMisses(next), bodies: [{ kind: 'conversion-undone', conversionId }] });
}

/** Its step is withdrawn, and marks of a server fault made on the Low that it gave are made on what it was before. */
function withoutConversion(
  steps: TicketHead['severitySteps'],
  { step: own, fromSeverity }: NonNullable<TicketHead['conversion']>,
): TicketHead['severitySteps'] {
  if (own === null) return steps;
  const nextGiven = steps.findIndex(({ severity }, index) => index > own && severity !== 'low');
  return steps.map((step, index) => {
    if (index === own) return { ...step, withdrawn: true };
    const isMark = index > own && (nextGiven === -1 || index < nextGiven);
    return isMark ? { ...step, severity: fromSeverity } : step;
  });
}
