import { z } from 'zod';
import { idSchema, instantSchema } from '../../shared/base/ids.ts';
import type { Timers } from '../../shared/base/timers.ts';
import { PRESENCE_LIFE_MS, presenceModes } from '../../shared/protocol/presence.ts';

/** Where one console's agent is, with what decides who may know (S14). Small enough for a NOTIFY. */
export const placementSchema = z.object({
  agentId: idSchema,
  consoleId: idSchema,
  /** Null: at none. */
  ticket: z.object({ id: idSchema, teamId: idSchema, assigneeId: idSchema.nullable() }).nullable(),
  mode: z.enum(presenceModes),
  /** Since when it is there in this mode; ms since epoch. */
  at: instantSchema,
});
export type Placement = z.infer<typeof placementSchema>;

/** Where everybody is, in memory only (S18). */
export type PresenceBoard = {
  /** A console of this desk process said where it is. */
  place: (placement: Placement) => void;
  /** Hears what `place` is told: to pass it on to the other desk processes of a team. */
  onPlaced: (listener: (placement: Placement) => void) => () => void;
  /** Another desk process passed this on. */
  receive: (placement: Placement) => void;
  all: () => Placement[];
  /** Hears of each console whose place changed, or that has not been heard of for 30 s. */
  onChange: (listener: (placement: Placement) => void) => () => void;
};

/** A token must not fill the memory: an agent is at no more consoles than this. */
const MAX_CONSOLES = 20;

type Kept = { placement: Placement; untilMs: number };

export function presenceBoard({
  nowMs,
  timers,
}: {
  nowMs: () => number;
  timers: Timers;
}): PresenceBoard {
  /** In the order in which they were last heard of. */
  const kept = new Map<string, Kept>();
  const changed = new Set<(placement: Placement) => void>();
  const placed = new Set<(placement: Placement) => void>();
  let isTimed = false;

  const tell = (placement: Placement): void => {
    for (const listener of changed) listener(placement);
  };

  const remove = (key: string, { placement }: Kept): void => {
    kept.delete(key);
    tell({ ...placement, ticket: null, at: nowMs() });
  };

  /** One timer for all: the first in the map is the first to be forgotten. */
  const watch = (): void => {
    const [first] = kept.values();
    if (isTimed || first === undefined) return;
    isTimed = true;
    timers.after(Math.max(0, first.untilMs - nowMs()), () => {
      isTimed = false;
      for (const [key, each] of kept) {
        if (each.untilMs > nowMs()) break;
        remove(key, each);
      }
      watch();
    });
  };

  const receive = (placement: Placement): void => {
    const key = `${placement.agentId} ${placement.consoleId}`;
    const before = kept.get(key);
    if (placement.ticket === null) {
      if (before !== undefined) remove(key, before);
      return;
    }
    const stays = before !== undefined && isSame(before.placement, placement);
    kept.delete(key);
    kept.set(key, {
      placement: stays ? before.placement : placement,
      untilMs: nowMs() + PRESENCE_LIFE_MS,
    });
    if (!stays) tell(placement);
    if (before === undefined) dropOldest(placement.agentId);
    watch();
  };

  const dropOldest = (agentId: string): void => {
    const own = [...kept].filter(([, each]) => each.placement.agentId === agentId);
    for (const [key, each] of own.slice(0, -MAX_CONSOLES)) remove(key, each);
  };

  return {
    place: (placement) => {
      receive(placement);
      for (const listener of placed) listener(placement);
    },
    onPlaced: (listener) => {
      placed.add(listener);
      return () => placed.delete(listener);
    },
    receive,
    all: () => [...kept.values()].map(({ placement }) => placement),
    onChange: (listener) => {
      changed.add(listener);
      return () => changed.delete(listener);
    },
  };
}

/** In the same place as before, and seen by the same people: only heard of again. */
function isSame(a: Placement, b: Placement): boolean {
  return (
    a.mode === b.mode &&
    a.ticket?.id === b.ticket?.id &&
    a.ticket?.teamId === b.ticket?.teamId &&
    a.ticket?.assigneeId === b.ticket?.assigneeId
  );
}
