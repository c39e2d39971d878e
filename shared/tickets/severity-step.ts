import type { Severity } from '../policy/severity.ts';
import type { ApplyContext } from './apply-context.ts';
import type { TicketHead } from './head.ts';

/** A new step for the fold of C10: what the ticket is from now on. */
export function severityStep(
  head: TicketHead,
  given: { severity: Severity; serverFault: boolean },
  context: Pick<ApplyContext, 'acceptedAt' | 'agentId'>,
): TicketHead['severitySteps'][number] {
  return {
    ...given,
    at: context.acceptedAt,
    afterAsked: head.asked.length,
    agentId: context.agentId,
    withdrawn: false,
  };
}
