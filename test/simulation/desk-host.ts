import { createApp } from '../../server/app.ts';
import { startDesk } from '../../server/desk.ts';
import type { Desk } from '../../server/desk.ts';
import { settleDue } from '../../server/sync/settle-due.ts';
import type { Surroundings } from '../../server/surroundings.ts';
import type { DeskData } from './desk-data.ts';
import type { Served } from './network.ts';
import type { Prng } from './prng.ts';
import { startProcess } from './process.ts';
import type { Process } from './process.ts';
import type { Scheduler } from './scheduler.ts';

/** The desk's machine: processes of the real desk that come and go on its database. */
export type DeskHost = {
  /** The desk that runs; null while none does. */
  running: () => RunningDesk | null;
  start: () => void;
  /** Its data is being put back: nothing can start. */
  hold: (isHeld: boolean) => void;
  /** Sets the machine's clock. */
  setClock: (byMs: number) => void;
  nowMs: () => number;
};

export type RunningDesk = {
  process: Process;
  desk: Desk;
  serve: (request: Request) => Promise<Served>;
};

export type DeskHostParts = {
  scheduler: Scheduler;
  random: Prng;
  note: (line: string) => void;
  data: DeskData;
  /** The body of each push that arrives. */
  heard: (push: string) => void;
};

const SETTLE_EVERY_MS = 15_000;

export function deskHost({ scheduler, random, note, data, heard }: DeskHostParts): DeskHost {
  let clockMs = 0;
  let starts = 0;
  let running: RunningDesk | null = null;
  let isStarting = false;
  let isHeld = false;

  const nowMs = (): number => scheduler.nowMs() + clockMs;
  const hex = (): string => random.bits().toString(16).padStart(8, '0');

  const begin = async (process: Process): Promise<void> => {
    const around: Surroundings = {
      nowMs,
      newMark: () => hex() + hex(),
      newId: () => `id-${hex()}${hex()}`,
      timers: process.timers,
      log: (line) => {
        note(`${process.name}: ${line}`);
      },
    };
    const desk = await startDesk(data.open(process), around);
    const app = createApp(desk, { publicHosts: null, closing: new AbortController().signal });
    const serve = async (request: Request): Promise<Served> => {
      if (request.url.endsWith('/v1/push')) heard(await request.clone().text());
      const answer = await app.fetch(request);
      return { status: answer.status, bytes: new Uint8Array(await answer.arrayBuffer()) };
    };
    if (!process.isAlive()) return;
    isStarting = false;
    running = { process, desk, serve };
    every(process, SETTLE_EVERY_MS, () => settleDue(desk));
  };

  return {
    running: () => running,
    nowMs,
    hold: (next) => {
      isHeld = next;
    },
    setClock: (byMs) => {
      clockMs += byMs;
    },
    start: () => {
      if (running !== null || isStarting || isHeld) return;
      isStarting = true;
      starts += 1;
      const process = startProcess(`desk.${starts}`, { scheduler, note });
      process.ended(() => {
        running = null;
        isStarting = false;
      });
      void begin(process).catch((thrown: unknown) => {
        note(`desk does not start: ${String(thrown)}`);
        process.end('kill');
      });
    },
  };
}

/** As server/keep-going.ts does, by simulated time. */
function every(process: Process, everyMs: number, work: () => Promise<unknown>): void {
  const again = (): void => {
    process.timers.after(everyMs, () => {
      work().then(again, again);
    });
  };
  again();
}
