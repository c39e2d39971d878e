import type { Role } from '../../shared/base/roles.ts';
import { prng } from './prng.ts';
import type { Prng } from './prng.ts';
import type { End } from './process.ts';

/** What a seed stands for: who there is, and all that is going to be done to them. */
export type Plan = {
  seed: string;
  agents: readonly PlannedAgent[];
  /** Of each console, its agent's place among them. */
  consoles: readonly number[];
  tickets: number;
  events: readonly PlannedEvent[];
  /** From here on nothing bad happens any more, ms from the start. */
  faultsEndMs: number;
  /** One desk process alone on its store, or one of several on a database. */
  exclusive: boolean;
  /** Connections that hang are left to their own time limits. */
  patient: boolean;
};

export type PlannedAgent = { id: string; role: Role; teamIds: readonly string[] };

/** What is done from outside, and when. `roll` is the chance of this event alone. */
export type PlannedEvent = { atMs: number; roll: string } & Happening;

export type Happening =
  | { kind: 'act'; console: number }
  | { kind: 'customer' }
  | { kind: 'tidy'; console: number }
  | { kind: 'take-back'; console: number }
  | { kind: 'undo'; console: number }
  | { kind: 'move' }
  | { kind: 'restore'; back: number; isTold: boolean }
  | { kind: 'crash'; console: number; steps: number; when: 'before' | 'after'; end: End }
  | { kind: 'crash-window'; console: number }
  | { kind: 'crash-desk'; steps: number; when: 'before' | 'after'; forMs: number }
  | { kind: 'cut'; console: number; forMs: number }
  | { kind: 'weather'; console: number; forMs: number }
  | { kind: 'disk-full'; console: number; forMs: number }
  | { kind: 'fsync-fails'; console: number; times: number }
  | { kind: 'lose-watch'; console: number }
  | { kind: 'lose-replica'; console: number }
  | { kind: 'damage-watch'; console: number; reads: number }
  | { kind: 'clock'; console: number | null; byMs: number }
  | { kind: 'sleep'; console: number; forMs: number }
  | { kind: 'pause'; console: number; forMs: number }
  | { kind: 'store-fails'; writes: number }
  | { kind: 'token'; agent: number; forMs: number }
  | { kind: 'policy' }
  | { kind: 'rights'; agent: number };

export type HappeningKind = Happening['kind'];

/** How often each of them, among all. */
const weights: Readonly<Record<HappeningKind, number>> = {
  act: 44,
  customer: 8,
  tidy: 7,
  'take-back': 4,
  undo: 4,
  move: 5,
  restore: 0.7,
  crash: 7,
  'crash-window': 2,
  'crash-desk': 4,
  cut: 5,
  weather: 6,
  'disk-full': 2,
  'fsync-fails': 2,
  'lose-watch': 1,
  'lose-replica': 1,
  'damage-watch': 1,
  clock: 2,
  sleep: 1,
  pause: 1,
  'store-fails': 2,
  token: 1,
  policy: 0.5,
  rights: 2,
};

const teams = ['t-a', 't-b'] as const;

export function planOf(seed: string): Plan {
  const random = prng(seed).fork('plan');
  const agents = Array.from({ length: random.int(2, 3) }, (_, index): PlannedAgent => {
    return { id: `a${index}`, ...rightsOf(random) };
  });
  const consoles = Array.from({ length: random.int(2, random.chance(0.2) ? 5 : 3) }, (_, index) =>
    index < agents.length ? index : random.int(0, agents.length - 1),
  );
  // Each seed has its own climate: some kinds of trouble are left out, one is common.
  const kinds = Object.keys(weights) as HappeningKind[];
  const favourite = random.pick(kinds);
  const climate = kinds.map((kind) => {
    const isIn = kind === 'act' || kind === 'customer' || random.chance(0.6);
    return { kind, weight: isIn ? weights[kind] * (kind === favourite ? 4 : 1) : 0 };
  });
  const lengthMs = random.int(20, 90) * 1_000;
  const events = Array.from({ length: random.int(30, 80) }, (_, index): PlannedEvent => {
    const happening = happeningOf(pickWeighted(climate, random), random, { agents, consoles });
    return { atMs: random.int(500, lengthMs), roll: `e${index}`, ...happening };
  }).toSorted((a, b) => a.atMs - b.atMs);
  return {
    seed,
    agents,
    consoles,
    tickets: random.int(2, 5),
    events,
    faultsEndMs: lengthMs + 1_000,
    exclusive: random.chance(0.5),
    patient: random.chance(0.1),
  };
}

export function rightsOf(random: Prng): { role: Role; teamIds: string[] } {
  const role = random.pick(['agent', 'agent', 'lead', 'admin'] as const);
  const teamIds = teams.filter(() => random.chance(0.65));
  return { role, teamIds: teamIds.length === 0 ? [random.pick(teams)] : teamIds };
}

export function teamOf(random: Prng): string {
  return random.pick(teams);
}

function happeningOf(
  kind: HappeningKind,
  random: Prng,
  { agents, consoles }: Pick<Plan, 'agents' | 'consoles'>,
): Happening {
  const console = random.int(0, consoles.length - 1);
  const agent = random.int(0, agents.length - 1);
  const when = random.pick(['before', 'after'] as const);
  switch (kind) {
    case 'act':
    case 'tidy':
    case 'take-back':
    case 'undo':
    case 'crash-window':
    case 'lose-watch':
    case 'lose-replica':
      return { kind, console };
    case 'customer':
    case 'policy':
    case 'move':
      return { kind };
    case 'restore':
      return { kind, back: random.int(0, 25), isTold: true };
    case 'crash':
      return { kind, console, steps: random.int(1, 12), when, end: random.pick(['kill', 'power']) };
    case 'crash-desk':
      return { kind, steps: random.int(1, 4), when, forMs: random.int(100, 8_000) };
    case 'cut':
    case 'weather':
    case 'disk-full':
    case 'sleep':
    case 'pause':
      return { kind, console, forMs: random.int(200, 20_000) };
    case 'fsync-fails':
      return { kind, console, times: random.int(1, 3) };
    case 'damage-watch':
      return { kind, console, reads: random.int(1, 2) };
    case 'clock': {
      const byMs = random.int(-3_600_000, 3_600_000);
      return { kind, console: random.chance(0.3) ? null : console, byMs };
    }
    case 'store-fails':
      return { kind, writes: random.int(1, 3) };
    case 'token':
      return { kind, agent, forMs: random.int(500, 15_000) };
    case 'rights':
      return { kind, agent };
  }
}

function pickWeighted(
  list: readonly { kind: HappeningKind; weight: number }[],
  random: Prng,
): HappeningKind {
  let left = random.next() * list.reduce((sum, { weight }) => sum + weight, 0);
  for (const { kind, weight } of list) {
    left -= weight;
    if (left < 0) return kind;
  }
  return 'act';
}
