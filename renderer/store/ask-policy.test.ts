import { expect, test } from 'vitest';
import { err, ok } from '../../shared/base/result.ts';
import type { Result } from '../../shared/base/result.ts';
import type { BridgeError } from '../../shared/bridge/bridge-error.ts';
import { compilePolicy } from '../../shared/policy/compiled-policy.ts';
import { buildDayTable } from '../../shared/policy/day-table.ts';
import { defaultPolicyDocument } from '../../shared/policy/policy-document.ts';
import type { PolicyDocument } from '../../shared/policy/policy-document.ts';
import type { PolicyAnswer, PolicyEffect } from '../../shared/protocol/policy-edit.ts';
import { openBridge } from '../bridge/bridge.ts';
import { selected } from './actions.ts';
import { previewPolicy, savePolicy } from './ask-policy.ts';
import { createConsole } from './console.ts';
import { createDeskClock } from './desk-clock.ts';
import {
  beginPolicyEdit,
  changePolicyForm,
  changePolicyText,
  discardPolicyEdit,
  loadNewerPolicy,
  switchPolicyMode,
  takeKeptEdit,
} from './policy-draft.ts';
import { leavePage, openPage, openTicket } from './selection.ts';
import { createTicker } from './ticker.ts';

const NOW = Date.UTC(2026, 10, 24);

function policy(rules: number, document: PolicyDocument = defaultPolicyDocument) {
  const days = buildDayTable('UTC', NOW, NOW + 800 * 86_400_000);
  return compilePolicy({ version: rules, rules, rulesAt: NOW, agentId: null, document, days });
}

const effect: PolicyEffect = {
  at: NOW,
  openTickets: 40,
  changedTickets: 3,
  byClock: [],
  overdueBefore: 1,
  overdueAfter: 1,
  atRiskBefore: 0,
  atRiskAfter: 0,
  examples: [],
};

function start(role: 'agent' | 'lead' | 'admin' = 'lead') {
  const asked: { name: string; params: unknown }[] = [];
  const answers: Result<PolicyAnswer, BridgeError>[] = [];
  const console = createConsole({
    timers: { after: () => () => undefined },
    clock: createDeskClock(() => NOW),
    ticker: createTicker({ now: () => NOW, after: () => () => undefined, isHidden: () => true }),
    bridge: openBridge(
      {
        call: (name, params) => {
          if (!name.startsWith('policy.')) return Promise.resolve(ok({}) as never);
          asked.push({ name, params });
          return Promise.resolve(answers.shift() as never);
        },
        on: () => () => undefined,
      },
      () => undefined,
    ),
  });
  const agent = { id: 'a', version: 1, name: 'Ilse Varga', role, teamIds: [] };
  console.state.setState({ policy: policy(1), agent });
  beginPolicyEdit(console);
  return {
    console,
    asked,
    answers,
    edit: () => console.state.getState().policyEdit,
    notices: () => console.state.getState().notices.map((notice) => notice.text),
    setHigh: (high: string) => {
      changePolicyForm(console, ({ targetHours }) => ({ targetHours: { ...targetHours, high } }));
    },
  };
}

test('C15: only leads and admins begin an edit', () => {
  expect(start('agent').edit().draft).toBeNull();
  expect(start('lead').edit().draft?.baseRules).toBe(1);
  expect(start('admin').edit().draft?.baseRules).toBe(1);
});

test('C14: only exactly what was previewed is saved; any change asks for a new preview', async () => {
  const { console, asked, answers, edit, setHigh, notices } = start();
  setHigh('8');
  await savePolicy(console);
  expect(asked).toEqual([]);

  answers.push(ok({ kind: 'preview', effect }));
  await previewPolicy(console);
  setHigh('9');
  await savePolicy(console);
  expect(asked.map((each) => each.name)).toEqual(['policy.preview']);

  setHigh('8.0');
  answers.push(ok({ kind: 'saved', version: 9, rules: 2, effect }));
  await savePolicy(console);
  expect(asked[1]).toMatchObject({
    name: 'policy.save',
    params: { baseRules: 1, document: { targetHours: { high: 8 } } },
  });
  expect(edit()).toMatchObject({ draft: null, savedRules: 2 });
  expect(notices()).toEqual(['Rules 2 are in force: 3 of 40 open tickets changed.']);
});

test('C15: what has faults here is not sent; faults of the desk stay with their document', async () => {
  const { console, asked, answers, edit, setHigh } = start();
  setHigh('soon');
  await previewPolicy(console);
  expect(asked).toEqual([]);
  setHigh('8');
  answers.push(ok({ kind: 'faults', faults: [{ path: 'targetHours.high', reason: 'no' }] }));
  await previewPolicy(console);
  expect(edit().said).toMatchObject({ kind: 'faults', faults: [{ path: 'targetHours.high' }] });
});

test('C15: newer rules are loaded only on request, and the edit is kept as text', async () => {
  const { console, answers, edit, setHigh } = start();
  setHigh('8');
  answers.push(ok({ kind: 'preview', effect }), ok({ kind: 'outdated', rules: 2 }));
  await previewPolicy(console);
  await savePolicy(console);
  expect(edit()).toMatchObject({ outdatedBy: 2, draft: { baseRules: 1 } });

  // They are not here yet.
  loadNewerPolicy(console);
  expect(edit().draft?.baseRules).toBe(1);
  console.state.setState({
    policy: policy(2, { ...defaultPolicyDocument, firstContactHours: 20 }),
  });
  loadNewerPolicy(console);
  expect(edit()).toMatchObject({
    outdatedBy: null,
    draft: { baseRules: 2, form: { firstContactHours: '20' } },
    kept: { baseRules: 1 },
  });
  expect(JSON.parse(edit().kept?.text ?? '')).toMatchObject({ targetHours: { high: 8 } });

  takeKeptEdit(console);
  expect(edit()).toMatchObject({
    kept: null,
    draft: { baseRules: 2, mode: 'form', form: { targetHours: { high: '8' } } },
  });
});

test('without the desk nothing is saved and nothing is lost', async () => {
  const { console, answers, edit, setHigh } = start();
  setHigh('8');
  answers.push(err({ code: 'no-desk', message: 'The desk cannot be reached.' }));
  await previewPolicy(console);
  expect(edit().said).toMatchObject({
    kind: 'problem',
    message: 'The desk cannot be reached. Your edit stays here; try again when it is back.',
  });
  openPage(console, 'policy');
  leavePage(console);
  expect(edit().draft?.form.targetHours.high).toBe('8');
  discardPolicyEdit(console);
  expect(edit().draft).toBeNull();
});

test('switching between form and text keeps what was written, also what is wrong', () => {
  const { console, edit, setHigh } = start();
  setHigh('soon');
  expect(switchPolicyMode(console, 'text')).toBe(true);
  expect(edit().draft?.text).toContain('"high": "soon"');
  changePolicyText(console, '{ "timeZone": ');
  expect(switchPolicyMode(console, 'form')).toBe(false);
  expect(edit().draft).toMatchObject({ mode: 'text', text: '{ "timeZone": ' });
});

test('a ticket that a page covers cannot be changed; opening one leaves the page', () => {
  const { console } = start();
  console.state.setState({ selectedId: 'T1' });
  openPage(console, 'policy');
  expect(selected(console)).toBeUndefined();
  openTicket(console, 'T2');
  expect(console.state.getState()).toMatchObject({ page: null, selectedId: 'T2' });
});
