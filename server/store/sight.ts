import type { Removal } from '../../shared/protocol/pull.ts';
import type { Viewer } from '../../shared/tickets/may-see.ts';
import type { TicketHead } from '../../shared/tickets/head.ts';

/** That a ticket came into or went out of the sight of some agents at a version (S14). */
export type SightChange = {
  version: number;
  ticketId: string;
  /** Whose: `team:ID`, `agent:ID`, or all who may see it. */
  audience: string;
  kind: 'lost' | 'gained';
  cause: Removal['cause'];
};

const EVERYBODY = 'all';

/** The audiences that an agent belongs to. */
export function audiencesOf(viewer: Viewer): string[] {
  return [EVERYBODY, `agent:${viewer.id}`, ...viewer.teamIds.map((id) => `team:${id}`)];
}

/** What a change of team or assignee takes from some and gives to others. */
export function sightChanges(before: TicketHead, after: TicketHead): SightChange[] {
  const lost = audiencesOfTicket(before);
  const gained = audiencesOfTicket(after);
  const change = (kind: SightChange['kind']) => (audience: string) => ({
    version: after.version,
    ticketId: after.id,
    audience,
    kind,
    cause: 'moved' as const,
  });
  return [
    ...lost.filter((audience) => !gained.includes(audience)).map(change('lost')),
    ...gained.filter((audience) => !lost.includes(audience)).map(change('gained')),
  ];
}

function audiencesOfTicket({ teamId, assignee }: TicketHead): string[] {
  return [`team:${teamId}`, ...(assignee.value === null ? [] : [`agent:${assignee.value}`])];
}

/** Closed for so long that consoles keep it no more (S15). */
export function retired(version: number, ticketId: string): SightChange {
  return { version, ticketId, audience: EVERYBODY, kind: 'lost', cause: 'retention' };
}

/** Changed after it was retired: consoles keep it again. */
export function returned(version: number, ticketId: string): SightChange {
  return { version, ticketId, audience: EVERYBODY, kind: 'gained', cause: 'retention' };
}
