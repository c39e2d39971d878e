import { createParser } from 'eventsource-parser';
import { POKE_SILENCE_MS, pokeSchema } from '../../shared/protocol/poke.ts';

/** Who is told what a poke stream says. */
export type Heard = {
  /** The desk's newest version. */
  poked: (version: number) => void;
};

/** Listens to a poke stream until it ends, fails or has been silent for 45 s (S6). */
export async function readPokes(
  stream: ReadableStream<Uint8Array>,
  { poked }: Heard,
  silenceMs = POKE_SILENCE_MS,
): Promise<void> {
  const parser = createParser({
    onEvent: ({ event, data }) => {
      if (event !== 'poke') return;
      const version = pokedVersion(data);
      if (version !== null) poked(version);
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

function pokedVersion(data: string): number | null {
  try {
    const parsed = pokeSchema.safeParse(JSON.parse(data));
    return parsed.success ? parsed.data.version : null;
  } catch {
    return null;
  }
}
