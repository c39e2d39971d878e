import { z } from 'zod';
import { idSchema, instantSchema, versionSchema } from '../../shared/base/ids.ts';
import { cursorSchema } from '../../shared/protocol/cursor.ts';
import { placementSchema } from '../presence/board.ts';
import type { Changes, Counter } from './rows.ts';

const counterSchema = z.object({
  deskId: idSchema,
  epoch: idSchema,
  epochVersion: versionSchema,
  version: versionSchema,
  mark: z.string(),
  acceptedAt: instantSchema,
  policyVersion: versionSchema,
  nextReference: z.int(),
  demo: z.boolean(),
  safe: cursorSchema.nullable(),
}) satisfies z.ZodType<Counter>;

/** What the desk processes on one database tell each other (S6). Small: a NOTIFY holds 8,000 bytes. */
export const newsSchema = z.discriminatedUnion('kind', [
  /** Something was committed: the desk's row as it is now. */
  z.object({ kind: z.literal('counter'), counter: counterSchema }),
  /** An agent's rights or tokens changed: what was known of them is known no more. */
  z.object({ kind: z.literal('agent'), id: idSchema }),
  /** A console of one desk process is somewhere: in no transaction, and stored nowhere (S18). */
  z.object({ kind: z.literal('presence'), placement: placementSchema }),
  /** News may have been missed. */
  z.object({ kind: z.literal('gap') }),
]);
export type News = z.infer<typeof newsSchema>;

/** What a transaction's news is. */
export function newsOf(parts: readonly Changes[]): News[] {
  const agents = new Set(parts.flatMap((part) => part.agents.map(({ agent }) => agent.id)));
  const last = parts.at(-1);
  return [
    ...[...agents].map((id): News => ({ kind: 'agent', id })),
    ...(last === undefined ? [] : [{ kind: 'counter', counter: last.counter } as const]),
  ];
}

/** Passes news on within one process. */
export type Newsroom = {
  tell: (news: News) => void;
  onNews: (listener: (news: News) => void) => () => void;
};

export function newsroom(): Newsroom {
  const listeners = new Set<(news: News) => void>();
  return {
    tell: (news) => {
      for (const listener of listeners) listener(news);
    },
    onNews: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Is the first the desk's row at a later time? All of it moves only under the counter's lock (S1). */
export function isLater(a: Counter, b: Counter): boolean {
  if (a.version !== b.version) return a.version > b.version;
  return (a.safe?.version ?? -1) > (b.safe?.version ?? -1);
}
