import { expect, test } from 'vitest';
import { defaultPolicyDocument } from '../../../shared/policy/policy-document.ts';
import { noPolicyEdit } from '../../store/policy-edit.ts';
import type { PolicyDraft, PolicyEdit } from '../../store/policy-edit.ts';
import { formOf } from '../../store/policy-form.ts';
import { documentText, readDraft } from '../../store/read-policy-draft.ts';
import { footState } from './foot-state.ts';

const NOW = Date.UTC(2026, 10, 24);
const form = formOf(defaultPolicyDocument);
const untouched: PolicyDraft = {
  baseRules: 2,
  base: defaultPolicyDocument,
  mode: 'form',
  form,
  text: documentText(defaultPolicyDocument),
};
const changed: PolicyDraft = { ...untouched, form: { ...form, progressUpdateDays: '2' } };

function foot(
  draft: PolicyDraft,
  edit: Partial<PolicyEdit> = {},
  other: { rules?: number; isOnline?: boolean; mayEdit?: boolean } = {},
) {
  const { rules = 2, isOnline = true, mayEdit = true } = other;
  const reading = readDraft(draft, NOW);
  return footState({
    edit: { ...noPolicyEdit, draft, ...edit },
    policy: { rules },
    draft,
    reading,
    isOnline,
    mayEdit,
  });
}

test('C14: preview for what is changed, save for what was previewed', () => {
  expect(foot(untouched)).toMatchObject({ canPreview: false, canSave: false, isChanged: false });
  expect(foot(changed)).toMatchObject({ canPreview: true, canSave: false, isChanged: true });
  const effect = {
    at: NOW,
    openTickets: 4,
    changedTickets: 1,
    byClock: [],
    overdueBefore: 0,
    overdueAfter: 0,
    atRiskBefore: 0,
    atRiskAfter: 0,
    examples: [],
  };
  const key = readDraft(changed, NOW).key ?? '';
  const said = { kind: 'preview', key, effect } as const;
  expect(foot(changed, { said })).toMatchObject({ canSave: true });
  expect(foot(changed, { said: { ...said, key: 'another' } })).toMatchObject({ canSave: false });
  expect(foot(changed, { said }, { rules: 3 })).toMatchObject({ canSave: false });
  expect(foot(changed, { said, busy: 'save' })).toMatchObject({ canSave: false });
});

test.each([
  [changed, { isOnline: false }, /Not online/],
  [changed, { mayEdit: false }, /not a lead/],
  [changed, { rules: 3 }, /Newer rules/],
  [{ ...changed, form: { ...form, progressUpdateDays: 'x' } }, {}, /Mend/],
])('what bars the way is said', (draft, other, words) => {
  const state = foot(draft, {}, other);
  expect(state).toMatchObject({ canPreview: false, canSave: false });
  expect(state.words).toMatch(words);
});
