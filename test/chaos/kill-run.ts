import { setTimeout as wait } from 'node:timers/promises';
import type { FailpointName } from '../../shared/base/failpoint.ts';
import type { KillWorld, Seat } from './kill-world.ts';

/** Where a console without a window can die, and a desk. */
export const consoleFailpoints: readonly FailpointName[] = [
  'journal.before-write',
  'journal.after-write',
  'journal.after-fsync',
  'journal.replace-before-rename',
  'journal.replace-after-rename',
  'journal.replace-after-sync',
  'watch.before-batch',
  'watch.after-batch',
];
export const deskFailpoints: readonly FailpointName[] = ['desk.before-commit', 'desk.after-commit'];

export type Kill = { victim: 'console' | 'desk'; at: FailpointName | 'any time' };

/** How long a failpoint has to strike while work goes on. */
const STRIKE_MS = 15_000;
/** A console that drains within it is O6. */
export const DRAIN_MS = 30_000;

/** A kill at every failpoint and as many at any time, by chance, over and over. */
export function anyKills(count: number, random: () => number): Kill[] {
  const every: Kill[] = [
    ...consoleFailpoints.map((at): Kill => ({ victim: 'console', at })),
    ...deskFailpoints.map((at): Kill => ({ victim: 'desk', at })),
  ];
  const kills: Kill[] = [];
  while (kills.length < count) {
    const anyTime = every.map((): Kill => {
      return { victim: random() < 0.8 ? 'console' : 'desk', at: 'any time' };
    });
    kills.push(...shuffled([...every, ...anyTime], random));
  }
  return kills.slice(0, count);
}

/** Performs one kill while work goes on; what died stays down. False where the failpoint was not reached. */
export async function performKill(
  world: KillWorld,
  kill: Kill,
  random: () => number,
): Promise<boolean> {
  return kill.victim === 'console'
    ? killConsole(world, kill, random)
    : killDesk(world, kill, random);
}

async function killConsole(world: KillWorld, { at }: Kill, random: () => number): Promise<boolean> {
  const seat = world.seats[Math.floor(random() * world.seats.length)] as Seat;
  await world.desk.start();
  if (at === 'any time') {
    await world.start(seat);
    await workFor(world, seat, random() * 400, random);
    await seat.running?.kill();
    return true;
  }
  await seat.running?.kill();
  if (at.startsWith('journal.replace')) await world.scratchJournal(seat);
  const started = await world.start(seat, `${at}:${1 + Math.floor(random() * passes(at))}`);
  if (!started) return true;
  await workFor(world, seat, STRIKE_MS, random);
  const struck = seat.running === null;
  await seat.running?.kill();
  return struck;
}

/** How often a place is passed for sure while one works for a while. */
function passes(at: FailpointName): number {
  if (at.startsWith('journal.replace')) return 1;
  return at.startsWith('watch') ? 2 : 5;
}

async function killDesk(world: KillWorld, { at }: Kill, random: () => number): Promise<boolean> {
  if (at !== 'any time') await world.desk.kill();
  await world.desk.start(at === 'any time' ? undefined : at);
  for (const seat of world.seats) await world.start(seat);
  const until = at === 'any time' ? random() * 1_000 : STRIKE_MS;
  const from = performance.now();
  while (world.desk.isUp() && performance.now() - from < until) {
    for (const seat of world.seats) {
      await world.work(seat, 1);
      seat.running?.wake();
    }
    await wait(20);
  }
  const struck = at === 'any time' || !world.desk.isUp();
  await world.desk.kill();
  return struck;
}

/** Works without waiting for answers, as fast keys do, until the time is over or the console is dead. */
async function workFor(
  world: KillWorld,
  seat: Seat,
  ms: number,
  random: () => number,
): Promise<void> {
  const from = performance.now();
  const answers: Promise<boolean>[] = [];
  while (seat.running !== null && performance.now() - from < ms) {
    answers.push(world.work(seat, 1 + Math.floor(random() * 3)));
    seat.running.wake();
    await wait(random() < 0.5 ? 0 : Math.min(30, ms));
  }
  // Where it lives on, whoever kills it does so before these are in.
  if (seat.running === null) await Promise.all(answers);
}

function shuffled<T>(list: readonly T[], random: () => number): T[] {
  return list
    .map((item) => ({ item, place: random() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
