import type { Later } from './backoff.ts';
import { compact, nextCompaction } from './compact.ts';
import type { Held } from './held.ts';
import { selfCheck } from './self-check.ts';
import { isOtherWriter, isUnsound } from './store-errors.ts';

/** The worker is at rest when nothing came for so long. */
const REST_MS = 500;
/** Between two slices, so that what arrives is served first. */
const SLICE_MS = 10;

export type Housekeeping = {
  /** Another replica is held, or none: it is checked and kept in order from here on. */
  begin: (held: Held | null) => void;
  /** Something came: what there is to do waits until the worker is at rest again. */
  stir: () => void;
};

/**
 * Checks the replica and compacts it (S12), a slice at a time while the worker is at rest. `run` puts a slice behind
 * what the worker has to do already.
 */
export function housekeeping(
  later: Later,
  run: (slice: () => Promise<void>) => void,
): Housekeeping {
  let held: Held | null = null;
  let check: (() => Promise<boolean>) | null = null;
  let stirred = 0;
  let isPlanned = false;
  let isGivenUp = false;

  function plan(ms: number): void {
    if (isPlanned) return;
    isPlanned = true;
    const before = stirred;
    later(() => {
      isPlanned = false;
      if (stirred !== before) plan(REST_MS);
      else run(slice);
    }, ms);
  }

  async function slice(): Promise<void> {
    if (held !== null && (await work(held))) plan(SLICE_MS);
  }

  /** Does a little; true where there is more to do. */
  async function work(on: Held): Promise<boolean> {
    if (check !== null) {
      if (!(await check())) check = null;
      return true;
    }
    // While tickets are being fetched, the next ones come sooner without.
    const step = isGivenUp || on.wanted.of.size > 0 ? null : nextCompaction(on);
    if (step === null) return false;
    try {
      await compact(on, step);
    } catch (thrown) {
      if (isUnsound(thrown) || isOtherWriter(thrown)) throw thrown;
      // Such as a full disk. It lies well enough: the next start tries it again.
      isGivenUp = true;
    }
    return !isGivenUp;
  }

  return {
    begin: (opened) => {
      held = opened;
      check = opened === null ? null : selfCheck(opened);
      if (opened !== null) plan(REST_MS);
    },
    stir: () => {
      stirred += 1;
      if (held !== null) plan(REST_MS);
    },
  };
}
