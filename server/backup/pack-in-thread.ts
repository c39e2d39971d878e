import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { err, ok } from '../../shared/base/result.ts';
import type { Result } from '../../shared/base/result.ts';
import type { BackupJob } from './make-backup-file.ts';

/** Packs and verifies beside the desk's own work. What is cancelled ends with an error. */
export type Pack = (job: BackupJob) => {
  done: Promise<Result<void, string>>;
  cancel: () => void;
};

const answerSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), error: z.string() }),
]);

/** `script`: where the worker's entry lies, as source or built. */
export function packInThread(script: string): Pack {
  return (job) => {
    const worker = new Worker(script, { workerData: job });
    const done = new Promise<Result<void, string>>((resolve) => {
      worker.once('message', (message: unknown) => {
        const answer = answerSchema.safeParse(message).data;
        if (answer?.ok === true) resolve(ok(undefined));
        else resolve(err(answer?.error ?? 'the worker said something else'));
      });
      worker.once('error', (error) =>
        resolve(err(error instanceof Error ? error.message : 'the worker failed')),
      );
      worker.once('exit', () => resolve(err('the worker was ended')));
    });
    return { done, cancel: () => void worker.terminate() };
  };
}
