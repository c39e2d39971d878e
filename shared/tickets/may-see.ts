import type { Role } from '../base/roles.ts';

/** Who asks. */
export type Viewer = { id: string; role: Role; teamIds: readonly string[] };

/** Visibility is teams, assignee and role (S14): an admin sees all, the others their teams' and what is theirs. */
export function maySee(
  viewer: Viewer,
  ticket: { teamId: string; assigneeId: string | null },
): boolean {
  return (
    viewer.role === 'admin' ||
    ticket.assigneeId === viewer.id ||
    viewer.teamIds.includes(ticket.teamId)
  );
}
