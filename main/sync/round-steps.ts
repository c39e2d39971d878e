import { err, ok } from '../../shared/base/result.ts';
import type { Result } from '../../shared/base/result.ts';
import type { SyncQuestion, SyncStatus } from '../../shared/bridge/sync-status.ts';
import type { Cursor } from '../../shared/protocol/cursor.ts';
import type { DeskInfo } from '../../shared/protocol/desk-info.ts';
import { MAX_FETCHED } from '../../shared/protocol/fetch-rows.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/protocol-version.ts';
import { MAX_PAGE_VERSIONS } from '../../shared/protocol/pull.ts';
import type { PageEnvelope } from '../../shared/protocol/pull.ts';
import { isSame } from './cursors.ts';
import { rowsOf } from './desk-client.ts';
import type { Fetched, Page } from './desk-client.ts';
import type { DeskFault } from './desk-fault.ts';
import type { SyncDeps } from './sync-deps.ts';
import type { SyncAnswer } from './machine-state.ts';
import { pushStep } from './push-step.ts';

type Answer = Promise<Result<SyncAnswer, DeskFault>>;

/** What a round of sync does (machine.ts), each step with one request to the desk or none. */
export type RoundSteps = {
  /** Which desk it is, in which life, and for whom the sign-in stands. */
  confirm: () => Answer;
  /** The next page for the watch table. */
  pull: () => Answer;
  /** The next wanted rows for the watch table (S8). */
  fetch: () => Answer;
  push: () => Answer;
  /** After the agent's yes: the journal learns of the desk's new life, the watch table is emptied (S7). */
  restore: () => Answer;
  /** The agent said yes to what the next list takes (S7). */
  acceptList: () => void;
  pullPage: (cursor: Cursor | null) => Promise<Result<Page, DeskFault>>;
  fetchById: (epoch: string, ids: readonly string[]) => Promise<Result<Fetched, DeskFault>>;
  /** How far a console is that was a long way behind. */
  progress: () => SyncStatus['progress'];
};

/** What the steps tell the loop. */
export type StepsTold = {
  /** The watch table took this page. */
  stored: (page: Page) => void;
  /** What both caches hold may have changed. */
  settle: () => Promise<void>;
};

/** A clock that moved by so much is worth a line in the log. */
const WORTH_A_LINE_MS = 1_000;
const notThisDesk: DeskFault = {
  kind: 'wrong-desk',
  message: 'The answer came from another desk.',
};

