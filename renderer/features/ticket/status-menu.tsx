import { ChevronDown } from 'lucide-react';
import type { Status } from '../../../shared/tickets/fields.ts';
import type { TicketHead } from '../../../shared/tickets/head.ts';
import { canSetStatus, setStatus } from '../../store/change-ticket.ts';
import { useConsole } from '../../store/use-console.ts';
import { Button } from '../../ui/button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { statusWords } from '../../words.ts';

const offered: readonly { status: Status; keys?: string; label: string }[] = [
  { status: 'open', label: 'Open' },
  { status: 'waiting', label: 'Waiting on customer', keys: 'w' },
  { status: 'resolved', label: 'Resolved', keys: 'd' },
];

export function StatusMenu({ head }: { head: TicketHead }) {
  const console = useConsole();
  return (
    <Menu
      trigger={
        <Button aria-label={`Status: ${statusWords[head.status.value]}`}>
          {statusWords[head.status.value]} <ChevronDown size={13} />
        </Button>
      }
      entries={offered.map(({ status, label, keys }) => ({
        id: status,
        label,
        ...(keys === undefined ? {} : { keys }),
        checked: head.status.value === status,
        disabled: !canSetStatus(head, status),
        run: () => {
          setStatus(console, head.id, status);
        },
      }))}
    />
  );
}
