import type { CompiledPolicy } from '../../../shared/policy/compiled-policy.ts';
import type { PolicyDraft, PolicyEdit } from '../../store/policy-edit.ts';
import { documentKey } from '../../store/read-policy-draft.ts';
import type { DraftReading } from '../../store/read-policy-draft.ts';
import { effectSummary } from './effect-words.ts';

export type FootState = {
  /** What comes next, or why it cannot. */
  words: string;
  isProblem: boolean;
  /** There is something to lose. */
  isChanged: boolean;
  canPreview: boolean;
  canSave: boolean;
};

/** What can be done with the draft now. Saving is for exactly the document that was previewed. */
export function footState({
  edit: { said, busy, outdatedBy },
  policy,
  draft,
  reading,
  isOnline,
  mayEdit,
}: {
  edit: PolicyEdit;
  policy: Pick<CompiledPolicy, 'rules'>;
  draft: PolicyDraft;
  reading: DraftReading;
  isOnline: boolean;
  mayEdit: boolean;
}): FootState {
  const isChanged = reading.key !== documentKey(draft.base);
  const no = { isChanged, isProblem: false, canPreview: false, canSave: false };
  if (busy === 'preview') return { ...no, words: 'Asking the desk what this would do…' };
  if (busy === 'save') return { ...no, words: 'Saving…' };
  const answered = said !== null && said.key === reading.key ? said : null;
  if (!mayEdit)
    return { ...no, words: 'You are not a lead here any more: copy your edit, or discard it.' };
  if (reading.document === null) return { ...no, words: 'Mend what is wrong, then preview.' };
  if (outdatedBy !== null || policy.rules > draft.baseRules)
    return { ...no, words: 'Newer rules are in force: load them first.' };
  if (!isChanged) return { ...no, words: 'Nothing is changed yet.' };
  if (!isOnline)
    return {
      ...no,
      words: 'Not online: preview and save need the desk. Your edit stays here until then.',
    };
  const may = { ...no, canPreview: true };
  if (answered === null) return { ...may, words: 'Preview it, then you can save.' };
  switch (answered.kind) {
    case 'preview':
      return { ...may, words: effectSummary(answered.effect), canSave: true };
    case 'unchanged':
      return { ...may, words: 'These are the rules in force already: there is nothing to save.' };
    case 'problem':
      return { ...may, words: answered.message, isProblem: true };
    case 'faults':
      return { ...may, words: 'The desk refused it: mend what it names.', isProblem: true };
  }
}
