import { severities } from './severity.ts';
import type { Severity } from './severity.ts';
import type { TicketHead } from '../tickets/head.ts';

/** What is outside P2: accepted and flagged; a flag changes no clock (P3). */
export type PolicyFlag = 'chat-needs-high-or-critical' | 'critical-is-for-saas';

export function flagsOf(head: TicketHead): PolicyFlag[] {
  const severity = head.triaged.value ? head.severity.value : askedOrGiven(head);
  const flags: PolicyFlag[] = [];
  if (head.channel === 'chat' && (severity === 'medium' || severity === 'low'))
    flags.push('chat-needs-high-or-critical');
  if (severity === 'critical' && head.customer.licence !== 'saas')
    flags.push('critical-is-for-saas');
  return flags;
}

/** Until somebody has triaged it, the worst that the customer asked for says more than the default (P3). */
function askedOrGiven({ asked, severity }: TicketHead): Severity {
  return severities.find((each) => asked.some((ask) => ask.severity === each)) ?? severity.value;
}
