import { unreachable } from '../../shared/base/assert.ts';
import type { DraftMode } from '../../shared/bridge/drafts.ts';
import { MAX_ATTACHMENTS, attachmentsOf } from '../../shared/tickets/attachment.ts';
import type { Attachment } from '../../shared/tickets/attachment.ts';
import type { Action } from '../../shared/tickets/command.ts';
import type { TicketDrafts } from './console-state.ts';
import { modeFiles, withFiles } from './draft-texts.ts';

/** The draft that an action was written in; null for what is pressed and not written. */
export function draftModeOf(action: Action): DraftMode | null {
  switch (action.kind) {
    case 'reply':
    case 'note':
      return action.kind;
    case 'record-attempt':
      return 'attempt';
    case 'escalate':
      return 'escalation';
    case 'request-data':
      return 'data-request';
    case 'convert-to-feature':
      return 'conversion';
    case 'set-severity':
    case 'set-category':
    case 'undo-conversion':
    case 'set-server-fault':
    case 'assign':
    case 'set-waiting':
    case 'resolve':
    case 'reopen':
    case 'close':
    case 'no-reply-needed':
    case 'reply-needed':
    case 'set-data-request':
    case 'acknowledge-escalation':
    case 'decide':
      return null;
    default:
      return unreachable(action);
  }
}

/**
 * A ticket's drafts with the words of a command in them again, before what has been typed since (S17). Null where a
 * form has been begun since, or more files are added than go together: neither may be lost.
 */
export function putBack(drafts: TicketDrafts, action: Action): TicketDrafts | null {
  const back = wordsBack(drafts, action);
  const mode = draftModeOf(action);
  const files = attachmentsOf(action);
  if (back === null || mode === null || files.length === 0) return back;
  const since = modeFiles(drafts, mode).filter((each) => !isAmong(each, files));
  const all = [...files, ...since];
  return all.length > MAX_ATTACHMENTS ? null : { ...back, ...withFiles(drafts, mode, all) };
}

function wordsBack(drafts: TicketDrafts, action: Action): TicketDrafts | null {
  switch (action.kind) {
    case 'reply':
      return { ...drafts, reply: joined(action.text, drafts.reply) };
    case 'note':
      return { ...drafts, note: joined(action.text, drafts.note) };
    case 'record-attempt':
      return drafts.attempt === undefined ? { ...drafts, attempt: action.attempt } : null;
    case 'escalate': {
      const { level, reason, text } = action;
      return drafts.escalation === undefined
        ? { ...drafts, escalation: { level, reason, text } }
        : null;
    }
    case 'request-data': {
      const { what, why, isPublic } = action;
      return drafts.dataRequest === undefined
        ? { ...drafts, dataRequest: { what, why, isPublic } }
        : null;
    }
    case 'convert-to-feature': {
      const { reason, message } = action;
      return drafts.conversion === undefined
        ? { ...drafts, conversion: { reason, message } }
        : null;
    }
    default:
      return drafts;
  }
}

/** The drafts without the words that were put back, because the command stays after all. */
export function takeOut(drafts: TicketDrafts, action: Action, before: TicketDrafts): TicketDrafts {
  const mode = draftModeOf(action);
  if (mode === 'reply' || mode === 'note') {
    const text = drafts[mode] ?? '';
    const own = action.kind === 'reply' || action.kind === 'note' ? action.text : '';
    if (!text.startsWith(own)) return drafts;
    const put = attachmentsOf(action).filter((each) => !isAmong(each, modeFiles(before, mode)));
    const files = modeFiles(drafts, mode).filter((each) => !isAmong(each, put));
    return {
      ...drafts,
      [mode]: text.slice(own.length).replace(/^\n+/, ''),
      files: { ...drafts.files, [mode]: files },
    };
  }
  // A form that was put back had nothing in its place.
  return mode === null ? drafts : before;
}

function joined(text: string, since: string | undefined): string {
  return since === undefined || since.trim() === '' ? text : `${text}\n\n${since}`;
}

function isAmong({ hash }: Attachment, files: readonly Attachment[]): boolean {
  return files.some((each) => each.hash === hash);
}
