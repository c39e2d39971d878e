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
  return { contents: noContents(), last: Promise.resolve() };
}

function noContents(): Contents {
  return {
    state: new Map(),
    chunks: new Map(),
    blocks: new Map(),
    fresh: new Map(),
    wanted: new Map(),
  };
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
    drop: () =>
      inTurn(() => {
        memory.contents = noContents();
        isOpen = false;
        return Promise.resolve();
      }),
    close: () => {
      isOpen = false;
    },
  };
}

function tablesOf(contents: Contents): ReplicaTables {
  return {
    state: tableOf(contents, 'state', ({ key }) => key),
    chunks: tableOf(contents, 'chunks', ({ n }) => n),
    blocks: tableOf(contents, 'blocks', ({ n }) => n),
    fresh: tableOf(contents, 'fresh', ({ id }) => id),
    wanted: tableOf(contents, 'wanted', ({ n }) => n),
  };
}

/** A table over `contents`, which is changed by putting another map into it. Records are copied in and out. */
function tableOf<Name extends ReplicaTableName>(
  contents: { [Each in Name]: Records<Each> },
  name: Name,
  keyOf: (record: ReplicaRecords[Name]) => ReplicaKeys[Name],
): ReplicaTable<Name> {
  const keys = (): ReplicaKeys[Name][] =>
    [...contents[name].keys()].toSorted((a, b) => (a < b ? -1 : 1));
  const change = (step: (map: Map<ReplicaKeys[Name], ReplicaRecords[Name]>) => void) => {
    const map = new Map(contents[name]);
    step(map);
    contents[name] = map;
    return Promise.resolve();
  };
  const get = (key: ReplicaKeys[Name]): ReplicaRecords[Name] | undefined =>
    structuredClone(contents[name].get(key));
  return {
    get: (wanted) => Promise.resolve(wanted.map(get)),
    all: () => Promise.resolve(keys().flatMap((key) => get(key) ?? [])),
    keys: () => Promise.resolve(keys()),
    put: async (records) => {
      const copies = structuredClone(records);
      await change((map) => {
        for (const record of copies) map.set(keyOf(record), record);
      });
    },
    remove: (removed) =>
      change((map) => {
        for (const key of removed) map.delete(key);
      }),
    clear: () =>
      change((map) => {
        map.clear();
      }),
  };
}
