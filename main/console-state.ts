import type { ConsoleStart } from '../shared/bridge/methods.ts';
import type { SyncStatus } from '../shared/bridge/sync-status.ts';
import type { Agent } from '../shared/protocol/agent.ts';
import type { AlertScheduler } from './alerts/scheduler.ts';
import type { BlobDesk } from './blobs/blob-desk.ts';
import { countCommands } from './journal/pending.ts';
import type { ToldCommands } from './journal/told-commands.ts';
import type { Profile } from './profile/open-profile.ts';
import type { DeskClock } from './sync/desk-clock.ts';
import { consequence } from './sync/desk-fault.ts';
import type { DeskFault } from './sync/desk-fault.ts';
import type { SyncLoop } from './sync/loop.ts';

/** A profile at work. */
export type Working = {
  profile: Profile;
  sync: SyncLoop;
  alerts: AlertScheduler;
  blobs: BlobDesk;
};

/** Where the console stands while it has no profile open. */
export type Waiting = Pick<SyncStatus, 'connection' | 'reason' | 'sinceAt'>;

/** The bridge takes no longer one; a desk may say anything. */
const REASON_MAX = 500;

/** What the status bar says (S6). `deskTrouble` is why an embedded desk does not run. */
export function syncStatus(
  working: Working | null,
  waiting: Waiting,
  clock: DeskClock,
  deskTrouble: string | null,
): SyncStatus {
  const sync = working?.sync.status();
  const at = sync ?? { ...waiting, progress: null, question: null };
  const { offsetMs, confirmedAt } = clock.facts();
  const isAway = at.connection === 'offline' || at.connection === 'connecting';
  return {
    ...at,
    reason: reasonOf(at, isAway ? deskTrouble : null)?.slice(0, REASON_MAX) ?? null,
    lastSyncAt: working?.profile.watch.meta().syncedAt ?? null,
    ...(working === null
      ? { waiting: 0, conflicts: 0 }
      : countCommands(working.profile.journal.state)),
    offsetMs,
    clock: { isConfirmed: clock.isConfirmed(), confirmedAt },
  };
}

/** A sign-in is not yet kept over restarts (X4): whoever is asked for one hears so. */
function reasonOf(
  { connection, reason }: Pick<SyncStatus, 'connection' | 'reason'>,
  deskTrouble: string | null,
): string | null {
  if (connection !== 'signed-out') return deskTrouble ?? reason;
  return `${reason ?? ''} A sign-in is kept only until the console is closed.`.trim();
}

/** What a fault means to the agent before the first contact. */
export function connectionWhile(fault: DeskFault): SyncStatus['connection'] {
  if (fault.kind === 'no-address') return 'connecting';
  const what = consequence(fault);
  return what === 'retry' ? 'offline' : what;
}

/** Who works here, as the desk last said. */
export function currentAgent(profile: Profile): Agent | null {
  const { agents } = profile.watch.meta();
  return agents.find((agent) => agent.id === profile.owner.agentId) ?? null;
}

/** All that the page needs for its first picture. */
export async function consoleStart(
  working: Working | null,
  {
    commands,
    ...rest
  }: Pick<ConsoleStart, 'appVersion' | 'consoleId' | 'status' | 'openTicketId'> & {
    commands: ToldCommands['all'];
  },
): Promise<ConsoleStart> {
  if (working === null) {
    return {
      ...rest,
      agent: null,
      agents: [],
      demo: false,
      policy: null,
      firstRows: [],
      openTickets: 0,
      commands: [],
    };
  }
  const { journal, watch } = working.profile;
  const { agents, demo, policy } = watch.meta();
  const firstRows = await watch.firstRows();
  return {
    ...rest,
    consoleId: working.profile.owner.consoleId,
    agent: currentAgent(working.profile),
    agents,
    demo,
    policy,
    firstRows,
    openTickets: watch.openCount(),
    // Last of all: what changes after this is told as an event.
    commands: commands(journal.state),
  };
}