export function roundSteps(deps: SyncDeps, { stored, settle }: StepsTold): RoundSteps {
  const { client, journal, watch, clock, log, told } = deps;
  const { owner } = journal;
  const pusher = pushStep(deps);
  let progress: SyncStatus['progress'] = null;
  let accepting = false;

  /**
   * Each answer that says the time is a measurement. A connection begins with three, this one and a pull before and
   * after the push, so none is asked for only to look at the clock.
   */
  const measure = (deskNowMs: number, askedMs: number): void => {
    const isFirst = !clock.isConfirmed();
    const { movedMs, errorMs } = clock.measure(deskNowMs, askedMs);
    watch.noteDesk(clock.facts());
    if (isFirst || Math.abs(movedMs) > WORTH_A_LINE_MS)
      log.info(`clock: moved by ${Math.round(movedMs)} ms, to within ${Math.ceil(errorMs)} ms`);
  };

  const wrongDesk = (info: DeskInfo): DeskFault | null => {
    if (info.deskId !== owner.deskId)
      return { kind: 'wrong-desk', message: 'This address now leads to another desk.' };
    if (info.agent.id !== owner.agentId)
      return { kind: 'wrong-desk', message: 'The desk knows this sign-in as another agent.' };
    if (info.protocol < PROTOCOL_VERSION)
      return { kind: 'refused', message: 'The desk is older than this console.' };
    return null;
  };

  const confirm = async (): Answer => {
    const answer = await client.info();
    if (!answer.ok) return answer;
    const { info, askedMs } = answer.value;
    const fault = wrongDesk(info);
    if (fault !== null) return err(fault);
    const known = await knowLife(info.epoch);
    if (!known.ok) return known;
    measure(info.now, askedMs);
    watch.noteDesk({ demo: info.demo });
    await watch.admit();
    told.info(info);
    return ok({ kind: 'confirmed' });
  };

  /** Another life of the desk needs the agent's yes (S7). Where the journal has it, only the caches are to follow. */
  const knowLife = async (epoch: string): Promise<Result<void, DeskFault>> => {
    const inWatch = watch.meta().cursor?.epoch ?? epoch;
    if ((journal.state.epoch ?? inWatch) !== epoch)
      return err({ kind: 'unknown-cursor', message: 'The desk is in another life.' });
    if (inWatch !== epoch) await watch.rebuild();
    const noted = await journal.noteEpoch(epoch);
    return noted.ok ? noted : err({ kind: 'refused', message: noted.error.message });
  };

  const pullPage = (cursor: Cursor | null): Promise<Result<Page, DeskFault>> =>
    client.pull({
      protocol: PROTOCOL_VERSION,
      consoleId: owner.consoleId,
      cursor,
      limit: MAX_PAGE_VERSIONS,
      atLeast: pusher.atLeast(),
    });

  const fetchRows = (epoch: string, ids: readonly string[], entries: boolean) =>
    client.fetchRows({
      protocol: PROTOCOL_VERSION,
      consoleId: owner.consoleId,
      epoch,
      ids: [...ids],
      entries,
    });

  const pulled = (more: boolean): Result<SyncAnswer, DeskFault> =>
    ok({ kind: 'pulled', more, wanting: watch.wanted().count > 0 });

  const pull = async (): Answer => {
    const from = watch.meta().cursor;
    const page = await pullPage(from);
    if (!page.ok) return page;
    const { envelope } = page.value;
    if (envelope.deskId !== owner.deskId) return err(notThisDesk);
    // Before its rows are read: that takes time, too.
    measure(envelope.now, page.value.askedMs);
    const rows = rowsOf(page.value);
    if (!rows.ok) return rows;
    const noted = await noteInJournal(envelope);
    if (!noted.ok) return noted;
    const result = await watch.storePage(envelope, rows.value, accepting);
    if (result === null) {
      if (isSame(watch.meta().cursor, from))
        return err({
          kind: 'bad-answer',
          message: 'The desk sent another page than was asked for.',
        });
      // The table stands elsewhere by now: the next pull begins there.
      return pulled(true);
    }
    if ('removing' in result) {
      const question: SyncQuestion = { kind: 'short-list', ...result };
      return ok({ kind: 'asked', question });
    }
    if (envelope.list !== null) accepting = false;
    progress = progressOf(progress, from, envelope);
    stored(page.value);
    told.page(result);
    await settle();
    return pulled(envelope.more);
  };

  /** Before the page is stored: it never comes again. */
  const noteInJournal = async (envelope: PageEnvelope): Promise<Result<void, DeskFault>> => {
    const isGone = goneBy(envelope);
    const stripped = isGone === null ? ok(false) : await journal.strip(isGone);
    if (!stripped.ok) return err({ kind: 'refused', message: stripped.error.message });
    if (stripped.value) told.commands();
    if (isGone !== null) await told.gone?.(isGone);
    const { safe, cursor } = envelope;
    if (safe === null || safe.epoch !== cursor.epoch) return ok(undefined);
    const noted = await journal.noteSafe(safe);
    return noted.ok ? noted : err({ kind: 'refused', message: noted.error.message });
  };

  const fetchWanted = async (): Answer => {
    const { cursor } = watch.meta();
    const ids = watch.nextWanted(MAX_FETCHED);
    if (cursor === null || ids.length === 0) return ok({ kind: 'fetched', wanting: false });
    const answer = await fetchRows(cursor.epoch, ids, false);
    if (!answer.ok) return answer;
    if (answer.value.envelope.deskId !== owner.deskId) return err(notThisDesk);
    measure(answer.value.envelope.now, answer.value.askedMs);
    const rows = rowsOf(answer.value);
    if (!rows.ok) return rows;
    const result = await watch.storeFetched(answer.value.envelope, rows.value);
    if (result === null)
      return err({ kind: 'bad-answer', message: 'The desk sent rows that were not asked for.' });
    told.fetched?.(result);
    await settle();
    return ok({ kind: 'fetched', wanting: watch.wanted().count > 0 });
  };

  const restore = async (): Answer => {
    const answer = await client.info();
    if (!answer.ok) return answer;
    const { info } = answer.value;
    const fault = wrongDesk(info);
    if (fault !== null) return err(fault);
    // First what only this console has: should it end in between, it asks again and does the same again.
    const noted = await journal.restore(info.epoch, info.epochVersion);
    if (!noted.ok) return err({ kind: 'refused', message: noted.error.message });
    pusher.restored();
    told.commands();
    await watch.rebuild();
    return ok({ kind: 'restored' });
  };

  return {
    confirm,
    pull,
    fetch: fetchWanted,
    push: pusher.push,
    restore,
    acceptList: () => {
      accepting = true;
    },
    pullPage,
    fetchById: (epoch, ids) => fetchRows(epoch, ids, true),
    progress: () => progress,
  };
}

/** Which tickets a page takes from the agent's sight (S14); null where none. Retention takes none: it may be read. */
function goneBy({ removals, list }: PageEnvelope): ((ticketId: string) => boolean) | null {
  const moved = new Set(removals.flatMap((each) => (each.cause === 'moved' ? each.ticketId : [])));
  if (list === null) return moved.size === 0 ? null : (ticketId) => moved.has(ticketId);
  const visible = new Set([...list.open, ...list.ended]);
  return (ticketId) => moved.has(ticketId) || !visible.has(ticketId);
}

function progressOf(
  before: SyncStatus['progress'],
  from: Cursor | null,
  envelope: PageEnvelope,
): SyncStatus['progress'] {
  if (!envelope.more) return null;
  const covered = envelope.cursor.version - (from?.version ?? 0);
  const done = (before?.done ?? 0) + covered;
  const total = done + Math.max(0, envelope.headVersion - envelope.cursor.version);
  return { of: 'changes', done, total };
}
