import { parseArgs } from 'node:util';
import { randomFrom, wholeBetween } from '../../server/demo/random.ts';
import { MINUTE_MS } from '../../shared/base/time.ts';
import { dueAfter } from '../../shared/policy/calendar.ts';
import { clockIds } from '../../shared/policy/clock-id.ts';
import { runningDues, urgencyOf } from '../../shared/policy/urgency.ts';
import type { Urgency } from '../../shared/policy/urgency.ts';
import { urgencyOrder } from '../../shared/policy/urgency-order.ts';
import { urgencyQueue } from '../../shared/policy/urgency-queue.ts';
import { compared, report } from './figures.ts';
import type { BenchResult } from './figures.ts';
import { changed, NOW, slaHeads, slaPolicy, ZONE } from './sla-corpus.ts';
import { columnsOf, factsRead, NumberBuckets, packedOrder } from './sla-floor.ts';
import { compareByRule, oracle } from './sla-oracle.ts';
import { dateFnsByDays, dayjsBusinessTime, peerDues } from './sla-peers.ts';
import type { Peer } from './sla-peers.ts';

/**
 * Due times and order of the whole queue, and one changed ticket back into it, each against its floor in the same
 * run (in turn, so that a drifting machine drifts for both); then against libraries, and against an oracle.
 *
 *     npm run bench -- sla [--tickets 100000] [--runs 15] [--changes 20000] [--json FILE]
 */
const { values } = parseArgs({
  options: {
    tickets: { type: 'string', default: '100000' },
    runs: { type: 'string', default: '15' },
    changes: { type: 'string', default: '20000' },
    json: { type: 'string' },
  },
});
const tickets = Number(values.tickets);
const runs = Number(values.runs);
const changes = Number(values.changes);
/** Runs before the counted ones, until the compiler has done its work. */
const WARM_UP = 8;
const CHANGE_RUNS = 5;
/** Tickets that the slow ones reckon; their time is scaled up. */
const PEER_SAMPLE = 500;
const NEAR_MS = 5 * MINUTE_MS;
const ORACLE_SAMPLE = 4_000;

// The dayjs peer knows only the zone of its process.
process.env['TZ'] = ZONE;

const heads = slaHeads(tickets);
const columns = columnsOf(heads, slaPolicy);

function timed(work: () => unknown): number {
  const startedAt = performance.now();
  work();
  return performance.now() - startedAt;
}

function urgencies(): Urgency[] {
  return heads.map((head) => urgencyOf(head, slaPolicy, NOW));
}

/** The whole queue, ms. Clearing away what it makes is part of it. */
function wholeQueue() {
  const ms = { ours: [] as number[], floor: [] as number[], read: [] as number[] };
  for (let run = -WARM_UP; run < runs; run += 1) {
    const floorMs = timed(() => packedOrder(columns, slaPolicy));
    const readMs = timed(() => factsRead(heads));
    const oursMs = timed(() => urgencyOrder(urgencies()));
    if (run < 0) continue;
    ms.floor.push(floorMs);
    ms.read.push(readMs);
    ms.ours.push(oursMs);
  }
  return ms;
}

/** What each of so many changes of tickets picked at random costs, µs. */
function oneByOne(seed: string): { ours: number[]; floor: number[] } {
  const random = randomFrom(seed);
  const queue = urgencyQueue<{ id: string; urgency: Urgency }>();
  const all = urgencies();
  queue.putAll(all.map((urgency) => ({ id: urgency.ticketId, urgency })));
  const keys = all.map(({ key }) => key);
  const numbers = new NumberBuckets(keys.toSorted((a, b) => a - b));
  const us = { ours: [] as number[], floor: [] as number[] };
  for (let change = 0; change < changes; change += 1) {
    const index = wholeBetween(random, 0, heads.length - 1);
    const head = heads[index];
    const before = keys[index];
    if (head === undefined || before === undefined) continue;
    const next = changed(random, head);
    const { key } = urgencyOf(next, slaPolicy, NOW);
    const reckonAndPut = () => {
      queue.put({ id: next.id, urgency: urgencyOf(next, slaPolicy, NOW) });
    };
    const removeAndAdd = () => {
      numbers.remove(before);
      numbers.add(key);
    };
    // The first of the two finds the caches cold: in turn, it is the one and the other.
    const oursFirst = change % 2 === 0;
    const firstMs = timed(oursFirst ? reckonAndPut : removeAndAdd);
    const secondMs = timed(oursFirst ? removeAndAdd : reckonAndPut);
    us.ours.push(1_000 * (oursFirst ? firstMs : secondMs));
    us.floor.push(1_000 * (oursFirst ? secondMs : firstMs));
    keys[index] = key;
  }
  return us;
}

