import type { Time } from '../../shared/base/time.ts';
import type { AlertRecord } from '../../shared/bridge/alert-record.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import type { ClockId } from '../../shared/policy/clock-id.ts';
import type { Log } from '../log.ts';
import { clockEvents } from '../sync/clock-events.ts';
import type { DeskClock } from '../sync/desk-clock.ts';
import type { SteadyClock } from '../sync/steady-clock.ts';
import type { WatchTable } from '../watch/watch-table.ts';
import { decideAlerts, nextAlertAt } from './decide.ts';
import type { Alert } from './decide.ts';
import { recordOf } from './ledger.ts';
import type { AlertLedger } from './ledger.ts';
import type { Notifier } from './notifier.ts';
import { alertWords, digestWords } from './words.ts';
import type { NotificationWords } from './words.ts';

export type AlertDeps = {
  watch: WatchTable;
  ledger: AlertLedger;
  notifier: Notifier;
  /** Desk time; dues are in it. */
  deskTime: Pick<DeskClock, 'nowMs' | 'isConfirmed'>;
  wall: Time;
  steady: SteadyClock;
  /** The machine's clock was changed while nothing else is known: the desk has to tell the time. */
  clockChanged: () => void;
  agent: () => Agent | null;
  quieted: () => (ticketId: string, clock: ClockId) => boolean;
  /** A notification was clicked: show this ticket (A6). */
  open: (ticketId: string) => void;
  told: (record: AlertRecord) => void;
  /** Something time-dependent was reckoned anew. */
  ticked: () => void;
  log: Log;
};

export type AlertScheduler = {
  /** Looks now: data changed, the machine woke up. */
  tick: () => void;
  acknowledge: (ticketId: string) => Promise<void>;
  /** Resolves when no look is under way. */
  settled: () => Promise<void>;
  stop: () => Promise<void>;
};

/** Never longer than this between two looks (A3). */
const MOST_MS = 30_000;
/** A clock that moved so much against the steady one was set. */
const SET_FROM_MS = 2_000;
/** So long alerts wait for the desk to tell the time after this machine's clock was changed (C9). */
export const HOLD_MS = 60_000;
/** How often it is looked whether one has come. */
const HELD_LOOK_MS = 1_000;

