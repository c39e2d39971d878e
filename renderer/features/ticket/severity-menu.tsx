import { ChevronDown } from 'lucide-react';
import { severities } from '../../../shared/policy/severity.ts';
import type { TicketHead } from '../../../shared/tickets/head.ts';
import { SeverityBadge } from '../../marks/severity-badge.tsx';
import { setSeverity } from '../../store/change-ticket.ts';
import { useConsole, useConsoleState } from '../../store/use-console.ts';
import { Button } from '../../ui/button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { severityMeanings, severityWords } from '../../words.ts';

/** Severity with the meaning of each beside it (P2); choosing the one it has confirms it (C5). */
export function SeverityMenu({ head }: { head: TicketHead }) {
  const console = useConsole();
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
          {head.triaged.value ? <ChevronDown size={13} /> : 'triage'}
        </Button>
      }
      entries={severities.map((severity, index) => ({
        id: severity,
        label: <SeverityBadge severity={severity} />,
        detail: `${severityMeanings[severity]}${
          hours === undefined ? '' : ` Answer within ${hours[severity]} h.`
        }`,
        keys: String(index + 1),
        checked: head.triaged.value && head.severity.value === severity,
        run: () => {
          setSeverity(console, head.id, severity);
        },
      }))}
    />
  );
}
