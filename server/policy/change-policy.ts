import { invariant } from '../../shared/base/assert.ts';
import { checkDocument } from '../../shared/policy/check-document.ts';
import { compilePolicy } from '../../shared/policy/compiled-policy.ts';
import type { CompiledPolicy } from '../../shared/policy/compiled-policy.ts';
import type { PolicyDocument, PolicyVersion } from '../../shared/policy/policy-document.ts';
import type { PolicyAnswer } from '../../shared/protocol/policy-edit.ts';
import type { Reading, Writing } from '../store/contract.ts';
import { startBatch } from '../sync/batch.ts';
import type { Batch } from '../sync/batch.ts';
import type { PushParts } from '../sync/push.ts';
import { nextMissAt } from './next-miss.ts';
import { policyAdoption } from './policy-effect.ts';
import type { MovedDue, PolicyAdoption } from './policy-effect.ts';
import { newDayTable } from './policy-in-force.ts';

/** Tickets in one statement: parameters of many megabytes help nobody. */
const CHUNK = 1_000;

export type PolicyChange = {
  document: unknown;
  /** The rules that the editor began with; null to replace whatever is in force. */
  baseRules: number | null;
  /** Who does it; null for the operator at the desk itself. */
  agentId: string | null;
};

/** What a document would do to the open tickets, were it in force now (C14). Nothing is written. */
export async function previewPolicy(
  { store, around }: PushParts,
  given: unknown,
): Promise<PolicyAnswer> {
  const checked = checkDocument(given, around.nowMs());
  if (!checked.ok) return { kind: 'faults', faults: checked.error };
  return store.read(async (snapshot) => {
    const stored = await snapshot.policy();
    invariant(stored !== null, 'a desk that has started has a policy');
    if (isSame(stored.document, checked.value)) return { kind: 'unchanged', rules: stored.rules };
    const at = Math.max((await snapshot.counter()).acceptedAt, around.nowMs());
    const next = await nextPolicy(stored, checked.value, { at, agentId: null, snapshot });
    const adoption = policyAdoption(compilePolicy(stored), compilePolicy(next), at);
    for await (const heads of unclosed(snapshot)) heads.forEach(adoption.adopt);
    return { kind: 'preview', effect: adoption.effect() };
  });
}

/**
 * Puts a document in force for all at one instant (C14, C15): every miss by the old rules is recorded first (C11), the
 * tickets' facts that the new ones need come next, and the version of the policy last, so that no console has it
 * without them. Names each ticket whose due moved in the log.
 */
export async function changePolicy(parts: PushParts, change: PolicyChange): Promise<PolicyAnswer> {
  const { store, policies, around, committed } = parts;
  const checked = checkDocument(change.document, around.nowMs());
  if (!checked.ok) return { kind: 'faults', faults: checked.error };
  const done = await store.write(async (writing) => {
    const batch = startBatch(writing.locked, around);
    const before = await policies.forBatch(batch, writing, null);
    const refusal = refuse(before, checked.value, change.baseRules);
    if (refusal !== null) return { answer: refusal, moved: [], counter: writing.locked };
    const at = batch.now();
    const { agentId } = change;
    const next = await nextPolicy(before, checked.value, { at, agentId, snapshot: writing });
    const after = compilePolicy(next);
    const adoption = policyAdoption(before, after, at);
    const last = await adoptAll({ writing, batch, around, before, after, adoption });
    const { version } = last.take();
    last.rest.policies.push({ ...next, version });
    last.setCounter({ policyVersion: version });
    await writing.save(last.changes(after));
    const effect = adoption.effect();
    const answer: PolicyAnswer = { kind: 'saved', version, rules: after.rules, effect };
    return { answer, moved: adoption.moved, counter: last.counter() };
  });
  if (done.answer.kind === 'saved') tell(around.log, done.answer, done.moved);
  committed(done.counter);
  return done.answer;
}

function refuse(
  before: CompiledPolicy,
  document: PolicyDocument,
  baseRules: number | null,
): PolicyAnswer | null {
  if (isSame(before.document, document)) return { kind: 'unchanged', rules: before.rules };
  if (baseRules !== null && baseRules !== before.rules)
    return { kind: 'outdated', rules: before.rules };
  return null;
}

/** The version is given when its place in the order is known; until then it has that of the one before. */
async function nextPolicy(
  before: PolicyVersion,
  document: PolicyDocument,
  given: { at: number; agentId: string | null; snapshot: Reading },
): Promise<PolicyVersion> {
  const { at, agentId, snapshot } = given;
  return {
    version: before.version,
    rules: before.rules + 1,
    rulesAt: at,
    agentId,
    document,
    days: await newDayTable(snapshot, document, at, null),
  };
}

type Adopting = {
  writing: Writing;
  batch: Batch;
  around: PushParts['around'];
  before: CompiledPolicy;
  after: CompiledPolicy;
  adoption: PolicyAdoption;
};

/** Writes every ticket that changes, chunk by chunk; gives the batch that goes on from there. */
async function adoptAll(work: Adopting): Promise<Batch> {
  const { writing, around, before, after, adoption } = work;
  let { batch } = work;
  for await (const heads of unclosed(writing)) {
    for (const stored of heads) {
      const head = adoption.adopt(stored);
      if (head !== stored) batch.putTicket({ ...head, version: batch.take().version }, []);
      // Only when its next miss is to be looked for is another one now.
      else if (nextMissAt(head, before) !== nextMissAt(head, after)) batch.putTicket(head, []);
    }
    await writing.save(batch.changes(after));
    batch = startBatch(batch.counter(), around);
  }
  return batch;
}

async function* unclosed(reading: Reading) {
  for (let after: string | null = null; ;) {
    const heads = await reading.unclosedHeads(after, CHUNK);
    if (heads.length > 0) yield heads;
    if (heads.length < CHUNK) return;
    after = heads.at(-1)?.id ?? null;
  }
}

/** Two documents are the same when they say the same, in whatever order. */
function isSame(a: PolicyDocument, b: PolicyDocument): boolean {
  return canonical(a) === canonical(b);
}

function canonical(document: PolicyDocument): string {
  return JSON.stringify(document, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

function tell(
  log: (line: string) => void,
  { rules, effect }: Extract<PolicyAnswer, { kind: 'saved' }>,
  moved: readonly MovedDue[],
): void {
  for (const { reference, clock, fromAt, toAt } of moved)
    log(`policy: rules ${rules}: ${reference} ${clock}: ${instant(fromAt)} -> ${instant(toAt)}`);
  log(
    `policy: rules ${rules} are in force; ${effect.changedTickets} of ${effect.openTickets} open tickets moved`,
  );
}

function instant(at: number | null): string {
  return at === null || !Number.isFinite(at) ? 'none' : new Date(at).toISOString();
}
