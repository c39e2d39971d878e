import { z } from 'zod';
import { versionSchema } from '../base/ids.ts';

/** GET /v1/poke, an SSE stream: event `poke` says that there is something to pull; `heartbeat` every 15 s (S6). */
export const pokeSchema = z.object({ version: versionSchema });
export type Poke = z.infer<typeof pokeSchema>;
export const POKE_HEARTBEAT_MS = 15_000;
/** A stream silent for this long is dead (S6). */
export const POKE_SILENCE_MS = 45_000;
