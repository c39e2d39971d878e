import { unreachable } from '../../shared/base/assert.ts';
import { MINUTE_MS } from '../../shared/base/time.ts';
import { defaultPolicyDocument } from '../../shared/policy/policy-document.ts';
import { severities } from '../../shared/policy/severity.ts';
import { putAgent } from '../../server/agents/add-agent.ts';
import { hashToken } from '../../server/agents/tokens.ts';
import { takeMessage, takeSubmission } from '../../server/intake/intake.ts';
import { moveTicket } from '../../server/intake/move-ticket.ts';
import { changePolicy } from '../../server/policy/change-policy.ts';
import { act, takeBack, tidy, undo } from './actors.ts';
import type { Seat } from './actors.ts';
import type { ConsoleHost } from './console-host.ts';
import { goodLink } from './network.ts';
import { rightsOf, teamOf } from './plan.ts';
import type { PlannedEvent } from './plan.ts';
import type { Prng } from './prng.ts';
import { submission } from './world.ts';
import type { World } from './world.ts';

/** Does what the plan says, at its time. */
export function happen(world: World, event: PlannedEvent): void {
  const { plan, trace } = world;
  const random = world.random.fork(event.roll);
  const console = 'console' in event ? world.consoles[event.console ?? -1] : undefined;
  trace.note(`> ${describe(event)}`);
  switch (event.kind) {
    case 'customer':
      customer(world, random, event.roll);
      return;
    case 'policy':
      policy(world, random);
      return;
    case 'move':
      move(world, random);
      return;
    case 'restore':
      restore(world, event);
      return;
    case 'rights':
      rights(world, plan.agents[event.agent]?.id ?? '', random);
      return;
    case 'token':
      token(world, plan.agents[event.agent]?.id ?? '', event.forMs);
      return;
    case 'crash-desk':
      crashDesk(world, event);
      return;
    case 'store-fails':
      world.data.fail(event.writes);
      return;
    case 'clock':
      if (console === undefined) world.desk.setClock(event.byMs);
      else console.machine.setClock(event.byMs);
      return;
    default:
      if (console !== undefined) atConsole(world, console, event, random);
  }
}

type AtConsole = Exclude<
  PlannedEvent,
  {
    kind:
      | 'customer'
      | 'policy'
      | 'move'
      | 'restore'
      | 'rights'
      | 'token'
      | 'crash-desk'
      | 'store-fails'
      | 'clock';
  }
>;

function atConsole(world: World, console: ConsoleHost, event: AtConsole, random: Prng): void {
  const { scheduler, saved, plan } = world;
  const { machine } = console;
  const agentIds = plan.agents.map(({ id }) => id);
  const seat: Seat = { console, saved, agentIds };
  switch (event.kind) {
    case 'act':
      act(seat, random, event.roll);
      return;
    case 'tidy':
      tidy(seat, random);
      return;
    case 'take-back':
      takeBack(seat, random);
      return;
    case 'undo':
      undo(seat, random, event.roll);
      return;
    case 'crash':
      console.process()?.endAt(event.steps, event.when, event.end);
      return;
    case 'crash-window':
      console.window()?.process.end('kill');
      scheduler.after(random.int(100, 3_000), console.openWindow);
      return;
    case 'cut':
      machine.link.faults.isCut = true;
      scheduler.after(event.forMs, () => {
        machine.link.faults.isCut = false;
      });
      return;
    case 'weather':
      weather(console, random);
      scheduler.after(event.forMs, () => {
        clearWeather(console);
      });
      return;
    case 'disk-full':
      machine.disk.faults.fullUntilMs = scheduler.nowMs() + event.forMs;
      return;
    case 'fsync-fails':
      machine.disk.faults.failingSyncs = event.times;
      return;
    case 'lose-watch':
    case 'lose-replica':
      lose(console, event.kind);
      return;
    case 'damage-watch':
      machine.watch.damage(event.reads);
      return;
    case 'sleep':
      console.process()?.sleepUntil(scheduler.nowMs() + event.forMs);
      console.window()?.process.sleepUntil(scheduler.nowMs() + event.forMs);
      return;
    case 'pause':
      console.main()?.sync.pause(true);
      scheduler.after(event.forMs, () => {
        console.main()?.sync.pause(false);
      });
      return;
    default:
      unreachable(event);
  }
}

