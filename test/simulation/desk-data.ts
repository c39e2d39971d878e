import { invariant } from '../../shared/base/assert.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import type { Entry } from '../../shared/tickets/entry.ts';
import type { TicketHead } from '../../shared/tickets/head.ts';
import type { Store, Writing } from '../../server/store/contract.ts';
import { memoryStore } from '../../server/store/memory.ts';
import type { Changes, Counter } from '../../server/store/rows.ts';
import type { Prng } from './prng.ts';
import type { Process } from './process.ts';

/** The desk's database, which its processes come and go on. It loses nothing that was committed. */
export type DeskData = {
  /** As one process of the desk sees it: before and after each commit it can end. */
  open: (process: Process) => Store;
  /** Past every process, for reading. */
  store: () => Store;
  /** For what is there before the simulation begins. */
  direct: () => Store;
  history: () => DeskHistory;
  /** Writes fail for a while: so many, before or after they were committed. */
  fail: (writes: number) => void;
  /** Every transaction so far. */
  commits: () => number;
  /** Those before the simulation began. */
  furnished: () => number;
  /** Puts it back to what it was after so many transactions, under a new epoch or silently under the same. */
  restore: (commits: number, epoch: string | null) => Promise<void>;
};

/** All that ever was, in one life of the desk: what a console may know at which version. */
export type DeskHistory = {
  epoch: string;
  counter: Counter;
  marks: Map<number, string>;
  /** Of each ticket, every head it had, oldest first. */
  heads: Map<string, TicketHead[]>;
  entries: Map<string, Entry>;
  /** Of each agent, every record. */
  agents: Map<string, Agent[]>;
};

const COMMIT_MS = 6;
const NEWS_MS = 400;

export async function deskData(
  deskId: string,
  exclusive: boolean,
  random: Prng,
): Promise<DeskData> {
  const log: Changes[] = [];
  let failing = 0;
  let furnished = 0;
  let epoch = 'epoch-1';
  let inner = memoryStore({ deskId, epoch });
  let history = emptyHistory(await counterOf(inner));

  const committed = (parts: readonly Changes[]): void => {
    log.push(...parts);
    for (const part of parts) remember(history, part);
  };

  /** Notes what a transaction saves, and tells it once that is kept. */
  const recorded = async <T>(work: (transaction: Writing) => Promise<T>): Promise<T> => {
    const parts: Changes[] = [];
    const result = await inner.write((transaction) =>
      work({
        ...transaction,
        save: async (changes) => {
          await transaction.save(changes);
          parts.push(structuredClone(changes));
        },
      }),
    );
    committed(parts);
    return result;
  };

  const data: DeskData = {
    open: (process) => ({
      ...inner,
      read: (work) => inner.read(work),
      // Alone it hears of a commit at once; where others write, a notice takes its time.
      onNews: (listener) =>
        inner.onNews((news) => {
          if (!process.isAlive()) return;
          if (exclusive) listener(news);
          else
            process.timers.after(random.int(0, NEWS_MS), () => {
              listener(news);
            });
        }),
      write: async (work) => {
        await process.step('begins a transaction', random.int(0, COMMIT_MS), () => undefined);
        const fails = failing > 0;
        if (fails) failing -= 1;
        // A database over a network may have committed all the same; one in the process has not.
        if (fails && (exclusive || random.chance(0.5))) throw storeFault();
        const result = await recorded(work);
        await process.step('committed', random.int(0, COMMIT_MS), () => undefined);
        if (fails) throw storeFault();
        return result;
      },
    }),
    store: () => inner,
    direct: () => ({
      ...inner,
      write: async (work) => {
        const result = await recorded(work);
        furnished = log.length;
        return result;
      },
    }),
    history: () => history,
    fail: (writes) => {
      failing = writes;
    },
    commits: () => log.length,
    furnished: () => furnished,
    restore: async (commits, newEpoch) => {
      const kept = log.splice(0).slice(0, commits);
      inner = memoryStore({ deskId, epoch: 'epoch-1' });
      history = emptyHistory(await counterOf(inner));
      for (const part of kept) await recorded((writing) => writing.save(part));
      if (newEpoch === null) return;
      epoch = newEpoch;
      const counter = await counterOf(inner);
      await recorded((writing) =>
        writing.save({
          ...nothing,
          counter: { ...counter, epoch, epochVersion: counter.version },
        }),
      );
    },
  };
  return data;
}

const nothing: Omit<Changes, 'counter'> = {
  versions: [],
  newTickets: [],
  tickets: [],
  entries: [],
  ledger: [],
  resolutions: [],
  policies: [],
  agents: [],
  sight: [],
  retire: [],
};

function counterOf(store: Store): Promise<Counter> {
  return store.read((snapshot) => snapshot.counter());
}

function emptyHistory(counter: Counter): DeskHistory {
  return {
    epoch: counter.epoch,
    counter,
    marks: new Map([[counter.version, counter.mark]]),
    heads: new Map(),
    entries: new Map(),
    agents: new Map(),
  };
}

function remember(history: DeskHistory, changes: Changes): void {
  history.counter = changes.counter;
  history.epoch = changes.counter.epoch;
  for (const { version, mark } of changes.versions) history.marks.set(version, mark);
  for (const { head } of [...changes.newTickets, ...changes.tickets]) {
    const known = history.heads.get(head.id) ?? [];
    const last = known.at(-1);
    invariant(last === undefined || head.version >= last.version, `${head.id} went back`);
    if (last?.version === head.version) known.pop();
    known.push(head);
    history.heads.set(head.id, known);
  }
  for (const entry of changes.entries) history.entries.set(entry.id, entry);
  for (const { agent } of changes.agents)
    history.agents.set(agent.id, [...(history.agents.get(agent.id) ?? []), agent]);
}

function storeFault(): Error {
  return Object.assign(new Error('the connection to the database was lost'), { code: '08006' });
}
