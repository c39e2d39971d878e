import { ChevronDown } from 'lucide-react';
import type { Action } from '../../../shared/tickets/command.ts';
import type { Status } from '../../../shared/tickets/fields.ts';
import type { TicketHead } from '../../../shared/tickets/head.ts';
import { EffectLine } from '../../marks/effect-line.tsx';
import { canSetStatus, setStatus } from '../../store/change-ticket.ts';
import { useConsole } from '../../store/use-console.ts';
import { Button } from '../../ui/button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { statusWords } from '../../words.ts';

const offered: readonly { status: Status; keys?: string; label: string; action: Action }[] = [
  { status: 'open', label: 'Open', action: { kind: 'reopen' } },
  { status: 'waiting', label: 'Waiting on customer', keys: 'w', action: { kind: 'set-waiting' } },
  { status: 'resolved', label: 'Resolved', keys: 'd', action: { kind: 'resolve' } },
  {
    status: 'closed',
    label: 'Closed …',
    keys: 'Shift+D',
    // For the preview: a dialog asks for the reason first (C13).
    action: { kind: 'close', reason: 'done', text: '' },
  },
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
      entries={offered.map(({ status, label, keys, action }) => ({
        id: status,
        label,
        ...(canSetStatus(head, status)
          ? { detail: <EffectLine ticketId={head.id} actions={[action]} /> }
          : {}),
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
