import type { DeskClient } from '../../main/sync/desk-client.ts';
import type { Disk } from './disk.ts';
import { simulatedDisk } from './disk.ts';
import type { Link } from './network.ts';
import type { Prng } from './prng.ts';
import type { End, Process } from './process.ts';
import { replicaDisk } from './replica-worker.ts';
import type { ReplicaDisk } from './replica-worker.ts';
import type { Scheduler } from './scheduler.ts';
import { watchDisk } from './watch-disk.ts';
import type { WatchDisk } from './watch-disk.ts';

/** What stays of a console when its processes end: its disk, its clock, its way to the desk. */
export type Machine = {
  readonly scheduler: Scheduler;
  readonly random: Prng;
  readonly note: (line: string) => void;
  readonly disk: Disk;
  readonly watch: WatchDisk;
  readonly replica: ReplicaDisk;
  readonly link: Link;
  readonly bootedAtMs: number;
  /** The machine's own clock. */
  nowMs: () => number;
  setClock: (byMs: number) => void;
  newCommandId: () => string;
  token: string;
  listen: (process: Process) => DeskClient['listen'];
  /** A process of it runs: when it ends, the disk keeps what it keeps. */
  running: (process: Process) => void;
  /** Requests of this process go over its link. */
  connects: (process: Process) => void;
  damaged: (line: string) => void;
  damages: readonly string[];
  /** Somebody, or the system, throws a cache away. */
  lose: (cache: 'watch' | 'replica') => void;
};

export type MachineParts = {
  scheduler: Scheduler;
  random: Prng;
  note: (line: string) => void;
  link: Link;
  token: string;
  pokes: (push: (version: number) => void, ended: () => void, token: string) => () => void;
  connects: (process: Process) => void;
  /** A cache was thrown away. */
  lost: () => void;
  /** Something durable changed. */
  written: () => void;
};

export function machine(parts: MachineParts): Machine {
  const { scheduler, random, note, link, written } = parts;
  let clockMs = random.int(-5_000, 5_000);
  let made = 0;
  const tail = random.fork('ids').bits().toString(16).padStart(8, '0');
  const disk = simulatedDisk(scheduler.nowMs, random.fork('disk'));
  const watch = watchDisk(scheduler.nowMs, random.fork('watch'), disk.faults, written);
  const replica = replicaDisk(scheduler.nowMs, random.fork('replica'), disk.faults, written);
  const damages: string[] = [];
  const self: Machine = {
    scheduler,
    random,
    note,
    disk,
    watch,
    replica,
    link,
    bootedAtMs: scheduler.nowMs(),
    damages,
    nowMs: () => scheduler.nowMs() + clockMs,
    setClock: (byMs) => {
      clockMs += byMs;
    },
    newCommandId: () => {
      made += 1;
      return `019a0000-0000-7000-8000-${tail.slice(0, 4)}${made.toString(16).padStart(8, '0')}`;
    },
    token: parts.token,
    listen:
      (process) =>
      async (signal, { poked }) => {
        await link.stream(
          process,
          signal,
          (push, ended) => parts.pokes(push, ended, self.token),
          poked,
        );
        return { ok: true, value: undefined };
      },
    running: (process) => {
      process.ended((end: End) => {
        disk.cut(end);
        watch.cut(end);
        replica.cut(end);
      });
    },
    connects: parts.connects,
    lose: (cache) => {
      (cache === 'watch' ? watch : replica).lose();
      parts.lost();
    },
    damaged: (line) => {
      damages.push(line);
    },
  };
  return self;
}
