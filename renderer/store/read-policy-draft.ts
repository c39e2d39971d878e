import { readJson } from '../../shared/base/read-json.ts';
import type { JsonFault } from '../../shared/base/read-json.ts';
import { checkDocument } from '../../shared/policy/check-document.ts';
import type { DocumentFault } from '../../shared/policy/check-document.ts';
import type { PolicyDocument } from '../../shared/policy/policy-document.ts';
import type { PolicyDraft } from './policy-edit.ts';
import { documentOf, formOf, looseDocumentSchema } from './policy-form.ts';
import type { PolicyForm } from './policy-form.ts';

/** What a draft says, and what is wrong with it. */
export type DraftReading = {
  /** The text is not JSON. */
  syntax: JsonFault | null;
  faults: readonly DocumentFault[];
  /** Null while anything is wrong. */
  document: PolicyDocument | null;
  /** Names exactly this document, whatever it was written as; null while anything is wrong. */
  key: string | null;
  /** Null where a form could not show all of it. */
  form: PolicyForm | null;
};

/** `now` is where it is tried that targets end, ms since epoch. */
export function readDraft(draft: PolicyDraft, now: number): DraftReading {
  if (draft.mode === 'form') return { ...check(documentOf(draft.form), now), form: draft.form };
  const parsed = readJson(draft.text);
  if (!parsed.ok)
    return { syntax: parsed.error, faults: [], document: null, key: null, form: null };
  const loose = looseDocumentSchema.safeParse(parsed.value);
  return { ...check(parsed.value, now), form: loose.success ? formOf(loose.data) : null };
}

/** The draft's content as JSON, also where it has faults. */
export function draftText(draft: PolicyDraft): string {
  return draft.mode === 'text' ? draft.text : documentText(documentOf(draft.form));
}

export function documentText(document: unknown): string {
  return JSON.stringify(document, null, 2);
}

/** The same for the same document. */
export function documentKey(document: PolicyDocument): string {
  return JSON.stringify(document);
}

function check(written: unknown, now: number): Omit<DraftReading, 'form'> {
  const checked = checkDocument(written, now);
  if (!checked.ok) return { syntax: null, faults: checked.error, document: null, key: null };
  const document = checked.value;
  return { syntax: null, faults: [], document, key: documentKey(document) };
}
