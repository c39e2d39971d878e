import type { DocumentFault } from '../../shared/policy/check-document.ts';
import type { PolicyDocument } from '../../shared/policy/policy-document.ts';
import type { PolicyEffect } from '../../shared/protocol/policy-edit.ts';
import type { PolicyForm } from './policy-form.ts';

/** What a lead has begun to change; kept while the program runs, until it is saved or discarded. */
export type PolicyDraft = {
  /** The rules it began with (C15), and what they were. */
  baseRules: number;
  base: PolicyDocument;
  /** Which of the two holds the truth. */
  mode: 'form' | 'text';
  form: PolicyForm;
  text: string;
};

/** An edit that was put aside for newer rules; as text, so that nothing of it is lost. */
export type KeptEdit = { baseRules: number; base: PolicyDocument; text: string };

/** What the desk said of one exact document; `key` names it. */
export type PolicySaid =
  | { kind: 'preview'; key: string; effect: PolicyEffect }
  | { kind: 'faults'; key: string; faults: readonly DocumentFault[] }
  | { kind: 'unchanged'; key: string }
  /** It did not come to an answer. */
  | { kind: 'problem'; key: string; message: string };

export type PolicyEdit = {
  draft: PolicyDraft | null;
  busy: 'preview' | 'save' | null;
  said: PolicySaid | null;
  /** The rules that the desk has, where it said that the edit began with older ones. */
  outdatedBy: number | null;
  /** The rules that were saved here last: they may still be on their way to this console. */
  savedRules: number | null;
  kept: KeptEdit | null;
};

export const noPolicyEdit: PolicyEdit = {
  draft: null,
  busy: null,
  said: null,
  outdatedBy: null,
  savedRules: null,
  kept: null,
};