/** One timer for the next edge (A3). Runs on the watch table alone: no window, no network needed. */
export function scheduleAlerts(deps: AlertDeps): AlertScheduler {
  const { watch, ledger, notifier, deskTime, wall, steady, log } = deps;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let looking: Promise<void> | null = null;
  let again = false;
  let stopped = false;
  let unknown: AlertRecord[] = ledger.unknown();
  const clocks = clockEvents(wall, steady, SET_FROM_MS);
  /** Since when the time has been in doubt, by the steady clock; null while it is not. */
  let heldSinceMs: number | null = null;

  const look = async (): Promise<void> => {
    noticeSetClock();
    await watch.loaded;
    await watch.crossEdges();
    deps.ticked();
    if (stopped) return;
    if (isHeld()) {
      timer = setTimeout(tick, HELD_LOOK_MS);
      return;
    }
    const agent = deps.agent();
    const policy = watch.policy();
    if (agent === null || policy === null) return;
    const now = deskTime.nowMs();
    const { alertMinutesBefore } = policy.document;
    const input = { now, tickets: watch.tickets().values(), agent, alertMinutesBefore };
    const decided = decideAlerts({ ...input, ledger, isQuieted: deps.quieted() });
    const [still, over] = partition(unknown, isRunning);
    await give(decided.singles, [...still.map(alertOf), ...decided.digest], decided.passed, now);
    const suppressed = over.map((record): AlertRecord => ({
      ...record,
      state: 'suppressed',
      detail: OVER,
    }));
    await ledger.put(suppressed);
    for (const record of suppressed) deps.told(record);
    unknown = [];
    if (stopped) return;
    const next = nextAlertAt({ ...input, tickets: watch.tickets().values() });
    timer = setTimeout(tick, Math.max(20, Math.min(MOST_MS, next - deskTime.nowMs())));
  };

  const give = async (
    singles: readonly Alert[],
    digest: readonly Alert[],
    passed: readonly Alert[],
    now: number,
  ): Promise<void> => {
    const at = now;
    const records = [
      ...singles.map((alert) => recordOf(alert, at, 'to-be-shown', null)),
      ...digest.map((alert) => recordOf(alert, at, 'to-be-shown', 'in a digest')),
      ...passed.map((alert) =>
        recordOf(alert, at, 'suppressed', 'a later alert for the same due stands for it'),
      ),
    ];
    if (records.length === 0) return;
    await ledger.put(records);
    for (const record of records) deps.told(record);
    const dataAgeMs = at - (watch.meta().syncedAt ?? at);
    for (const alert of singles) show([alert], alertWords(alert, now, dataAgeMs));
    if (digest.length > 0) show(digest, digestWords(digest, now, dataAgeMs));
  };

  const show = (alerts: readonly Alert[], words: NotificationWords): void => {
    const keys = alerts.map(({ key }) => key);
    notifier.show({
      ...words,
      isCritical: alerts.some(({ severity }) => severity === 'critical'),
      result: (result) => {
        if (result.kind === 'failed') log.warn(`alerts: not shown: ${result.why}`);
        note(keys, result.kind, result.kind === 'failed' ? result.why : null);
      },
      clicked: () => {
        note(keys, 'clicked', null);
        const [first] = alerts;
        if (first !== undefined) deps.open(first.ticketId);
      },
    });
  };

  const note = (
    keys: readonly string[],
    state: AlertRecord['state'],
    detail: string | null,
  ): void => {
    const changed = keys.flatMap((key) => {
      const record = ledger.get(key);
      // What the agent did with it says more than that it was shown.
      if (record === undefined || record.state === 'acknowledged') return [];
      if (state === 'shown' && record.state !== 'to-be-shown') return [];
      return [{ ...record, state, detail: detail?.slice(0, 300) ?? record.detail }];
    });
    ledger.put(changed).catch((thrown: unknown) => {
      log.error(`alerts: the ledger took nothing: ${String(thrown)}`);
    });
    for (const record of changed) deps.told(record);
  };

  /** Desk time that the desk has told in this run goes by the steady clock: then nothing moved (C9). */
  const noticeSetClock = (): void => {
    const { setMs } = clocks();
    if (setMs === 0 || deskTime.isConfirmed()) return;
    log.info(`alerts: wait, the clock was set by ${Math.round(setMs / 1_000)} s`);
    // A clock that is set again and again does not put alerts off for ever.
    heldSinceMs ??= steady().ms;
    deps.clockChanged();
  };

  /** With a changed clock nobody knows the time until the desk has told it, or is found not to answer. */
  const isHeld = (): boolean => {
    if (heldSinceMs === null) return false;
    if (deskTime.isConfirmed() || steady().ms - heldSinceMs >= HOLD_MS) heldSinceMs = null;
    return heldSinceMs !== null;
  };

  const isRunning = ({ ticketId, clock, dueAt }: AlertRecord): boolean =>
    watch
      .tickets()
      .get(ticketId)
      ?.clocks.some((each) => each.id === clock && each.dueAt === dueAt) === true;

  const tick = (): void => {
    if (stopped) return;
    if (looking !== null) {
      again = true;
      return;
    }
    clearTimeout(timer);
    looking = look()
      .catch((thrown: unknown) => {
        log.error(`alerts: ${String(thrown)}`);
        if (!stopped) timer = setTimeout(tick, MOST_MS);
      })
      .finally(() => {
        looking = null;
        if (again) {
          again = false;
          tick();
        }
      });
  };

  return {
    tick,
    acknowledge: async (ticketId) => {
      const ticket = watch.tickets().get(ticketId);
      if (ticket === undefined) return;
      const overdue = ticket.clocks
        .filter(({ severity, dueAt }) => severity === 'critical' && dueAt <= deskTime.nowMs())
        .map(({ id, severity, dueAt }): Alert => {
          const { reference, subject, organisation } = ticket;
          const key = `${ticketId}|${id}|${dueAt}|due`;
          const about = { ticketId, reference, subject, organisation, clock: id, severity };
          return { key, ...about, dueAt, edgeAt: dueAt, repeats: false };
        });
      for (const record of await ledger.acknowledge(ticketId, overdue, deskTime.nowMs()))
        deps.told(record);
    },
    settled: async () => {
      while (looking !== null) await looking;
    },
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await looking;
    },
  };
}

/** Why one from before a start is not given any more. */
const OVER = 'the promise was kept or moved before it could be shown';

function partition<T>(all: readonly T[], is: (each: T) => boolean): [T[], T[]] {
  return [all.filter(is), all.filter((each) => !is(each))];
}

function alertOf(record: AlertRecord): Alert {
  const { key, ticketId, reference, subject, clock, severity, dueAt, at } = record;
  const about = { key, ticketId, reference, subject, organisation: '', clock, severity };
  return { ...about, dueAt, edgeAt: at, repeats: false };
}
