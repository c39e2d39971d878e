import type { BackupFacts } from './facts.ts';

/** How a copy of everything is taken of a database that is at work (S5). */
export type CopySource = {
  /** The data directory. */
  readonly directory: string;
  /** Copies the database to a folder and says what is in the copy. */
  copyTo: (folder: string, madeAt: number) => Promise<BackupFacts>;
};
