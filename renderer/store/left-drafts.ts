import type { DraftMode } from '../../shared/bridge/drafts.ts';
import type { Action } from '../../shared/tickets/command.ts';
import type { Console } from './console.ts';
import type { ConsoleState, TicketDrafts } from './console-state.ts';
import { draftKey } from './draft-keeper.ts';
import { begunModes } from './draft-texts.ts';
import { nothingToCome } from './fullness.ts';

/** Drafts on tickets that are no longer here: their words must not be out of reach (S14, S17). */

export type LeftDraft = { key: string; ticketId: string; mode: DraftMode };

/** Only once all tickets are here, and the desk has been heard: one that is still to come is not gone. */
export function leftDrafts(
  state: Pick<ConsoleState, 'phase' | 'replicaRead' | 'replicaSynced' | 'status' | 'drafts'>,
  isHere: (ticketId: string) => boolean,
): LeftDraft[] {
  if (state.status?.connection !== 'online' || !nothingToCome(state)) return [];
  return Object.entries(state.drafts)
    .filter(([ticketId]) => !isHere(ticketId))
    .flatMap(([ticketId, drafts]) =>
      begunModes(drafts).map((mode) => ({ key: draftKey(ticketId, mode), ticketId, mode })),
    );
}

export function leftDraftsOf({ state, queue }: Pick<Console, 'state' | 'queue'>): LeftDraft[] {
  return leftDrafts(state.getState(), (ticketId) => queue.get(ticketId) !== undefined);
}

/** Where a mode is kept among a ticket's drafts. */
export function draftPlace(mode: DraftMode): Exclude<keyof TicketDrafts, 'files'> {
  return mode === 'data-request' ? 'dataRequest' : mode;
}

/** What a draft would have become, as far as it was filled in; null where there is none. */
export function draftedAction(drafts: TicketDrafts, mode: DraftMode): Action | null {
  const { reply, note, attempt, escalation, dataRequest, conversion } = drafts;
  switch (mode) {
    case 'reply':
      return reply === undefined ? null : { kind: 'reply', text: reply };
    case 'note':
      return note === undefined ? null : { kind: 'note', text: note };
    case 'attempt':
      return attempt === undefined
        ? null
        : {
            kind: 'record-attempt',
            attempt: { ...attempt, outcome: attempt.outcome ?? 'needs-data' },
          };
    case 'escalation':
      return escalation === undefined
        ? null
        : {
            kind: 'escalate',
            level: escalation.level ?? 'support-lead',
            reason: escalation.reason ?? 'other',
            text: escalation.text,
          };
    case 'data-request':
      return dataRequest === undefined ? null : { kind: 'request-data', ...dataRequest };
    case 'conversion':
      return conversion === undefined
        ? null
        : {
            kind: 'convert-to-feature',
            reason: conversion.reason,
            message: conversion.message ?? '',
          };
  }
}
