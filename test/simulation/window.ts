import { shownCommands } from '../../main/journal/pending.ts';
import type { ReplicaPort } from '../../main/sync/replica-feed.ts';
import type { ToMain, ToWorker } from '../../shared/bridge/replica-port.ts';
import { channel } from './channel.ts';
import type { RunningMain } from './running-main.ts';
import type { Machine } from './machine.ts';
import { page } from './page.ts';
import type { Page } from './page.ts';
import { startProcess } from './process.ts';
import type { Process } from './process.ts';

/** The window's process: page and replica worker. */
export type RunningWindow = { process: Process; page: Page };

/** Opens it as renderer/store/connect-console.ts does: first rows, commands, then the replica and its port. */
export function openWindow(
  machine: Machine,
  main: RunningMain,
  name: string,
  shown: (window: RunningWindow) => void,
): RunningWindow {
  const { scheduler, note, random } = machine;
  const process = startProcess(name, { scheduler, note });
  const opened: RunningWindow = {
    process,
    page: page(
      () => {
        shown(opened);
      },
      () => {
        void main.watch.firstRows().then((rows) => {
          toPage(() => {
            opened.page.takeRows(rows);
          });
        });
      },
    ),
  };
  process.ended(() => {
    main.listener = null;
  });
  // One line between the two: what is said first arrives first.
  const toPage = channel<() => void>(main.process, process, random, (take) => {
    take();
  });
  void main.watch.firstRows().then((rows) => {
    if (!process.isAlive()) return;
    const commands = shownCommands(main.journal.state);
    toPage(() => {
      opened.page.takeFirst(rows, commands);
      connectReplica(machine, main, opened);
    });
    main.listener = {
      commands: (changed) => {
        toPage(() => {
          opened.page.takeCommands(changed);
        });
      },
      rows: (given) => {
        toPage(() => {
          opened.page.takeRows(given);
        });
      },
    };
  });
  return opened;
}

function connectReplica(machine: Machine, main: RunningMain, window: RunningWindow): void {
  const { random } = machine;
  const { process } = window;
  let heard: ((message: unknown) => void) | null = null;
  let isOpen = true;
  const toMain = channel<ToMain>(process, main.process, random, (message) => {
    if (isOpen) heard?.(message);
  });
  const worker = machine.replica.start({
    process,
    toMain,
    // Within the window: nothing that goes by way of main is sooner.
    toPage: channel(process, process, random, window.page.takeReplica, 0),
  });
  const port: ReplicaPort = {
    post: channel<ToWorker>(main.process, process, random, worker),
    listen: (listener) => {
      heard = listener;
    },
    close: () => {
      isOpen = false;
    },
  };
  main.sync.feed.connect(port);
}
