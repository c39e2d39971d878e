import { z } from 'zod';
import type { Timers } from '../../../shared/base/timers.ts';
import { newsSchema } from '../news.ts';
import type { News } from '../news.ts';

/** How often a process asks whether its line still brings it everything (S6). */
export const BEAT_MS = 3_000;
/** How long it goes by what it heard after a heartbeat that came back. */
export const TRUST_MS = 10_000;
const FIRST_RETRY_MS = 100;
const LAST_RETRY_MS = 5_000;

/** A connection on which this process hears everything that any process, itself included, sends on one. */
export type Line = { send: (payload: string) => Promise<void>; end: () => Promise<void> };

export type LineEvents = { heard: (payload: string) => void; lost: () => void };

export type ListeningParts = {
  open: (events: LineEvents) => Promise<Line>;
  /** Reads what the database holds now, and tells it as news: the line was not there, or does not know its past. */
  lookAgain: () => Promise<void>;
  tell: (news: News) => void;
  /** Tells this process's heartbeats from others'. */
  processId: string;
  /** A clock that nobody sets, ms. */
  steadyMs: () => number;
  timers: Timers;
  log: (line: string) => void;
};

export type Listening = {
  /** May this process go by what it heard (S6)? */
  isCurrent: () => boolean;
  /** Sends news over the line, where there is one. It comes back to all but this process. */
  tellOthers: (news: News) => void;
  close: () => Promise<void>;
};

const payloadSchema = z.union([
  z.object({ kind: z.literal('beat'), from: z.string(), sentAt: z.number() }),
  z.object({ kind: z.literal('to-others'), from: z.string(), news: newsSchema }),
  newsSchema,
]);
type Payload = z.infer<typeof payloadSchema>;

/**
 * Keeps a line open and passes on the news that comes over it (S6). What is known counts as current only from a
 * heartbeat of this process that came back, and for 10 s: news arrives in the order of commits, so whatever was
 * committed before the heartbeat was sent has been heard by then. A new line is not believed before the database
 * was read.
 */
export function listenForNews(parts: ListeningParts): Listening {
  const { steadyMs, timers } = parts;
  let isStopped = false;
  let currentUntil = -Infinity;
  let wake = (): void => undefined;
  let retryMs = FIRST_RETRY_MS;
  let send: Line['send'] | null = null;

  const wait = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const clear = timers.after(ms, resolve);
      wake = () => {
        clear();
        resolve();
      };
    });

  const takeBeat = (sentAt: number): void => {
    currentUntil = sentAt + TRUST_MS;
    retryMs = FIRST_RETRY_MS;
  };

  /** Serves one line until it is lost, silent or no longer wanted. */
  async function serveLine(): Promise<void> {
    let isLost = false;
    const lose = (): void => {
      isLost = true;
      send = null;
      currentUntil = -Infinity;
      wake();
    };
    const line = await parts.open({
      heard: (text) => {
        const payload = parse(text);
        if (payload === null) {
          // What an older or newer desk says and this one does not understand is at least a reason to look.
          parts.tell({ kind: 'gap' });
          void parts.lookAgain().catch(lose);
        } else if (payload.kind === 'beat') {
          if (payload.from === parts.processId && !isLost) takeBeat(payload.sentAt);
        } else if (payload.kind === 'to-others') {
          if (payload.from !== parts.processId) parts.tell(payload.news);
        } else {
          parts.tell(payload);
        }
      },
      lost: lose,
    });
    try {
      send = line.send;
      parts.tell({ kind: 'gap' });
      await parts.lookAgain();
      const openedAt = steadyMs();
      while (!isLost && !isStopped) {
        const sentAt = steadyMs();
        if (sentAt > Math.max(currentUntil, openedAt + TRUST_MS)) throw new Error('silent');
        // Not waited for: a line that is dead without knowing it answers never.
        line.send(say({ kind: 'beat', from: parts.processId, sentAt })).catch(lose);
        await wait(BEAT_MS);
      }
    } finally {
      lose();
      await line.end();
    }
  }

  async function run(): Promise<void> {
    while (!isStopped) {
      try {
        await serveLine();
      } catch (error) {
        parts.log(`database: no news (${error instanceof Error ? error.message : 'lost'})`);
      }
      if (isStopped) return;
      await wait(retryMs);
      retryMs = Math.min(2 * retryMs, LAST_RETRY_MS);
    }
  }

  const running = run();
  return {
    isCurrent: () => steadyMs() <= currentUntil,
    tellOthers: (news) => {
      send?.(say({ kind: 'to-others', from: parts.processId, news })).catch(() => undefined);
    },
    close: async () => {
      isStopped = true;
      wake();
      await running;
    },
  };
}

/** News as it is sent to the other processes. */
export function say(payload: Payload): string {
  return JSON.stringify(payload);
}

function parse(text: string): Payload | null {
  try {
    return payloadSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
