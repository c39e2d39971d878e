const UNSOUND = 'UnsoundReplica';
const OTHER_WRITER = 'OtherReplicaWriter';

/** The stored replica is not what was written: it is dropped and fetched anew (S12). */
export function unsound(what: string): Error {
  return named(UNSOUND, what);
}

/** Another worker has written since this one looked, such as that of the page before this one. */
export function otherWriter(): Error {
  return named(OTHER_WRITER, 'another worker wrote to the replica');
}

export function isUnsound(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.name === UNSOUND;
}

export function isOtherWriter(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.name === OTHER_WRITER;
}

function named(name: string, message: string): Error {
  const error = new Error(message);
  error.name = name;
  return error;
}
