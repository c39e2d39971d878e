import { err, ok } from '../../shared/base/result.ts';
import type { Result } from '../../shared/base/result.ts';
import type { BridgeError } from '../../shared/bridge/bridge-error.ts';
import type { DeskClient } from '../sync/desk-client.ts';
import type { BlobFileFault, BlobFiles, BlobName } from './blob-files.ts';

export type FetchBlob = (name: BlobName) => Promise<Result<Uint8Array<ArrayBuffer>, BridgeError>>;

/**
 * A file's bytes, from here or from the desk, verified by hash (S16). What came from the desk is kept, as far as there
 * is room. Two who ask for the same file at once wait for one download.
 */
export function fetchBlob({
  files,
  client,
  isOffline,
  kept,
  stopped,
}: {
  files: BlobFiles;
  client: Pick<DeskClient, 'getBlob'>;
  /** The agent works offline: the desk is not asked. */
  isOffline: () => boolean;
  /** A file more is here. */
  kept: () => Promise<void>;
  stopped: AbortSignal;
}): FetchBlob {
  const underWay = new Map<string, ReturnType<FetchBlob>>();

  const download = async (name: BlobName): ReturnType<FetchBlob> => {
    const incoming = files.begin();
    const got = await client.getBlob<BlobFileFault>(name.hash, stopped, (bytes) =>
      incoming.add(bytes),
    );
    if (got?.ok !== true) {
      await incoming.cancel();
      if (got === null)
        return err({ code: 'no-file', message: 'The desk does not have this file for you.' });
      const isAway = ['unreachable', 'no-address'].includes(got.error.kind);
      return isAway ? notHere('The desk does not answer.') : notFetched(got.error.message);
    }
    const whole = await incoming.finish(name);
    if (!whole.ok) return notFetched(whole.error.message);
    const bytes = await files.readWhole(name);
    await kept();
    return bytes === null ? notFetched('The disk did not keep it.') : ok(bytes);
  };

  return async (name) => {
    const bytes = await files.readWhole(name);
    if (bytes !== null) return ok(bytes);
    if (isOffline()) return notHere('You work offline.');
    const key = `${name.hash} ${name.size}`;
    const found = underWay.get(key);
    if (found !== undefined) return found;
    const downloading = download(name).finally(() => underWay.delete(key));
    underWay.set(key, downloading);
    return downloading;
  };
}

function notHere(why: string): Result<never, BridgeError> {
  return err({ code: 'no-desk', message: `This file is not here while offline. ${why}` });
}

function notFetched(message: string): Result<never, BridgeError> {
  return err({
    code: 'no-file',
    message: `The file could not be fetched. ${message}`.slice(0, 500),
  });
}