function crashDesk(
  { desk, scheduler }: World,
  { steps, when, forMs }: Extract<PlannedEvent, { kind: 'crash-desk' }>,
): void {
  const process = desk.running()?.process;
  process?.endAt(steps, when, 'kill');
  process?.ended(() => {
    scheduler.after(forMs, desk.start);
  });
}

function lose(console: ConsoleHost, which: 'lose-watch' | 'lose-replica'): void {
  console.process()?.end('kill');
  console.machine.lose(which === 'lose-watch' ? 'watch' : 'replica');
}

function weather({ machine }: ConsoleHost, random: Prng): void {
  const { faults } = machine.link;
  if (random.chance(0.6)) faults.drop = random.next() * 0.5;
  if (random.chance(0.5)) faults.repeat = random.next() * 0.5;
  if (random.chance(0.4)) faults.truncate = random.next() * 0.6;
  faults.slowestMs = random.int(100, 8_000);
}

export function clearWeather({ machine }: ConsoleHost): void {
  const { isCut } = machine.link.faults;
  Object.assign(machine.link.faults, goodLink, { isCut });
}

function customer(world: World, random: Prng, roll: string): void {
  const desk = world.desk.running()?.desk;
  if (desk === undefined) return;
  const receivedAt = desk.around.nowMs() - random.int(0, MINUTE_MS);
  const ids = [...world.data.history().heads.keys()];
  if (random.chance(0.2)) {
    ignore(takeSubmission(desk, submission(`t-${roll}`, random, receivedAt)));
    return;
  }
  const ticketId = random.pick(ids);
  const asked = random.chance(0.2) ? random.pick(severities) : null;
  const text = `<${ticketId}:customer> ${roll}`;
  ignore(takeMessage(desk, ticketId, { id: `m-${roll}`, text, receivedAt, asked }));
}

function policy(world: World, random: Prng): void {
  const desk = world.desk.running()?.desk;
  if (desk === undefined) return;
  const hours = random.int(1, 40);
  const targetHours = { critical: hours, high: hours * 2, medium: hours * 3, low: hours * 4 };
  const document = {
    ...defaultPolicyDocument,
    targetHours,
    firstContactHours: random.chance(0.3) ? null : random.int(1, 40),
  };
  ignore(changePolicy(desk, { document, baseRules: null, agentId: null }));
}

/** A ticket goes to another team, or comes back. */
function move(world: World, random: Prng): void {
  const desk = world.desk.running()?.desk;
  const head = random.pick([...world.data.history().heads.values()]).at(-1);
  if (desk === undefined || head === undefined) return;
  ignore(moveTicket(desk, head.reference, teamOf(random)));
}

/** The desk's machine is lost; it is put back from a backup that ends some transactions earlier (S7). */
function restore(
  world: World,
  { roll, back, isTold }: Extract<PlannedEvent, { kind: 'restore' }>,
): void {
  const { data, desk, scheduler, plan, tokens } = world;
  desk.running()?.process.end('kill');
  desk.hold(true);
  const commits = Math.max(data.furnished(), data.commits() - back);
  void data.restore(commits, isTold ? `epoch-${roll}` : null).then(() => {
    for (const { id } of plan.agents) void data.store().setToken(id, hashToken(tokens.of(id)));
    desk.hold(false);
    scheduler.after(1_000, desk.start);
  });
}

function rights(world: World, agentId: string, random: Prng): void {
  const desk = world.desk.running()?.desk;
  if (desk === undefined) return;
  const given = { id: agentId, name: `Agent ${agentId}`, ...rightsOf(random) };
  ignore(putAgent(desk, given, hashToken(world.tokens.of(agentId))));
}

/** Their sign-in ends; after a while they sign in again. */
function token(world: World, agentId: string, forMs: number): void {
  void world.data.store().setToken(agentId, hashToken('nobody-has-this-token'));
  world.scheduler.after(forMs, () => {
    signIn(world, agentId);
  });
}

export function signIn(world: World, agentId: string): void {
  const renewed = world.tokens.renew(agentId);
  void world.data.store().setToken(agentId, hashToken(renewed));
  for (const { owner, machine, main } of world.consoles) {
    if (owner.agentId !== agentId) continue;
    machine.token = renewed;
    main()?.sync.signedIn();
  }
}

/** A desk that ends in the midst of it, or whose database fails, has not done it; nobody tries again. */
function ignore(work: Promise<unknown>): void {
  work.catch(() => undefined);
}

export function describe(event: PlannedEvent): string {
  const { atMs: _, ...rest } = event;
  return JSON.stringify(rest);
}
