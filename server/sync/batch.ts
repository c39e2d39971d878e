import { nextMissAt } from '../policy/next-miss.ts';
import type { CompiledPolicy } from '../../shared/policy/compiled-policy.ts';
import type { Entry } from '../../shared/tickets/entry.ts';
import type { TicketHead } from '../../shared/tickets/head.ts';
import type { Changes, Counter } from '../store/rows.ts';
import type { Surroundings } from '../surroundings.ts';

/** The place in the desk's order that a change got (S1), and when (C6; ms since epoch). */
export type Place = { version: number; acceptedAt: number };

/**
 * What one transaction is going to write. Outcomes are decided against it in memory, so that a later change sees
 * what an earlier one of the same transaction did (S2).
 */
export type Batch = {
  /** Takes the next version of its own. */
  take: () => Place;
  /** The instant that a place taken now would get (C6), ms since epoch. */
  now: () => number;
  /** The counter as it will be. */
  counter: () => Counter;
  setCounter: (
    fields: Partial<Omit<Counter, 'deskId' | 'version' | 'mark' | 'acceptedAt'>>,
  ) => void;
  putNewTicket: (head: TicketHead, entries: readonly Entry[]) => void;
  putTicket: (head: TicketHead, entries: readonly Entry[]) => void;
  /** What is written beside tickets. */
  readonly rest: Pick<
    Changes,
    'ledger' | 'resolutions' | 'policies' | 'agents' | 'sight' | 'retire'
  >;
  changes: (policy: CompiledPolicy) => Changes;
  changesWithoutTickets: () => Changes;
};

export function startBatch(locked: Counter, around: Surroundings): Batch {
  let counter = locked;
  const versions: Changes['versions'] = [];
  const newHeads = new Map<string, TicketHead>();
  const heads = new Map<string, TicketHead>();
  const entries: Entry[] = [];
  const rest: Batch['rest'] = {
    ledger: [],
    resolutions: [],
    policies: [],
    agents: [],
    sight: [],
    retire: [],
  };
  // Never before an earlier one, whatever this machine's clock does (C6).
  const now = () => Math.max(counter.acceptedAt, around.nowMs());
  const record = (policy: CompiledPolicy) => (head: TicketHead) => ({
    head,
    settleAt: nextMissAt(head, policy),
  });
  return {
    take: () => {
      const version = counter.version + 1;
      const acceptedAt = now();
      const mark = around.newMark();
      counter = { ...counter, version, acceptedAt, mark };
      versions.push({ version, mark, acceptedAt });
      return { version, acceptedAt };
    },
    now,
    counter: () => counter,
    setCounter: (fields) => {
      counter = { ...counter, ...fields };
    },
    putNewTicket: (head, added) => {
      newHeads.set(head.id, head);
      entries.push(...added);
    },
    putTicket: (head, added) => {
      (newHeads.has(head.id) ? newHeads : heads).set(head.id, head);
      entries.push(...added);
    },
    rest,
    changesWithoutTickets: () => ({
      counter,
      versions,
      newTickets: [],
      tickets: [],
      entries: [],
      ...rest,
    }),
    changes: (policy) => ({
      counter,
      versions,
      newTickets: [...newHeads.values()].map(record(policy)),
      tickets: [...heads.values()].map(record(policy)),
      entries,
      ...rest,
    }),
  };
}
