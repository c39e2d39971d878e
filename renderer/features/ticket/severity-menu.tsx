import { ChevronDown } from 'lucide-react';
import { severities } from '../../../shared/policy/severity.ts';
import type { TicketHead } from '../../../shared/tickets/head.ts';
import { EffectLine } from '../../marks/effect-line.tsx';
import { SeverityBadge } from '../../marks/severity-badge.tsx';
import { setServerFault, setSeverity } from '../../store/change-ticket.ts';
import { useConsole, useConsoleState } from '../../store/use-console.ts';
import { Button } from '../../ui/button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { severityMeanings, severityWords } from '../../words.ts';

/** Severity with the meaning of each beside it (P2); choosing the one it has confirms it (C5). */
export function SeverityMenu({ head }: { head: TicketHead }) {
  const console = useConsole();
  const isFault = head.serverFault.value;
  // P1, C15: only where the policy minds it, and to take back what was set before.
  const offersServerFault = useConsoleState(
    (state) =>
      isFault ||
      (head.customer.licence === 'saas' && state.policy?.document.serverSupport24x7 === true),
  );
  const hours = useConsoleState((state) => state.policy?.document.targetHours);
  return (
    <Menu
      trigger={
        <Button
          aria-label={`Severity: ${severityWords[head.severity.value]}${
            head.triaged.value ? '' : ', not triaged yet'
          }`}
          title={head.triaged.value ? undefined : 'Not triaged yet'}
        >
          <SeverityBadge severity={head.severity.value} />
          {isFault && 'server fault'}
          {head.triaged.value ? <ChevronDown size={13} /> : 'triage'}
        </Button>
      }
      entries={[
        ...severities.map((severity, index) => ({
          id: severity,
          label: <SeverityBadge severity={severity} />,
          detail: (
            <>
              {severityMeanings[severity]}
              {hours !== undefined && ` Answer within ${hours[severity]} h.`}
              {head.severity.value !== severity && (
                <EffectLine
                  always
                  ticketId={head.id}
                  actions={[{ kind: 'set-severity', severity, reason: '…' }]}
                />
              )}
            </>
          ),
          keys: String(index + 1),
          checked: head.triaged.value && head.severity.value === severity,
          run: () => {
            setSeverity(console, head.id, severity);
          },
        })),
        ...(offersServerFault
          ? [
              {
                id: 'server-fault',
                label: isFault ? 'No server fault after all' : 'Server fault',
                detail: (
                  <>
                    {isFault
                      ? 'Known as a fault of their server now, counted around the clock.'
                      : 'A fault of this SaaS customer’s server counts around the clock.'}
                    <EffectLine
                      always
                      ticketId={head.id}
                      actions={[{ kind: 'set-server-fault', serverFault: !isFault }]}
                    />
                  </>
                ),
                checked: isFault,
                run: () => {
                  setServerFault(console, head.id, !isFault);
                },
              },
            ]
          : []),
      ]}
    />
  );
}
