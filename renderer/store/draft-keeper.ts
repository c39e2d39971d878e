import type { Timers } from '../../shared/base/timers.ts';
import { draftModes } from '../../shared/bridge/drafts.ts';
import type { DraftMode, KeptDraft } from '../../shared/bridge/drafts.ts';
import { agentWords } from '../bridge/agent-words.ts';
import type { StoreApi } from 'zustand/vanilla';
import type { Bridge } from '../bridge/bridge.ts';
import type { ConsoleState, DraftFate, TicketDrafts } from './console-state.ts';
import type { DeskClock } from './desk-clock.ts';
import { carried } from '../../shared/tickets/attachment.ts';
import { draftSign, draftTexts, modeFiles, readDraft, withFiles } from './draft-texts.ts';

/** Keeps what is begun beside the journal, soon after each key (S17). */
export type DraftKeeper = {
  /** Takes what main has kept; what is begun on this page already stays. */
  take: (kept: readonly KeptDraft[]) => void;
  /** Saves what is not saved yet; resolves when main has answered. */
  flush: () => Promise<void>;
};

/** Saved so long after the last key, and no longer than that after the first unsaved one: within 500 ms. */
const PAUSE_MS = 200;
const LONGEST_MS = 400;
/** What the disk did not take is tried again. */
const AGAIN_MS = 5_000;

export function draftKeeper(
  { state, bridge, clock }: { state: StoreApi<ConsoleState>; bridge: Bridge; clock: DeskClock },
  timers: Timers,
): DraftKeeper {
  /** What main has, or is being given, by ticket and mode. */
  const given = new Map<string, string>();
  const saving = new Map<string, Promise<void>>();
  let stopTimer = (): void => undefined;
  /** When the first key that is not saved was pressed; null where all is. */
  let unsavedSince: number | null = null;

  const setFate = (key: string, fate: DraftFate | null): void => {
    const { [key]: _before, ...others } = state.getState().draftFates;
    state.setState({ draftFates: fate === null ? others : { ...others, [key]: fate } });
  };

  const later = (ms: number): void => {
    stopTimer();
    stopTimer = timers.after(ms, () => {
      void flush();
    });
  };

  const save = async (ticketId: string, mode: DraftMode): Promise<void> => {
    const key = draftKey(ticketId, mode);
    const drafts = state.getState().drafts[ticketId];
    const sign = draftSign(drafts, mode);
    if (sign === (given.get(key) ?? '')) return;
    const takenBack = state.getState().takenBack[key] ?? null;
    const text = drafts === undefined ? '' : draftTexts(drafts)[mode];
    const files = carried({ attachments: modeFiles(drafts, mode) });
    const answer = await bridge.call('drafts.save', { ticketId, mode, text, ...files, takenBack });
    if (!answer.ok) {
      setFate(key, { kind: 'failed', words: agentWords(answer.error) });
      later(AGAIN_MS);
      return;
    }
    given.set(key, sign);
    // Something may have been typed while it was being saved.
    if (draftSign(state.getState().drafts[ticketId], mode) === sign)
      setFate(key, sign === '' ? null : { kind: 'saved' });
  };

  /** One save of a draft at a time: the next one takes what stands there then. */
  const saveInTurn = (ticketId: string, mode: DraftMode): Promise<void> => {
    const key = draftKey(ticketId, mode);
    const done = (saving.get(key) ?? Promise.resolve()).then(() => save(ticketId, mode));
    saving.set(key, done);
    void done.then(() => {
      if (saving.get(key) === done) saving.delete(key);
    });
    return done;
  };

  const flush = async (): Promise<void> => {
    stopTimer();
    unsavedSince = null;
    const { drafts } = state.getState();
    const changed = Object.entries(drafts).flatMap(([ticketId, each]) => {
      return draftModes
        .filter((mode) => draftSign(each, mode) !== (given.get(draftKey(ticketId, mode)) ?? ''))
        .map((mode) => saveInTurn(ticketId, mode));
    });
    await Promise.all([...changed, ...saving.values()]);
  };

  state.subscribe((now, before) => {
    if (now.drafts === before.drafts) return;
    for (const [ticketId, drafts] of Object.entries(now.drafts)) {
      if (drafts === before.drafts[ticketId]) continue;
      for (const mode of draftModes) {
        const key = draftKey(ticketId, mode);
        if (
          draftSign(drafts, mode) !== (given.get(key) ?? '') &&
          now.draftFates[key]?.kind === 'saved'
        )
          setFate(key, null);
      }
    }
    unsavedSince ??= clock.now();
    later(Math.max(0, Math.min(PAUSE_MS, unsavedSince + LONGEST_MS - clock.now())));
  });

  return {
    take: (kept) => {
      const drafts: Record<string, TicketDrafts> = { ...state.getState().drafts };
      const draftFates: Record<string, DraftFate> = { ...state.getState().draftFates };
      for (const { ticketId, mode, text, attachments = [] } of kept) {
        const key = draftKey(ticketId, mode);
        const read = {
          ...readDraft(mode, text),
          ...withFiles(drafts[ticketId], mode, attachments),
        };
        // A form that this version cannot read is left where it is.
        if (draftSign(read, mode) === '' || draftSign(drafts[ticketId], mode) !== '') continue;
        given.set(key, draftSign(read, mode));
        drafts[ticketId] = { ...drafts[ticketId], ...read };
        draftFates[key] = { kind: 'saved' };
      }
      state.setState({ drafts, draftFates });
    },
    flush,
  };
}

/** A draft's place among all. */
export function draftKey(ticketId: string, mode: DraftMode): string {
  return `${ticketId} ${mode}`;
}