function oneChange(): BenchResult[] {
  const goal = { atMost: 1.5, text: '<= 1.5x' };
  const rounds = Array.from({ length: CHANGE_RUNS + 1 }, (_, round) =>
    oneByOne(`changes-${round}`),
  );
  return ([0.5, 0.99] as const).map((share) => {
    const ours = rounds.slice(1).map((round) => percentile(round.ours, share));
    const floor = rounds.slice(1).map((round) => percentile(round.floor, share));
    const name = share === 0.5 ? 'median' : 'p99';
    return compared(`one changed ticket, ${name}`, 'µs', goal, ours, floor);
  });
}

function percentile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN;
}

/** A library on the clocks of the first tickets; its time is scaled up to all clocks. */
function againstPeer(peer: Peer, ours: readonly number[], atMost: number): BenchResult {
  const clocks = columns.ticket.findIndex((ticket) => ticket >= PEER_SAMPLE);
  const sample = clocks < 0 ? columns.ticket.length : clocks;
  let dues = peerDues(peer, columns, sample);
  const scale = columns.ticket.length / sample;
  const theirs = [0, 1, 2].map(
    () =>
      scale *
      timed(() => {
        dues = peerDues(peer, columns, sample);
      }),
  );
  const exact = dues.filter((due, clock) => due === plainDue(clock)).length;
  const near = dues.filter((due, clock) => Math.abs(due - plainDue(clock)) <= NEAR_MS).length;
  console.log(`${peer.name}: of ${sample} dues ${exact} are ours, ${near} within five minutes`);
  const text = atMost === Infinity ? 'none' : `<= 1/${Math.round(1 / atMost)}`;
  const metric = `${peer.name}, scaled up from ${PEER_SAMPLE} tickets`;
  return compared(metric, 'ms', { atMost, text }, ours, theirs);
}

function plainDue(clock: number): number {
  const [fromAt = 0, targetMs = 0] = [columns.fromAt[clock], columns.targetMs[clock]];
  return columns.always[clock] === 1
    ? fromAt + targetMs
    : dueAfter(slaPolicy.calendar, fromAt, targetMs);
}

/** Dues that differ from the oracle's, and places that differ from a plain sort by the rule. */
function againstOracle(): BenchResult[] {
  const duesOf = oracle(slaPolicy);
  let compares = 0;
  let differs = 0;
  const every = Math.max(1, Math.floor(heads.length / ORACLE_SAMPLE));
  for (const head of heads.filter((_, index) => index % every === 0)) {
    const theirs = duesOf(head);
    const ours = new Map(runningDues(head, slaPolicy).map(({ id, dueAt }) => [id, dueAt]));
    for (const id of clockIds) {
      if (ours.get(id) === undefined && theirs[id] === undefined) continue;
      compares += 1;
      if (ours.get(id) !== theirs[id]) differs += 1;
    }
  }
  const all = urgencies();
  const places = Array.from(urgencyOrder(all), (index) => all[index]?.ticketId);
  const sorted = all.toSorted(compareByRule(new Map(heads.map((head) => [head.id, head]))));
  const misplaced = sorted.filter(({ ticketId }, place) => places[place] !== ticketId).length;
  const goal = { atMost: 0, text: '0' };
  return [
    compared('dues that differ from the oracle, of all compared', '', goal, [differs], [compares]),
    compared('places that differ from a plain sort, of all', '', goal, [misplaced], [all.length]),
  ];
}

const whole = wholeQueue();
const goal = { atMost: 1.5, text: '<= 1.5x' };
const none = { atMost: Infinity, text: 'none' };
report('sla', null, runs, [
  compared(`due times and order of ${tickets} tickets`, 'ms', goal, whole.ours, whole.floor),
  compared('reading the facts of these rows, nothing else', 'ms', none, whole.read, whole.floor),
  ...oneChange(),
  againstPeer(dateFnsByDays(slaPolicy), whole.ours, 1 / 1_000),
  againstPeer(dayjsBusinessTime(slaPolicy), whole.ours, Infinity),
  ...againstOracle(),
]);
