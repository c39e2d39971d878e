import type { TicketHead } from '../tickets/head.ts';

/** What is outside P2: accepted and flagged; a flag changes no clock (P3). */
export type PolicyFlag = 'chat-needs-high-or-critical' | 'critical-is-for-saas';

export function flagsOf(head: TicketHead): PolicyFlag[] {
  const severity = head.severity.value;
  const flags: PolicyFlag[] = [];
  if (head.channel === 'chat' && (severity === 'medium' || severity === 'low'))
    flags.push('chat-needs-high-or-critical');
  if (severity === 'critical' && head.customer.licence !== 'saas')
    flags.push('critical-is-for-saas');
  return flags;
}
