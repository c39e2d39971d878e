import { createHash } from 'node:crypto';
import { err, ok } from '../../shared/base/result.ts';
import type { Result } from '../../shared/base/result.ts';
import { keptDraftSchema } from '../../shared/bridge/drafts.ts';
import type { DraftMode, KeptDraft } from '../../shared/bridge/drafts.ts';

/** A draft as its file has it: a line that says what it is and the checksum of the rest, then JSON. */

const MAGIC = 'agent-console-draft 1';

/** The same for the same ticket and mode; fit for every file system, whatever is in the ticket's id. */
export function draftFileName(ticketId: string, mode: DraftMode): string {
  return `${sha256(`${ticketId} ${mode}`).slice(0, 32)}.draft`;
}

export function encodeDraft(draft: KeptDraft): string {
  const text = JSON.stringify(draft);
  return `${MAGIC} ${sha256(text)}\n${text}`;
}

/** What is damaged is told from what is whole, also where the damage is within a word of the text. */
export function decodeDraft(content: string): Result<KeptDraft, 'damaged'> {
  const end = content.indexOf('\n');
  const text = content.slice(end + 1);
  if (end === -1 || content.slice(0, end) !== `${MAGIC} ${sha256(text)}`) return err('damaged');
  try {
    const parsed = keptDraftSchema.safeParse(JSON.parse(text));
    return parsed.success ? ok(parsed.data) : err('damaged');
  } catch {
    return err('damaged');
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
