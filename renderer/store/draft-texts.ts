import { z } from 'zod';
import { unreachable } from '../../shared/base/assert.ts';
import { draftModes } from '../../shared/bridge/drafts.ts';
import type { DraftMode } from '../../shared/bridge/drafts.ts';
import { attemptSchema } from '../../shared/tickets/attempt.ts';
import { escalationLevels, escalationReasons } from '../../shared/tickets/escalation-level.ts';
import type { Attachment } from '../../shared/tickets/attachment.ts';
import { fileDrafts } from './console-state.ts';
import type { FileDraft, TicketDrafts } from './console-state.ts';

/** Drafts as main keeps them: texts as they are, forms as JSON (S17). */

const attemptDraftSchema = attemptSchema.extend({
  outcome: attemptSchema.shape.outcome.nullable(),
});
const escalationDraftSchema = z.strictObject({
  level: z.enum(escalationLevels).nullable(),
  reason: z.enum(escalationReasons).nullable(),
  text: z.string(),
});
const dataRequestDraftSchema = z.strictObject({
  what: z.string(),
  why: z.string(),
  isPublic: z.boolean(),
});
const conversionDraftSchema = z.strictObject({
  reason: z.string(),
  message: z.string().nullable(),
});

/** The text that is kept of each mode; empty where nothing is begun. */
export function draftTexts(drafts: TicketDrafts): Readonly<Record<DraftMode, string>> {
  const { reply, note, attempt, escalation, dataRequest, conversion } = drafts;
  return {
    reply: written(reply),
    note: written(note),
    attempt: form(attempt),
    escalation: form(escalation),
    'data-request': form(dataRequest),
    conversion: form(conversion),
  };
}

/** The modes in which something is begun. */
export function begunModes(drafts: TicketDrafts | undefined): DraftMode[] {
  if (drafts === undefined) return [];
  return draftModes.filter((mode) => draftSign(drafts, mode) !== '');
}

/** Which of the drafts that carry files a mode is. */
function fileDraft(mode: DraftMode): FileDraft | null {
  return (
    fileDrafts.find((each) => each === (mode === 'data-request' ? 'dataRequest' : mode)) ?? null
  );
}

/** The files that are kept of a mode (S16). */
export function modeFiles(
  drafts: TicketDrafts | undefined,
  mode: DraftMode,
): readonly Attachment[] {
  const kind = fileDraft(mode);
  return kind === null ? [] : (drafts?.files?.[kind] ?? []);
}

/** Kept files of a mode, as part of a draft again. */
export function withFiles(
  drafts: TicketDrafts | undefined,
  mode: DraftMode,
  files: readonly Attachment[],
): Pick<TicketDrafts, 'files'> {
  const kind = fileDraft(mode);
  return kind === null || files.length === 0 ? {} : { files: { ...drafts?.files, [kind]: files } };
}

/** Tells one state of a draft from another, its files included; empty where nothing is begun. */
export function draftSign(drafts: TicketDrafts | undefined, mode: DraftMode): string {
  if (drafts === undefined) return '';
  const text = draftTexts(drafts)[mode];
  const files = modeFiles(drafts, mode);
  return files.length === 0 ? text : JSON.stringify([text, files]);
}

/** What was kept, as a draft again. What this version cannot read is no draft: empty. */
export function readDraft(mode: DraftMode, text: string): TicketDrafts {
  switch (mode) {
    case 'reply':
      return { reply: text };
    case 'note':
      return { note: text };
    case 'attempt':
      return read(attemptDraftSchema, text, (attempt) => ({ attempt }));
    case 'escalation':
      return read(escalationDraftSchema, text, (escalation) => ({ escalation }));
    case 'data-request':
      return read(dataRequestDraftSchema, text, (dataRequest) => ({ dataRequest }));
    case 'conversion':
      return read(conversionDraftSchema, text, (conversion) => ({ conversion }));
    default:
      return unreachable(mode);
  }
}

function written(text: string | undefined): string {
  return text === undefined || text.trim() === '' ? '' : text;
}

function form(value: object | undefined): string {
  return value === undefined ? '' : JSON.stringify(value);
}

function read<T>(
  schema: z.ZodType<T>,
  text: string,
  made: (value: T) => TicketDrafts,
): TicketDrafts {
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success ? made(parsed.data) : {};
  } catch {
    return {};
  }
}
