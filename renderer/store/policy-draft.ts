import { isLead } from '../../shared/base/roles.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import type { CompiledPolicy } from '../../shared/policy/compiled-policy.ts';
import type { Console } from './console.ts';
import { noPolicyEdit } from './policy-edit.ts';
import type { PolicyDraft, PolicyEdit } from './policy-edit.ts';
import { formOf } from './policy-form.ts';
import type { PolicyForm } from './policy-form.ts';
import { draftText, documentText, readDraft } from './read-policy-draft.ts';

/** Leads and admins edit the policy; everyone reads it. */
export function mayEditPolicy(agent: Agent | null): boolean {
  return agent !== null && isLead(agent.role);
}

export function beginPolicyEdit(console: Console): void {
  const { policy, agent, policyEdit } = console.state.getState();
  if (policy === null || !mayEditPolicy(agent) || policyEdit.draft !== null) return;
  setEdit(console, { draft: draftFrom(policy), said: null, outdatedBy: null });
}

/** The only way a draft goes without being saved. */
export function discardPolicyEdit(console: Console): void {
  const { kept, savedRules } = console.state.getState().policyEdit;
  console.state.setState({ policyEdit: { ...noPolicyEdit, kept, savedRules } });
}

export function changePolicyForm(
  console: Console,
  change: (form: PolicyForm) => Partial<PolicyForm>,
): void {
  const { draft } = console.state.getState().policyEdit;
  if (draft === null) return;
  setEdit(console, { draft: { ...draft, form: { ...draft.form, ...change(draft.form) } } });
}

export function changePolicyText(console: Console, text: string): void {
  const { draft } = console.state.getState().policyEdit;
  if (draft !== null) setEdit(console, { draft: { ...draft, text } });
}

/** Shows the same content as text, or as a form. False where the form could not show all of it. */
export function switchPolicyMode(console: Console, mode: PolicyDraft['mode']): boolean {
  const { draft } = console.state.getState().policyEdit;
  if (draft === null || draft.mode === mode) return true;
  if (mode === 'text') {
    setEdit(console, { draft: { ...draft, mode, text: draftText(draft) } });
    return true;
  }
  const { form } = readDraft(draft, console.clock.now());
  if (form === null) return false;
  setEdit(console, { draft: { ...draft, mode, form } });
  return true;
}

/** Begins again with the rules in force; what was edited is kept as text. */
export function loadNewerPolicy(console: Console): void {
  const { policy, policyEdit } = console.state.getState();
  const { draft } = policyEdit;
  if (policy === null || draft === null || policy.rules <= draft.baseRules) return;
  const kept = { baseRules: draft.baseRules, base: draft.base, text: draftText(draft) };
  setEdit(console, { draft: draftFrom(policy), kept, said: null, outdatedBy: null });
}

/** Puts the kept edit into the editor, over the rules in force now. */
export function takeKeptEdit(console: Console): void {
  const { policy, policyEdit, agent } = console.state.getState();
  const { kept } = policyEdit;
  if (policy === null || kept === null || !mayEditPolicy(agent)) return;
  const asText: PolicyDraft = { ...draftFrom(policy), mode: 'text', text: kept.text };
  const { form } = readDraft(asText, console.clock.now());
  const draft: PolicyDraft = form === null ? asText : { ...asText, mode: 'form', form };
  setEdit(console, { draft, kept: null, said: null, outdatedBy: null });
}

export function dropKeptEdit(console: Console): void {
  setEdit(console, { kept: null });
}

export function setEdit(console: Console, change: Partial<PolicyEdit>): void {
  const { policyEdit } = console.state.getState();
  console.state.setState({ policyEdit: { ...policyEdit, ...change } });
}

function draftFrom({ rules, document }: CompiledPolicy): PolicyDraft {
  return {
    baseRules: rules,
    base: document,
    mode: 'form',
    form: formOf(document),
    text: documentText(document),
  };
}
