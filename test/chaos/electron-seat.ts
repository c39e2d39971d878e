import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { testExecutable } from '../../build/pack.ts';
import { readJournal } from '../../main/journal/read-journal.ts';
import { readProfile } from '../../main/profile/profile-file.ts';
import type { PreloadApi } from '../../shared/bridge/preload-api.ts';
import type { Command, CommandDraft } from '../../shared/tickets/command.ts';
import { consoleArgs, launchConsole } from '../e2e/harness/launch.ts';
import type { RunningConsole } from '../e2e/harness/launch.ts';
import type { JournalLine } from './console-messages.ts';

/** A console in real Electron. What it is asked is answered null where it dies first. */
export type ElectronConsole = {
  readonly running: RunningConsole;
  /** Over the bridge, as the page does it: the answer is the promise. */
  submit: (drafts: readonly CommandDraft[]) => Promise<{ saved: Command[] } | null>;
  isDead: () => boolean;
  /** From the start of the process until its queue was painted with rows, ms. */
  shownMs: () => number;
};

export type ElectronPlace = {
  readonly userDataDir: string;
  readonly env: Readonly<Record<string, string>>;
};

/** Starts the packed console, armed where a failpoint is named, and waits for its rows. Null where it died first. */
export async function startElectron(
  place: ElectronPlace,
  failpoint?: string,
): Promise<ElectronConsole | null> {
  const armed = failpoint === undefined ? {} : { AGENT_CONSOLE_FAILPOINT: failpoint };
  let running: RunningConsole;
  try {
    running = await launchConsole({
      userDataDir: place.userDataDir,
      env: { ...place.env, ...armed, AGENT_CONSOLE_TIMING: '1' },
    });
  } catch (thrown) {
    if (failpoint === undefined) throw thrown;
    return null;
  }
  let dead = false;
  running.app.once('close', () => {
    dead = true;
  });
  const alive = async <T>(work: Promise<T>): Promise<T | null> => {
    try {
      return await work;
    } catch (thrown) {
      // Playwright says so before its process is known to be gone.
      if (!dead && !String(thrown).includes('closed')) throw thrown;
      return null;
    }
  };
  const row = await alive(running.page.getByRole('option').first().waitFor({ timeout: 30_000 }));
  if (row === null) {
    await running.kill();
    return null;
  }
  return {
    running,
    submit: (drafts) =>
      alive(
        running.page.evaluate(
          async (given) => {
            const { agentConsole } = globalThis as unknown as { agentConsole: PreloadApi };
            const answer = await agentConsole.call('commands.submit', { drafts: given });
            if (!answer.ok) throw new Error(answer.error.message);
            return { saved: answer.value.commands };
          },
          [...drafts],
        ),
      ),
    isDead: () => dead,
    shownMs: () => Number(/console shown (\d+)/.exec(running.output())?.[1] ?? Number.NaN),
  };
}

/** Starts a console that is to die before it has a window. How it ended. */
export async function dieAtStart(
  place: ElectronPlace,
  failpoint: string,
): Promise<NodeJS.Signals | null> {
  const child = spawn(testExecutable, consoleArgs(place.userDataDir), {
    stdio: 'ignore',
    env: { ...process.env, ...place.env, AGENT_CONSOLE_FAILPOINT: failpoint },
  });
  await once(child, 'exit');
  return child.signalCode;
}

/** The journals on a console's disk, as their own reader reads them. */
export async function journalsOf(userDataDir: string): Promise<JournalLine[][]> {
  const profiles = join(userDataDir, 'profiles');
  const journals: JournalLine[][] = [];
  for (const name of await readdir(profiles)) {
    const owner = await readProfile(profiles, name);
    if (owner === null) throw new Error(`${name} has no owner`);
    const read = readJournal(await readFile(join(profiles, name, 'journal')), owner);
    if (!read.ok) throw new Error(read.error.message);
    journals.push(
      [...read.value.state.commands.values()].map(({ command, outcome }) => ({
        id: command.id,
        consoleId: command.consoleId,
        ticketId: command.ticketId,
        seq: command.seq,
        outcome: outcome?.kind ?? null,
      })),
    );
  }
  return journals;
}
