import { parentPort, workerData } from 'node:worker_threads';
import { err } from '../../shared/base/result.ts';
import { backupJobSchema, makeBackupFile } from './make-backup-file.ts';

/** Entry of the thread that packs and verifies a backup, so that the desk goes on serving meanwhile. */

const job = backupJobSchema.parse(workerData);
try {
  parentPort?.postMessage(await makeBackupFile(job));
} catch (error) {
  parentPort?.postMessage(err(error instanceof Error ? error.message : 'unknown'));
}
