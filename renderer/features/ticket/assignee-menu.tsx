import { ChevronDown } from 'lucide-react';
import type { TicketHead } from '../../../shared/tickets/head.ts';
import { useAgentName } from '../../marks/use-agent-name.ts';
import { assign } from '../../store/change-ticket.ts';
import { useConsole, useConsoleState } from '../../store/use-console.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { shortName } from '../../ui/initials.ts';
import { Kbd } from '../../ui/kbd.tsx';
import { Menu } from '../../ui/menu.tsx';
import type { MenuEntry } from '../../ui/menu.tsx';

/** Who works it: me first, then the others, then nobody. */
export function AssigneeMenu({ head }: { head: TicketHead }) {
  const console = useConsole();
  const me = useConsoleState((state) => state.agent);
  const agents = useConsoleState((state) => state.agents);
  const assignee = head.assignee.value;
  const name = useAgentName(assignee);
  const mine = me?.id === assignee && assignee !== null;
  const entry = (id: string | null, label: string, keys?: string): MenuEntry => ({
    id: id ?? 'nobody',
    label,
    ...(keys === undefined ? {} : { keys }),
    checked: assignee === id,
    run: () => {
      assign(console, head.id, id);
    },
  });
  return (
    <Menu
      trigger={
        <Button aria-label={`Assignee: ${name ?? 'nobody'}`} title={name ?? 'Unassigned'}>
          {name !== null && <Avatar name={name} me={mine} size={16} />}
          {mine ? 'Me' : name === null ? 'Unassigned' : shortName(name)}
          {!mine && <Kbd keys="a" />}
          <ChevronDown size={13} />
        </Button>
      }
      entries={[
        ...(me === null ? [] : [entry(me.id, `${me.name} (me)`, 'a')]),
        ...agents
          .filter((agent) => agent.id !== me?.id)
          .toSorted((a, b) => a.name.localeCompare(b.name))
          .map((agent) => entry(agent.id, agent.name)),
        entry(null, 'Nobody'),
      ]}
    />
  );
}
