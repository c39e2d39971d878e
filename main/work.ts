import type { Time } from '../shared/base/time.ts';
import type { Timers } from '../shared/base/timers.ts';
import type { AlertRecord } from '../shared/bridge/alert-record.ts';
import type { BridgeEvent, BridgeEventName } from '../shared/bridge/events.ts';
import { osNotifier } from './alerts/notifier.ts';
import { quietedTickets } from './alerts/quieting.ts';
import { scheduleAlerts } from './alerts/scheduler.ts';
import { blobDesk } from './blobs/blob-desk.ts';
import { atMostEvery } from './coalesce.ts';
import { currentAgent } from './console-state.ts';
import type { Working } from './console-state.ts';
import { shownCommands } from './journal/pending.ts';
import type { Log } from './log.ts';
import type { Profile } from './profile/open-profile.ts';
import type { DeskClient } from './sync/desk-client.ts';
import type { DeskClock } from './sync/desk-clock.ts';
import { syncLoop } from './sync/loop.ts';
import type { SteadyClock } from './sync/steady-clock.ts';
import type { PageStored } from './watch/watch-table.ts';

/** Tells the page something unasked, if there is one. */
export type Tell = <Name extends BridgeEventName>(name: Name, event: BridgeEvent<Name>) => void;

export type WorkDeps = {
  client: DeskClient;
  clock: DeskClock;
  wall: Time;
  steady: SteadyClock;
  timers: Timers;
  random: () => number;
  log: Log;
  tell: Tell;
  /** What the page is told together with others of its kind. */
  tellStatus: () => void;
  tellCommands: () => void;
  /** A notification was clicked (A6). */
  showTicket: (ticketId: string) => void;
  flash: () => void;
  /** The agent works offline. */
  isPaused: () => boolean;
  /** Something time-dependent was reckoned anew. */
  ticked: () => void;
};

/** Sets a profile's alerts and its sync up; neither runs yet. */
export function workOn(profile: Profile, deps: WorkDeps): Working {
  const { journal, watch, ledger } = profile;
  const { client, clock, wall, steady, timers, random, log, tell } = deps;
  const wake = (): void => {
    sync.wake();
  };
  const alerts = scheduleAlerts({
    watch,
    ledger,
    notifier: osNotifier(),
    deskTime: clock,
    wall,
    steady,
    clockChanged: wake,
    agent: () => currentAgent(profile),
    quieted: () => quietedTickets(shownCommands(journal.state), watch.meta().cursor?.version ?? 0),
    open: deps.showTicket,
    told: (record) => {
      tell('alert.changed', record);
      // A machine that cannot notify still has a taskbar.
      if (isCriticalShown(record)) deps.flash();
    },
    ticked: deps.ticked,
    log,
  });
  /** A busy desk sends many pages: each look goes through every ticket. */
  const lookAfterPage = atMostEvery(1_000, alerts.tick);
  const tellPage = (stored: PageStored): void => {
    const { policy, agents } = watch.meta();
    if (stored.policyChanged && policy !== null) tell('policy.changed', policy);
    if (stored.agentsChanged) tell('agents.changed', { agent: currentAgent(profile), agents });
    deps.tellStatus();
    lookAfterPage();
  };
  /** Before the replica has any: the page need not wait for it (S8). */
  const tellFirstRows = (): void => {
    watch.firstRows().then(
      (rows) => {
        tell('rows.first', { rows });
      },
      (thrown: unknown) => {
        log.warn(`watch: ${String(thrown)}`);
      },
    );
  };
  const { isPaused } = deps;
  const blobs = blobDesk(profile, { client, time: clock, tell, wake, isPaused, log });
  const sync = syncLoop({
    client,
    journal,
    uploads: blobs.uploads,
    watch,
    clock,
    random,
    timers,
    log,
    told: {
      status: deps.tellStatus,
      commands: deps.tellCommands,
      page: tellPage,
      fetched: ({ isFirst }) => {
        deps.tellStatus();
        lookAfterPage();
        if (isFirst) tellFirstRows();
      },
      dropped: () => {
        deps.tellStatus();
        alerts.tick();
        void blobs.gone(() => true);
      },
      gone: blobs.gone,
      info: deps.tellStatus,
    },
  });
  return { profile, sync, alerts, blobs };
}

function isCriticalShown({ state, severity }: AlertRecord): boolean {
  return (state === 'shown' || state === 'failed') && severity === 'critical';
}
