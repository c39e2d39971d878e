import type { Timers } from '../../shared/base/timers.ts';

/** Work that waits to be done together with others of its kind. */
type Waiting<In, Out> = {
  item: In;
  size: number;
  resolve: (result: Out) => void;
  reject: (error: unknown) => void;
};

export type GatherLimits = { maxSize: number; maxWaitMs: number };

/**
 * Gathers single pieces of work into batches (S2). While one batch runs the next one gathers; under load it waits
 * up to `maxWaitMs` for more, with nobody else about it does not wait. Order is kept.
 */
export function gather<In, Out>(
  run: (items: readonly In[]) => Promise<readonly Out[]>,
  limits: GatherLimits,
  timers: Timers,
): (item: In, size: number) => Promise<Out> {
  const queue: Waiting<In, Out>[] = [];
  let queuedSize = 0;
  let isRunning = false;
  let isBusy = false;
  let clearTimer: (() => void) | null = null;

  function takeBatch(): Waiting<In, Out>[] {
    let size = 0;
    let count = 0;
    for (const each of queue) {
      if (count > 0 && size + each.size > limits.maxSize) break;
      size += each.size;
      count += 1;
    }
    queuedSize -= size;
    return queue.splice(0, count);
  }

  async function runNext(): Promise<void> {
    const batch = takeBatch();
    isBusy = batch.length > 1;
    isRunning = true;
    try {
      const results = await run(batch.map((each) => each.item));
      for (const [index, each] of batch.entries()) each.resolve(results[index] as Out);
    } catch (error) {
      for (const each of batch) each.reject(error);
    } finally {
      isRunning = false;
      schedule();
    }
  }

  function schedule(): void {
    if (isRunning || queue.length === 0) return;
    const isFull = queuedSize >= limits.maxSize;
    if (clearTimer !== null) {
      if (!isFull) return;
      clearTimer();
    }
    clearTimer = timers.after(isBusy && !isFull ? limits.maxWaitMs : 0, () => {
      clearTimer = null;
      void runNext();
    });
  }

  return (item, size) =>
    new Promise<Out>((resolve, reject) => {
      queue.push({ item, size, resolve, reject });
      queuedSize += size;
      schedule();
    });
}
