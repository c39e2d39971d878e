import { createParser } from 'eventsource-parser';
import { POKE_SILENCE_MS, pokeSchema } from '../../shared/protocol/poke.ts';
import { presenceNewsSchema } from '../../shared/protocol/presence.ts';
import type { PresenceNews } from '../../shared/protocol/presence.ts';

/** Who is told what a poke stream says. */
export type Heard = {
  /** The desk's newest version. */
  poked: (version: number) => void;
  /** Who is where (S18). */
  presence?: (news: PresenceNews) => void;
};

/** Listens to a poke stream until it ends, fails or has been silent for 45 s (S6). */
export async function readPokes(
  stream: ReadableStream<Uint8Array>,
  { poked, presence }: Heard,
  silenceMs = POKE_SILENCE_MS,
): Promise<void> {
  const parser = createParser({
    onEvent: ({ event, data }) => {
      if (event === 'poke') {
        const poke = pokeSchema.safeParse(jsonOf(data));
        if (poke.success) poked(poke.data.version);
      } else if (event === 'presence') {
        const news = presenceNewsSchema.safeParse(jsonOf(data));
        if (news.success) presence?.(news.data);
      }
    },
  });
  const decoder = new TextDecoder();
  const reader = stream.getReader();
  // Cancelling ends the read that waits.
  const giveUp = (): void => {
    reader.cancel().catch(() => undefined);
  };
  let silence = setTimeout(giveUp, silenceMs);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      clearTimeout(silence);
      silence = setTimeout(giveUp, silenceMs);
      parser.feed(decoder.decode(value, { stream: true }));
    }
  } catch {
    // A stream that breaks off has ended.
  } finally {
    clearTimeout(silence);
  }
}

function jsonOf(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
