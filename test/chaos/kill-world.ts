import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { FILE_HEADER_BYTES } from '../../main/journal/record-format.ts';
import { profileDirectory } from '../../main/profile/profile-file.ts';
import { isOpen } from '../../shared/tickets/fields.ts';
import type { CommandDraft } from '../../shared/tickets/command.ts';
import { anyWork } from './any-work.ts';
import { startChaosDesk } from './chaos-desk.ts';
import type { ChaosDesk, DeskPlace } from './chaos-desk.ts';
import type { ConsoleOrder } from './console-messages.ts';
import { startNodeConsole } from './node-console.ts';
import type { NodeConsole } from './node-console.ts';
import { promises } from './promises.ts';
import type { Promises } from './promises.ts';

/** A console's data, which outlives its processes, and the one that runs on it now. */
export type Seat = {
  readonly name: string;
  readonly order: ConsoleOrder;
  /** Null while it is down. */
  running: NodeConsole | null;
  readonly nextDraft: () => CommandDraft;
};

export type KillWorld = {
  readonly desk: ChaosDesk;
  readonly seats: readonly Seat[];
  readonly promises: Promises;
  /** From the start of a console that was killed to its first rows, ms. */
  readonly usableMs: number[];
  /** From the end of the faults until nothing waited, ms. */
  readonly drainMs: number[];
  readonly faults: string[];
  /** Starts a seat's console where it is down; false where it died before it was usable. */
  start: (seat: Seat, failpoint?: string) => Promise<boolean>;
  /** One submit, whose answer is noted. False where the console died at it. */
  work: (seat: Seat, drafts: number) => Promise<boolean>;
  /** Makes the next start write the journal anew, without taking anything from it. */
  scratchJournal: (seat: Seat) => Promise<void>;
  /** Ends all faults, waits until everything has arrived, and compares. */
  drain: (allowedMs: number) => Promise<void>;
  end: () => Promise<void>;
};

/**
 * `tokens`: a sign-in by name; the first is the reader's, each other has a console. Consoles reach the desk through
 * the address that `through` gives, where one is given.
 */
export async function killWorld(
  place: DeskPlace,
  tokens: ReadonlyMap<string, string>,
  random: () => number,
  through: (desk: ChaosDesk) => Promise<string> = (desk) => Promise.resolve(desk.url),
): Promise<KillWorld> {
  const [reader, ...agents] = [...tokens];
  const desk = await startChaosDesk(place, reader?.[1] ?? '');
  const url = await through(desk);
  const root = await mkdtemp(join(tmpdir(), 'agent-console-chaos-'));
  const open = (await desk.api.heads()).filter((head) => head.status.value === 'open');
  const ticketIds = open.slice(0, 6).map(({ id }) => id);
  const seats = agents.map(([name, token], index): Seat => {
    const consoleId = `c-${index}`;
    return {
      name,
      order: {
        root,
        owner: { deskId: desk.deskId, agentId: name, consoleId },
        desk: { url, token },
        aheadMs: 0,
      },
      running: null,
      nextDraft: anyWork(random, ticketIds, name),
    };
  });
  const world: Omit<KillWorld, 'start' | 'work' | 'scratchJournal' | 'drain' | 'end'> = {
    desk,
    seats,
    promises: promises(),
    usableMs: [],
    drainMs: [],
    faults: [],
  };

  const start = async (seat: Seat, failpoint?: string): Promise<boolean> => {
    if (seat.running !== null) return true;
    const started = startNodeConsole(seat.order, failpoint);
    seat.running = started;
    void started.gone.then(() => {
      if (seat.running === started) seat.running = null;
    });
    if (!(await started.usable)) return false;
    world.usableMs.push(started.usableMs());
    return true;
  };

  const work = async (seat: Seat, drafts: number): Promise<boolean> => {
    const answer = await seat.running?.submit(Array.from({ length: drafts }, seat.nextDraft));
    if (answer === null || answer === undefined) return false;
    if (answer.saved === null) world.faults.push(`${seat.name}: not saved: ${answer.message}`);
    else world.promises.saved(answer.saved);
    return true;
  };

  const isDrained = async (seat: Seat, version: number): Promise<boolean> => {
    const state = await seat.running?.ask();
    if (state?.waiting === 0 && state.syncedTo >= version && state.replicaAt >= version)
      return true;
    seat.running?.wake();
    return false;
  };

  const compareRows = async (seat: Seat): Promise<void> => {
    const answer = await seat.running?.rows();
    const line = ({ id, version }: { id: string; version: number }) => `${id} ${version}`;
    const heads = (await desk.api.heads()).filter((head) => isOpen(head.status.value));
    const expected = heads.map(line).toSorted().join('\n');
    if ((answer?.rows ?? []).map(line).toSorted().join('\n') !== expected)
      world.faults.push(`${seat.name}: the watch table is not what the desk has`);
  };

  return {
    ...world,
    start,
    work,
    scratchJournal: async (seat) => {
      const directory = profileDirectory(root, seat.order.owner.consoleId);
      const path = join(directory, 'journal');
      const bytes = await readFile(path).catch(() => null);
      if (bytes === null) return;
      // The length of the first record: wrong, but the record can be read all the same.
      bytes[FILE_HEADER_BYTES + 3] = (bytes[FILE_HEADER_BYTES + 3] ?? 0) ^ 1;
      await writeFile(path, bytes);
      for (const name of await readdir(directory))
        if (name.startsWith('journal.damaged')) await rm(join(directory, name));
    },
    drain: async (allowedMs) => {
      if (desk.isArmed()) await desk.kill();
      await desk.start();
      for (const seat of seats) await start(seat);
      const from = performance.now();
      for (const seat of seats) {
        const { version } = await deskVersion(desk, tokens);
        while (!(await isDrained(seat, version))) {
          if (performance.now() - from > allowedMs) {
            world.faults.push(
              `${seat.name}: ${JSON.stringify(await seat.running?.ask())} at the end`,
            );
            break;
          }
          await wait(50);
        }
      }
      world.drainMs.push(performance.now() - from);
      const journals = [];
      for (const seat of seats) journals.push((await seat.running?.journal())?.commands ?? []);
      world.faults.push(...(await world.promises.broken(desk.api, journals)));
      // Each console's last pull may be older than what the others sent then.
      for (const seat of seats) {
        const { version } = await deskVersion(desk, tokens);
        while (!(await isDrained(seat, version)) && performance.now() - from < 2 * allowedMs)
          await wait(50);
        await compareRows(seat);
      }
    },
    end: async () => {
      for (const seat of seats) await seat.running?.kill();
      await desk.end();
      await rm(root, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}

async function deskVersion(
  desk: ChaosDesk,
  tokens: ReadonlyMap<string, string>,
): Promise<{ version: number }> {
  const [token = ''] = tokens.values();
  const answer = await fetch(`${desk.url}/v1/desk`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return (await answer.json()) as { version: number };
}
