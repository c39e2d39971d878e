import { expect, test } from 'vitest';
import { randomFrom } from '../../../server/demo/random.ts';
import { say } from '../say.ts';
import { cutDisk } from './cut-disk.ts';
import type { CutDisk, DiskHooks } from './cut-disk.ts';
import { JOURNAL, newLife, open, work } from './session.ts';
import type { Life } from './session.ts';
import { takenBack } from './told.ts';

/** A long run has more (build/chaos.ts). */
const SESSIONS = Number(process.env['CHAOS_SESSIONS'] ?? 20);
/** Of what a cut may leave, so many are looked at; more at each cut than most have. */
const LOOKS = 16;
const STEPS = 15;
const LIVES = 4;
/** A life that is longer than its work is not killed. */
const MOST_CALLS = 60;
const FEW_CALLS = 8;

const noFaults: DiskHooks = { changed: () => Promise.resolve(), fails: () => false };

/** Opens what a cut left, as the next start does, and works on it. */
async function lookAt(bytes: Uint8Array | null, life: Life): Promise<string[]> {
  const left = cutDisk(new Map(bytes === null ? [] : [[JOURNAL, bytes]]), noFaults);
  const { told } = life;
  const opened = await open(left.calls, life);
  if (!opened.ok) return [`it does not open: ${opened.error.message}`];
  const journal = opened.value;
  const faults = takenBack(told, journal);
  if (bytes === null && told.opened && journal.damage.length === 0)
    faults.push('the file is gone and nobody is told');
  const draft = { ticketId: 't', baseVersion: 1, threadSeen: 1, undoes: null };
  const saved = await journal.submit([{ ...draft, action: { kind: 'note', text: 'after' } }]);
  const [after] = saved.ok ? saved.value : [];
  await journal.close();
  if (after === undefined) return [...faults, 'nothing can be saved any more'];
  const highest = Math.max(0, ...[...told.saved.values()].map(({ seq }) => seq));
  if (after.seq <= highest) faults.push(`number ${after.seq} is given again`);
  const again = await open(left.calls, { ...life, told: { ...told, opened: true } });
  if (!again.ok) return [...faults, `it does not open again: ${again.error.message}`];
  if (!again.value.state.commands.has(after.id)) faults.push('what was saved after it is lost');
  if (again.value.damage.length > 0) faults.push('it is damaged again');
  await again.value.close();
  return faults;
}

/** One session of several lives; each but the last ends by a kill or by a cut. Gives how many states it looked at. */
async function session(seed: string, faultRate: number): Promise<number> {
  const random = randomFrom(seed);
  let diskFaults = 0;
  const life = newLife(random, () => diskFaults);
  const faults: string[] = [];
  let looks = 0;
  let disk: CutDisk = cutDisk(new Map(), noFaults);
  const someOf = (): (Uint8Array | null)[] => {
    const all = disk.leftovers(JOURNAL, random);
    const some = all.slice(2).map((bytes) => ({ bytes, place: random() }));
    const chosen = some.toSorted((a, b) => a.place - b.place).slice(0, LOOKS);
    return [...all.slice(0, 2), ...chosen.map(({ bytes }) => bytes)];
  };
  /** Calls of this life until the process is killed: what it asked for then is never answered. */
  let callsLeft = 0;
  let died: () => void = () => undefined;
  const hooks: DiskHooks = {
    changed: async () => {
      for (const bytes of faults.length > 0 ? [] : someOf()) {
        looks += 1;
        // Kept, not thrown: the journal would take it for the disk's fault.
        faults.push(...(await lookAt(bytes, life)).map((fault) => `look ${looks}: ${fault}`));
      }
      callsLeft -= 1;
      if (callsLeft > 0) return;
      died();
      await new Promise(() => undefined);
    },
    fails: () => {
      const isFault = random() < faultRate;
      if (isFault) diskFaults += 1;
      return isFault;
    },
  };
  disk = cutDisk(new Map(), hooks);
  for (let lives = 0; lives < LIVES; lives += 1) {
    // Half of them while the file is made or put right.
    callsLeft = Math.floor(random() * (random() < 0.5 ? FEW_CALLS : MOST_CALLS));
    const death = new Promise<void>((resolve) => {
      died = resolve;
    });
    const living = async (): Promise<void> => {
      const opened = await open(disk.calls, life);
      if (!opened.ok) return;
      life.told.opened = true;
      await work(opened.value, life, STEPS);
    };
    await Promise.race([death, living()]);
    // A killed process leaves all that it wrote, a power cut may not.
    if (random() < 0.6) continue;
    const left = someOf();
    const bytes = left[Math.floor(random() * left.length)] ?? null;
    disk = cutDisk(new Map(bytes === null ? [] : [[JOURNAL, bytes]]), hooks);
  }
  expect({ seed, faults }).toEqual({ seed, faults: [] });
  return looks;
}

test('[S5] a power cut at any write, sync or rename takes nothing back that was told', async () => {
  let looks = 0;
  for (let n = 0; n < SESSIONS; n += 1) looks += await session(`power cut ${n}`, 0);
  say(`${looks} states of the disk after a power cut`);
  expect(looks).toBeGreaterThan(150 * SESSIONS);
});

test('[S5] the same on a disk that fails now and then', async () => {
  let looks = 0;
  for (let n = 0; n < SESSIONS; n += 1) looks += await session(`broken disk ${n}`, 0.05);
  say(`${looks} states of a failing disk after a power cut`);
  expect(looks).toBeGreaterThan(150 * SESSIONS);
});

test('[S5] killed between the rename and the sync of its directory, the journal is there after a power cut', async () => {
  const random = randomFrom('name');
  const life = newLife(random, () => 0);
  let isKilled = false;
  let killed: () => void = () => undefined;
  const disk = cutDisk(new Map(), {
    changed: () => {
      const isHere = !isKilled && disk.read(JOURNAL) !== null;
      if (!isHere) return Promise.resolve();
      isKilled = true;
      killed();
      return new Promise(() => undefined);
    },
    fails: () => false,
  });
  const death = new Promise<void>((resolve) => {
    killed = resolve;
  });
  await Promise.race([death, open(disk.calls, life)]);
  const opened = await open(disk.calls, life);
  if (!opened.ok) throw new Error(opened.error.message);
  life.told.opened = true;
  await work(opened.value, life, STEPS);
  expect(life.told.saved.size).toBeGreaterThan(0);
  for (const bytes of disk.leftovers(JOURNAL, random))
    expect(await lookAt(bytes, life)).toEqual([]);
});
