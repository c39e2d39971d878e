import { Dexie } from 'dexie';
import type { DexieOptions } from 'dexie';
import { failpoint } from '../../shared/base/failpoint.ts';
import { recordKeys, REPLICA_SHAPE } from './replica-store.ts';
import type {
  ReplicaKeys,
  ReplicaRecords,
  ReplicaStore,
  ReplicaTable,
  ReplicaTableName,
  ReplicaTables,
} from './replica-store.ts';

/** The browser's own IndexedDB serves where none is given. */
export type IndexedDbParts = Required<Pick<DexieOptions, 'indexedDB' | 'IDBKeyRange'>>;

const names = Object.keys(recordKeys) as ReplicaTableName[];

/**
 * The replica's store in IndexedDB: a rebuildable cache, nothing lives only here (S12, S13). Name it by the console
 * id: another agent on the machine has another profile, so another console (S9).
 */
export function dexieReplicaStore(name: string, parts?: IndexedDbParts): ReplicaStore {
  const dexie = new Dexie(name, parts ?? {});
  dexie
    .version(REPLICA_SHAPE)
    // Tables of earlier shapes are gone with what they held.
    .stores({ heads: null, entries: null, ...recordKeys })
    // What an earlier version of this program stored cannot be read any more, and comes again.
    .upgrade((transaction) => Promise.all(names.map((each) => transaction.table(each).clear())));
  const tables: ReplicaTables = {
    state: tableOf(dexie, 'state'),
    tickets: tableOf(dexie, 'tickets'),
  };
  return {
    write: async (step) => {
      failpoint('replica.before-transaction');
      const result = await dexie.transaction('rw', names, async () => {
        const written = await step(tables);
        failpoint('replica.before-commit');
        return written;
      });
      failpoint('replica.after-commit');
      return result;
    },
    read: (step) => dexie.transaction('r', names, () => step(tables)),
    close: () => {
      dexie.close();
    },
  };
}

function tableOf<Name extends ReplicaTableName>(dexie: Dexie, name: Name): ReplicaTable<Name> {
  const table = dexie.table<ReplicaRecords[Name], ReplicaKeys[Name]>(name);
  return {
    get: async (keys) => table.bulkGet([...keys]),
    all: async () => table.toArray(),
    put: async (records) => {
      await table.bulkPut(records);
    },
    remove: async (keys) => table.bulkDelete([...keys]),
    clear: async () => table.clear(),
  };
}
