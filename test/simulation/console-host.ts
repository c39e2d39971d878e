import { openJournalFile } from '../../main/journal/journal-file.ts';
import { openJournal } from '../../main/journal/journal.ts';
import { shownCommands } from '../../main/journal/pending.ts';
import type { JournalOwner } from '../../main/journal/records.ts';
import type { Log } from '../../main/log.ts';
import { deskClient } from '../../main/sync/desk-client.ts';
import { deskClock } from '../../main/sync/desk-clock.ts';
import { syncLoop } from '../../main/sync/loop.ts';
import { steadyClock } from '../../main/sync/steady-clock.ts';
import { openWatchTable } from '../../main/watch/watch-table.ts';
import { addressFor } from './fetch-seam.ts';
import type { Machine } from './machine.ts';
import type { RunningMain } from './running-main.ts';
import { openWindow } from './window.ts';
import type { RunningWindow } from './window.ts';
import { startProcess } from './process.ts';
import type { End, Process } from './process.ts';

/** A console on its machine: main's process and the window's, which come and go. */
export type ConsoleHost = {
  readonly machine: Machine;
  readonly owner: JournalOwner;
  main: () => RunningMain | null;
  window: () => RunningWindow | null;
  start: () => void;
  /** Opens the window again. */
  openWindow: () => void;
  /** The process that runs or is starting. */
  process: () => Process | null;
};

export type ConsoleParts = {
  machine: Machine;
  owner: JournalOwner;
  /** What the page shows may be another thing now. */
  shown: (window: RunningWindow) => void;
  ended: (end: End) => void;
};

/** How soon a console that ended is started again, ms. */
const AGAIN_MS = [300, 6_000] as const;
/** Main tells no more often. */
const TELL_MS = 1;

export function consoleHost({ machine, owner, shown, ended }: ConsoleParts): ConsoleHost {
  const { scheduler, note, random } = machine;
  let process: Process | null = null;
  let main: RunningMain | null = null;
  let window: RunningWindow | null = null;
  let starts = 0;
  let windows = 0;

  const show = (): void => {
    if (main === null || window !== null) return;
    windows += 1;
    const opened = openWindow(machine, main, `${owner.consoleId}.w${windows}`, shown);
    opened.process.ended(() => {
      if (window === opened) window = null;
    });
    window = opened;
  };

  const start = (): void => {
    if (process !== null) return;
    starts += 1;
    const started = startProcess(`${owner.consoleId}.${starts}`, { scheduler, note });
    process = started;
    machine.running(started);
    started.ended((end) => {
      main = null;
      process = null;
      window?.process.end(end);
      ended(end);
      scheduler.after(random.int(...AGAIN_MS), start);
    });
    startMain(machine, owner, started).then(
      (running) => {
        main = running;
        show();
      },
      (thrown: unknown) => {
        note(`${started.name} does not start: ${String(thrown)}`);
        started.end('kill');
      },
    );
  };

  return {
    machine,
    owner,
    main: () => main,
    window: () => window,
    process: () => process,
    start,
    openWindow: show,
  };
}

/** As main/index.ts and open-profile.ts put the parts together. */
async function startMain(
  machine: Machine,
  owner: JournalOwner,
  process: Process,
): Promise<RunningMain> {
  const log = logOf(machine, owner);
  const monotonicMs = (): number => machine.scheduler.nowMs() - machine.bootedAtMs;
  const steady = steadyClock(monotonicMs, monotonicMs);
  const wall = { nowMs: machine.nowMs };
  const clock = deskClock(wall, steady);
  const journal = await openJournal(owner, {
    file: openJournalFile('journal', machine.disk.calls(process)),
    time: clock,
    steadyMs: clock.steadyMs,
    newCommandId: machine.newCommandId,
    isExpected: machine.disk.names().includes('journal'),
  });
  if (!journal.ok) throw new Error(`the journal: ${journal.error.message}`);
  for (const line of journal.value.damage) machine.damaged(line);
  const watch = await openWatchTable(machine.watch.open(process), clock, wall, log);
  clock.restore(watch.meta());
  machine.connects(process);
  const client = deskClient(
    () => ({ url: addressFor(process), token: machine.token }),
    () => steady().ms,
  );
  let isTelling = false;
  const running: RunningMain = {
    process,
    journal: journal.value,
    watch,
    listener: null,
    tellCommands: () => {
      if (isTelling) return;
      isTelling = true;
      process.timers.after(TELL_MS, () => {
        isTelling = false;
        running.listener?.commands(shownCommands(running.journal.state));
      });
    },
    sync: syncLoop({
      client: { ...client, listen: machine.listen(process) },
      journal: journal.value,
      watch,
      clock,
      random: machine.random.next,
      timers: process.timers,
      log,
      told: {
        status: () => undefined,
        commands: () => {
          running.tellCommands();
        },
        page: () => undefined,
        fetched: ({ isFirst }) => {
          if (isFirst)
            void watch.firstRows().then((rows) => {
              running.listener?.rows(rows);
            });
        },
        dropped: () => undefined,
        info: () => undefined,
      },
    }),
  };
  running.sync.start();
  return running;
}

function logOf({ note }: Machine, { consoleId }: JournalOwner): Log {
  return {
    info: () => undefined,
    warn: (line) => {
      note(`${consoleId} warns: ${line}`);
    },
    error: (line) => {
      note(`${consoleId} error: ${line}`);
    },
  };
}
