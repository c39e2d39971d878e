import { unreachable } from '../../shared/base/assert.ts';
import type { BridgeError } from '../../shared/bridge/bridge-error.ts';
import type { PolicyAnswer } from '../../shared/protocol/policy-edit.ts';
import { agentWords } from '../bridge/agent-words.ts';
import { counted } from '../words.ts';
import type { Console } from './console.ts';
import { focusOn } from './focus.ts';
import { notify } from './notices.ts';
import { setEdit } from './policy-draft.ts';
import { readDraft } from './read-policy-draft.ts';

/** Asks the desk what the draft would do to the open tickets (C14). Nothing is queued: it needs the desk. */
export async function previewPolicy(console: Console): Promise<void> {
  const { draft, busy } = console.state.getState().policyEdit;
  if (draft === null || busy !== null) return;
  const { document, key } = readDraft(draft, console.clock.now());
  if (document === null || key === null) return;
  setEdit(console, { busy: 'preview', said: null });
  const answer = await console.bridge.call('policy.preview', { document });
  setEdit(console, { busy: null });
  if (answer.ok) takeAnswer(console, key, answer.value);
  else takeProblem(console, key, answer.error);
}

/** Puts the draft in force, if it is exactly what was previewed. */
export async function savePolicy(console: Console): Promise<void> {
  const { draft, busy, said } = console.state.getState().policyEdit;
  if (draft === null || busy !== null) return;
  const { document, key } = readDraft(draft, console.clock.now());
  if (document === null || said?.kind !== 'preview' || said.key !== key) return;
  setEdit(console, { busy: 'save' });
  const answer = await console.bridge.call('policy.save', {
    document,
    baseRules: draft.baseRules,
  });
  setEdit(console, { busy: null });
  if (answer.ok) takeAnswer(console, key, answer.value);
  else takeProblem(console, key, answer.error);
}

function takeAnswer(console: Console, key: string, answer: PolicyAnswer): void {
  // An edit that was discarded meanwhile has nothing to be told.
  const isOpen = console.state.getState().policyEdit.draft !== null;
  switch (answer.kind) {
    case 'preview':
      if (isOpen) setEdit(console, { said: { kind: 'preview', key, effect: answer.effect } });
      return;
    case 'faults':
      if (isOpen)
        setEdit(console, {
          said: { kind: 'faults', key, faults: answer.faults },
        });
      return;
    case 'unchanged':
      if (isOpen) setEdit(console, { said: { kind: 'unchanged', key } });
      return;
    case 'outdated':
      if (isOpen) setEdit(console, { said: null, outdatedBy: answer.rules });
      void console.bridge.call('sync.now', {});
      return;
    case 'saved':
      setEdit(console, { draft: null, said: null, outdatedBy: null, savedRules: answer.rules });
      notify(console, 'info', savedWords(answer));
      // The button that was pressed is gone.
      if (console.state.getState().page === 'policy') focusOn(console, 'page');
      void console.bridge.call('sync.now', {});
      return;
    default:
      unreachable(answer);
  }
}

function takeProblem(console: Console, key: string, error: BridgeError): void {
  if (console.state.getState().policyEdit.draft === null) return;
  setEdit(console, { said: { kind: 'problem', key, message: problemWords(error) } });
}

function savedWords({ rules, effect }: Extract<PolicyAnswer, { kind: 'saved' }>): string {
  const changed =
    effect.changedTickets === 0
      ? 'no open ticket changed'
      : `${effect.changedTickets.toLocaleString('en')} of ${counted(effect.openTickets, 'open ticket')} changed`;
  return `Rules ${rules} are in force: ${changed}.`;
}

function problemWords(error: BridgeError): string {
  const what = agentWords(error);
  return error.code === 'no-desk'
    ? `${what} Your edit stays here; try again when it is back.`
    : what;
}
