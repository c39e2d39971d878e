import { Dexie } from 'dexie';
import type { DexieOptions, Transaction } from 'dexie';
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
/** Tables of earlier shapes; they go with what they held. */
const formerNames = { heads: null, entries: null, tickets: null };

/**
 * The replica's store in IndexedDB: a rebuildable cache, nothing lives only here (S12, S13). Name it by the console
 * id: another agent on the machine has another profile, so another console (S9).
 */
export function dexieReplicaStore(name: string, parts?: IndexedDbParts): ReplicaStore {
  // Main forgets commands by what the replica says is stored: it is on the disk by then (S4).
  const dexie = new Dexie(name, { ...parts, chromeTransactionDurability: 'strict' });
  dexie
    .version(REPLICA_SHAPE)
    .stores({ ...formerNames, ...recordKeys })
    // What an earlier version of this program stored cannot be read any more, and comes again.
    .upgrade((transaction) => Promise.all(names.map((each) => transaction.table(each).clear())));
  return {
    write: (step) => dexie.transaction('rw', names, (transaction) => step(tablesOf(transaction))),
    read: (step) => dexie.transaction('r', names, (transaction) => step(tablesOf(transaction))),
    drop: async () => {
      await dexie.delete({ disableAutoOpen: true });
    },
    close: () => {
      dexie.close();
    },
  };
}

/** The tables of this transaction by name: Dexie loses track of a transaction that is only implied over many awaits. */
function tablesOf(transaction: Transaction): ReplicaTables {
  return {
    state: tableOf(transaction, 'state'),
    chunks: tableOf(transaction, 'chunks'),
    blocks: tableOf(transaction, 'blocks'),
    fresh: tableOf(transaction, 'fresh'),
    wanted: tableOf(transaction, 'wanted'),
  };
}

function tableOf<Name extends ReplicaTableName>(
  transaction: Transaction,
  name: Name,
): ReplicaTable<Name> {
  const table = transaction.table<ReplicaRecords[Name], ReplicaKeys[Name]>(name);
  return {
    get: async (keys) => table.bulkGet([...keys]),
    all: async () => table.toArray(),
    keys: async () => table.toCollection().primaryKeys(),
    put: async (records) => {
      await table.bulkPut(records);
    },
    remove: async (keys) => table.bulkDelete([...keys]),
    clear: async () => table.clear(),
  };
}
