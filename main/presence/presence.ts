import type { Timers } from '../../shared/base/timers.ts';
import type { BridgeEvent } from '../../shared/bridge/events.ts';
import { PRESENCE_EVERY_MS } from '../../shared/protocol/presence.ts';
import type { Presence, PresenceMode, PresenceNews } from '../../shared/protocol/presence.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/protocol-version.ts';
import type { DeskClient } from '../sync/desk-client.ts';

/** Where the agent here is. */
export type Place = { ticketId: string | null; mode: PresenceMode };

export type PresenceParts = {
  /** Says where the agent here is, now and every 15 s until it is nowhere. */
  set: (place: Place) => void;
  /** Tells a page that knows nothing yet where the others are, as last known. */
  tellAgain: () => void;
  /** The client as it is given to sync: what its poke stream says of presence is heard here. */
  hearing: (client: DeskClient) => DeskClient;
  stop: () => void;
};

export type PresenceDeps = {
  client: Pick<DeskClient, 'presence'>;
  /** Null before the first contact with a desk. */
  consoleId: () => string | null;
  isOnline: () => boolean;
  timers: Timers;
  /** Tells the page where the others are. */
  tell: (name: 'presence.changed', event: BridgeEvent<'presence.changed'>) => void;
};

/** Who runs through the queue is not at each ticket that they pass. */
const STAY_MS = 400;

/** Tells the desk where this agent is, and keeps what it tells of the others (S18). */
export function presence({
  client,
  consoleId,
  isOnline,
  timers,
  tell,
}: PresenceDeps): PresenceParts {
  let place: Place = { ticketId: null, mode: 'viewing' };
  let others = new Map<string, Presence>();
  let cancel = (): void => undefined;

  const say = (): void => {
    cancel();
    const from = consoleId();
    // What comes of it does not matter: it is said again soon.
    if (from !== null && isOnline())
      void client.presence({ protocol: PROTOCOL_VERSION, consoleId: from, ...place });
    if (place.ticketId !== null) cancel = timers.after(PRESENCE_EVERY_MS, say);
  };

  const tellAgain = (): void => {
    const presences = [...others.values()].flatMap(({ agentId, ticketId, mode, at }) =>
      ticketId === null ? [] : [{ agentId, ticketId, mode, at }],
    );
    tell('presence.changed', { presences });
  };

  const hear = ({ whole, presences }: PresenceNews): void => {
    if (whole) {
      others = new Map();
      // A new stream: the desk may not know where we are either.
      if (place.ticketId !== null) say();
    }
    for (const each of presences) {
      const key = `${each.agentId} ${each.consoleId}`;
      if (each.ticketId === null) others.delete(key);
      else others.set(key, each);
    }
    tellAgain();
  };

  return {
    set: (next) => {
      if (next.ticketId === place.ticketId && next.mode === place.mode) return;
      place = next;
      cancel();
      cancel = timers.after(STAY_MS, say);
    },
    tellAgain,
    hearing: (client) => ({
      ...client,
      listen: (signal, heard) => client.listen(signal, { ...heard, presence: hear }),
    }),
    stop: () => {
      cancel();
    },
  };
}
