import type { Role } from '../base/roles.ts';
import type { EntryBody } from './entry.ts';
import type { TicketHead } from './head.ts';

/** Who does it, where, and when the desk accepts it. */
export type ApplyContext = {
  /** Desk version of this change; for a pending command, that of the head it stands on. */
  version: number;
  /** ms since epoch (C6); for a pending command, the console's estimate of desk time. */
  acceptedAt: number;
  writtenAt: number;
  agentId: string;
  agentName: string;
  role: Role;
  consoleId: string;
  commandId: string;
};

/** What an action does to a head, and what the timeline will say of it. */
export type HeadChange = { head: TicketHead; bodies: EntryBody[] };
