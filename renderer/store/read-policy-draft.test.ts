import { expect, test } from 'vitest';
import { defaultPolicyDocument } from '../../shared/policy/policy-document.ts';
import type { PolicyDraft } from './policy-edit.ts';
import { formOf } from './policy-form.ts';
import { documentKey, documentText, draftText, readDraft } from './read-policy-draft.ts';

const NOW = Date.UTC(2026, 10, 24);

function draft(change: Partial<PolicyDraft> = {}): PolicyDraft {
  return {
    baseRules: 1,
    base: defaultPolicyDocument,
    mode: 'form',
    form: formOf(defaultPolicyDocument),
    text: documentText(defaultPolicyDocument),
    ...change,
  };
}

test('C15: form and text of the same document have the same key, in whatever order it is written', () => {
  const turned = Object.fromEntries(Object.entries(defaultPolicyDocument).toReversed());
  const asText = readDraft(draft({ mode: 'text', text: JSON.stringify(turned) }), NOW);
  expect(asText.key).toBe(readDraft(draft(), NOW).key);
  expect(asText.key).toBe(documentKey(defaultPolicyDocument));
});

test('C15: every fault has its path and words for a lead', () => {
  const form = formOf(defaultPolicyDocument);
  const { faults, document } = readDraft(
    draft({
      form: {
        ...form,
        holidays: ['2026-13-01'],
        targetHours: { ...form.targetHours, high: '', low: '-1' },
        shifts: [{ team: 'team-1', shifts: [{ name: '', days: [], from: '6', until: '14:00' }] }],
      },
    }),
    NOW,
  );
  expect(document).toBeNull();
  expect(faults).toEqual([
    { path: 'holidays.0', reason: 'must be a date such as 2026-12-25' },
    { path: 'targetHours.high', reason: 'must be a number' },
    { path: 'targetHours.low', reason: 'must be more than 0' },
    { path: 'shifts.team-1.0.name', reason: 'must not be empty' },
    { path: 'shifts.team-1.0.days', reason: 'must not be empty' },
    { path: 'shifts.team-1.0.from', reason: 'must be a time such as 06:30' },
  ]);
});

test('C15: no reason reads as a schema wrote it', () => {
  const strange = {
    timeZone: 7,
    holidays: 'none',
    targetHours: null,
    serverSupport24x7: 'no',
    shifts: { 'a b': [] },
    onSeverityChange: 'kind',
    extra: 1,
  };
  const { faults, form } = readDraft(draft({ mode: 'text', text: JSON.stringify(strange) }), NOW);
  expect(form).toBeNull();
  for (const { reason } of faults) expect(reason).not.toMatch(/Invalid|expected|received|Too /);
});

test('a text that is no JSON says where, and is kept', () => {
  const text = '{\n  "timeZone": \n}';
  const broken = draft({ mode: 'text', text });
  expect(readDraft(broken, NOW)).toMatchObject({
    syntax: { line: 3, column: 1, reason: 'a value is expected here' },
    document: null,
    form: null,
  });
  expect(draftText(broken)).toBe(text);
});

test('a text with a wrong value can still be shown as a form', () => {
  const text = documentText({ ...defaultPolicyDocument, timeZone: 'Mars/Olympus' });
  const { form, faults } = readDraft(draft({ mode: 'text', text }), NOW);
  expect(form?.timeZone).toBe('Mars/Olympus');
  expect(faults.map((fault) => fault.path)).toEqual(['timeZone']);
});
