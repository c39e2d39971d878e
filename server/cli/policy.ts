import type { PolicyVersion } from '../../shared/policy/policy-document.ts';
import { lengthWords } from '../../shared/policy/trace-words.ts';
import type { PolicyAnswer, PolicyEffect } from '../../shared/protocol/policy-edit.ts';
import { changePolicy, previewPolicy } from '../policy/change-policy.ts';
import { documentChanges } from '../policy/document-changes.ts';
import { faultWords, readDocumentFile } from '../policy/read-document-file.ts';
import { withDesk } from './open-desk.ts';
import type { DeskChoice } from './open-desk.ts';
import type { Terminal } from './terminal.ts';

/** The support policy at the desk's own CLI: shown, checked, changed (C14, C15). */

export type ShowPolicyOptions = DeskChoice & { json?: boolean };

export function showPolicy(options: ShowPolicyOptions, terminal: Terminal): Promise<number> {
  return withDesk({ ...options, mustExist: true }, terminal, async (desk) => {
    const policy = await desk.store.read((snapshot) => snapshot.policy());
    if (policy === null) return 1;
    if (options.json !== true) {
      terminal.out(
        `Rules ${policy.rules}, in force since ${iso(policy.rulesAt)}, ${setBy(policy)}.`,
      );
    }
    terminal.out(JSON.stringify(policy.document, null, 2));
    return 0;
  });
}

export async function checkPolicy(file: string, terminal: Terminal): Promise<number> {
  const read = await readDocumentFile(file, Date.now());
  if (!read.ok) return refused(file, read.error, terminal);
  terminal.out(`${file}: a good policy document.`);
  return 0;
}

/** A console's own desk is in use while the console runs. */
const EDIT_THERE = 'A lead can edit the policy on the settings page of the console, too (g p).';

export type SetPolicyOptions = DeskChoice & { dryRun?: boolean };

/** Puts a document in force, or with `dryRun` only says what it would do. */
export async function setPolicy(
  file: string,
  options: SetPolicyOptions,
  terminal: Terminal,
): Promise<number> {
  // Before any desk is opened: a bad file leaves everything as it was.
  const read = await readDocumentFile(file, Date.now());
  if (!read.ok) return refused(file, read.error, terminal);
  const choice = { ...options, mustExist: true, whenInUse: EDIT_THERE };
  return withDesk(choice, terminal, async (desk) => {
    const answer =
      options.dryRun === true
        ? await previewPolicy(desk, read.value)
        : await changePolicy(desk, { document: read.value, baseRules: null, agentId: null });
    return say(file, answer, terminal);
  });
}

/** Every set of rules that there was, with what it changed. */
export function logPolicies(options: DeskChoice, terminal: Terminal): Promise<number> {
  return withDesk({ ...options, mustExist: true }, terminal, async (desk) => {
    const policies = await desk.store.read((snapshot) => snapshot.policies());
    let before: (typeof policies)[number] | null = null;
    for (const policy of policies) {
      // A renewed day table is no other rules.
      if (before?.rules === policy.rules) continue;
      terminal.out(`rules ${policy.rules}  ${iso(policy.rulesAt)}  ${setBy(policy)}`);
      if (before !== null)
        for (const line of documentChanges(before.document, policy.document))
          terminal.out(`  ${line}`);
      before = policy;
    }
    return 0;
  });
}

function say(file: string, answer: PolicyAnswer, terminal: Terminal): number {
  switch (answer.kind) {
    case 'faults':
      return refused(file, answer.faults, terminal);
    case 'unchanged':
      terminal.out(`These rules are in force already (rules ${answer.rules}).`);
      return 0;
    case 'outdated':
      terminal.err(`Somebody else changed the rules meanwhile (rules ${answer.rules}).`);
      return 1;
    case 'preview':
      for (const line of effectWords(answer.effect)) terminal.out(line);
      terminal.out('Nothing was changed.');
      return 0;
    case 'saved':
      for (const line of effectWords(answer.effect)) terminal.out(line);
      terminal.out(`Rules ${answer.rules} are in force.`);
      return 0;
  }
}

/** What new rules do to the open tickets, a line for each clock that moves. */
export function effectWords(effect: PolicyEffect): string[] {
  const { openTickets, changedTickets, overdueBefore, overdueAfter } = effect;
  const lines = [`${changedTickets} of ${openTickets} open tickets change.`];
  for (const each of effect.byClock) {
    const parts = [
      ...(each.earlier > 0 ? [`${each.earlier} due earlier`] : []),
      ...(each.later > 0 ? [`${each.later} due later`] : []),
      ...(each.begins > 0 ? [`${each.begins} begin`] : []),
      ...(each.ends > 0 ? [`${each.ends} end`] : []),
    ];
    if (parts.length === 0) continue;
    const moves =
      each.earlier + each.later === 0
        ? ''
        : `; by ${lengthWords(each.medianMoveMs)} in the middle, ${lengthWords(each.largestMoveMs)} at most`;
    lines.push(`  ${each.clock}: ${parts.join(', ')}${moves}`);
  }
  lines.push(
    `  overdue: ${overdueBefore} -> ${overdueAfter}, at risk: ${effect.atRiskBefore} -> ${effect.atRiskAfter}`,
  );
  return lines;
}

function refused(
  file: string,
  faults: readonly { path: string; reason: string }[],
  terminal: Terminal,
): number {
  for (const fault of faults) terminal.err(`${file}: ${faultWords(fault)}`);
  terminal.err('The rules in force stay as they are.');
  return 1;
}

/** Who set them (W7): the command line knows no agent. */
function setBy({ agentId, rules }: Pick<PolicyVersion, 'agentId' | 'rules'>): string {
  if (agentId !== null) return `set by ${agentId}`;
  return rules === 1 ? 'with which the desk began' : "set at the desk's command line";
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
