import { MAX_PUSH_COMMANDS } from '../shared/protocol/push.ts';
import type { PushAnswer } from '../shared/protocol/push.ts';
import { policyInForce } from './policy/policy-in-force.ts';
import { firstCounter } from './store/contract.ts';
import { presenceBoard } from './presence/board.ts';
import type { PresenceBoard } from './presence/board.ts';
import type { Store } from './store/contract.ts';
import { isLater } from './store/news.ts';
import type { Counter } from './store/rows.ts';
import type { Surroundings } from './surroundings.ts';
import { startBatch } from './sync/batch.ts';
import { gather } from './sync/gather.ts';
import type { Push } from './sync/parse-commands.ts';
import { pushTogether } from './sync/push.ts';
import type { PushParts } from './sync/push.ts';

/** The longest that a push waits for others to share its transaction (S2). */
const GATHER_WAIT_MS = 5;

/** A desk at work on its store: what routes, intake and CLI share. */
export type Desk = PushParts & {
  /** The newest counter that this process saw committed. */
  known: () => Counter;
  /** The same where it may be answered from; null where the store must be asked (S6). */
  current: () => Counter | null;
  /** Decides on one console's commands, in one transaction with those of others (S2). */
  push: (push: Push) => Promise<PushAnswer[]>;
  /** Tells of each commit, until what it returns is called. */
  onCommit: (listener: (version: number) => void) => () => void;
  /** Where everybody is; in memory only (S18). */
  presence: PresenceBoard;
};

/** Starts a desk on an open store; writes the first policy version where there is none (C15). */
export async function startDesk(store: Store, around: Surroundings): Promise<Desk> {
  const policies = policyInForce();
  const listeners = new Set<(version: number) => void>();
  let known = firstCounter({ deskId: '', epoch: '' });

  const committed = (counter: Counter): void => {
    if (!isLater(counter, known)) return;
    const isCommit = counter.version > known.version;
    known = counter;
    if (isCommit) for (const listener of listeners) listener(counter.version);
  };
  const presence = presenceBoard(around);
  presence.onPlaced((placement) => store.tellOthers({ kind: 'presence', placement }));
  store.onNews((news) => {
    if (news.kind === 'counter') committed(news.counter);
    if (news.kind === 'presence') presence.receive(news.placement);
  });
  // Only now: what is committed from here on is heard.
  const read = await store.read((snapshot) => snapshot.counter());
  known = isLater(known, read) ? known : read;
  const parts: PushParts = { store, policies, around, committed };

  if (known.policyVersion === 0) {
    const counter = await store.write(async (writing) => {
      const batch = startBatch(writing.locked, around);
      const policy = await policies.forBatch(batch, writing, null);
      if (batch.counter() !== writing.locked) await writing.save(batch.changes(policy));
      return batch.counter();
    });
    committed(counter);
  }

  const push = gather<Push, PushAnswer[]>(
    (pushes) => pushTogether(parts, pushes),
    { maxSize: MAX_PUSH_COMMANDS, maxWaitMs: GATHER_WAIT_MS },
    around.timers,
  );
  return {
    ...parts,
    known: () => known,
    current: () => (store.hearsAll() ? known : null),
    push: (each) => push(each, Math.max(1, each.commands.length)),
    onCommit: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    presence,
  };
}
