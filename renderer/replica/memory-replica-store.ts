import type {
  ReplicaKeys,
  ReplicaRecords,
  ReplicaStore,
  ReplicaTable,
  ReplicaTableName,
  ReplicaTables,
} from './replica-store.ts';

type Records<Name extends ReplicaTableName> = ReadonlyMap<ReplicaKeys[Name], ReplicaRecords[Name]>;
type Contents = { [Name in ReplicaTableName]: Records<Name> };

/** What outlives a store: the next one opened on it finds what was committed. */
export type ReplicaMemory = {
  contents: Contents;
  /** The last transaction that was begun: the next one waits for it. */
  last: Promise<unknown>;
};

export function emptyReplicaMemory(): ReplicaMemory {
  return { contents: { state: new Map(), tickets: new Map() }, last: Promise.resolve() };
}

/**
 * A replica's store in memory. Transactions run one after the other; one is whole or absent, as on a disk:
 * `commit` is called right before its effect, and where it throws there is none.
 */
export function memoryReplicaStore(
  memory: ReplicaMemory,
  commit: () => void = () => undefined,
): ReplicaStore {
  let isOpen = true;

  function inTurn<T>(run: () => Promise<T>): Promise<T> {
    const turn = memory.last.then(() => {
      if (!isOpen) throw new Error('the store is closed');
      return run();
    });
    memory.last = turn.catch(() => undefined);
    return turn;
  }

  return {
    write: (step) =>
      inTurn(async () => {
        const staged: Contents = { ...memory.contents };
        const result = await step(tablesOf(staged));
        commit();
        memory.contents = staged;
        return result;
      }),
    read: (step) => inTurn(() => step(tablesOf({ ...memory.contents }))),
    close: () => {
      isOpen = false;
    },
  };
}

function tablesOf(contents: Contents): ReplicaTables {
  return {
    state: tableOf(contents, 'state', ({ key }) => key),
    tickets: tableOf(contents, 'tickets', ({ id }) => id),
  };
}

/** A table over `contents`, which is changed by putting another map into it. Records are copied in and out. */
function tableOf<Name extends ReplicaTableName>(
  contents: { [Each in Name]: Records<Each> },
  name: Name,
  keyOf: (record: ReplicaRecords[Name]) => ReplicaKeys[Name],
): ReplicaTable<Name> {
  const change = (step: (map: Map<ReplicaKeys[Name], ReplicaRecords[Name]>) => void) => {
    const map = new Map(contents[name]);
    step(map);
    contents[name] = map;
    return Promise.resolve();
  };
  return {
    get: (keys) => Promise.resolve(keys.map((key) => structuredClone(contents[name].get(key)))),
    all: () =>
      Promise.resolve(
        [...contents[name]]
          .toSorted(([a], [b]) => (a < b ? -1 : 1))
          .map(([, record]) => structuredClone(record)),
      ),
    put: async (records) => {
      const copies = structuredClone(records);
      await change((map) => {
        for (const record of copies) map.set(keyOf(record), record);
      });
    },
    remove: (keys) =>
      change((map) => {
        for (const key of keys) map.delete(key);
      }),
    clear: () =>
      change((map) => {
        map.clear();
      }),
  };
}
