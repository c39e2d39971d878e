import { invariant } from '../../shared/base/assert.ts';
import { DAY_MS } from '../../shared/base/time.ts';
import { compilePolicy } from '../../shared/policy/compiled-policy.ts';
import type { CompiledPolicy } from '../../shared/policy/compiled-policy.ts';
import { buildDayTable } from '../../shared/policy/day-table.ts';
import { defaultPolicyDocument } from '../../shared/policy/policy-document.ts';
import type { DayTable, PolicyDocument } from '../../shared/policy/policy-document.ts';
import type { Reading } from '../store/contract.ts';
import type { Batch } from '../sync/batch.ts';
import { keepDays } from './keep-days.ts';

const YEAR_MS = 365 * DAY_MS;
const TABLE_AHEAD_MS = 3 * YEAR_MS;
const TABLE_RENEW_MS = 2 * YEAR_MS;
/** A day table holds 20,000 days; what is older than it counts from its first day. */
const MAX_TABLE_MS = 19_900 * DAY_MS;

/** The policy that a transaction works by. Compiled once for each version. */
export type PolicyInForce = {
  /**
   * The policy for a batch; takes a version for a new one where there is none yet, where `oldestAt` lies before
   * its day table, or where the table ends in less than two years (C15). ms since epoch.
   */
  forBatch: (batch: Batch, reading: Reading, oldestAt: number | null) => Promise<CompiledPolicy>;
};

export function policyInForce(): PolicyInForce {
  let compiled: CompiledPolicy | null = null;

  async function current(batch: Batch, reading: Reading): Promise<CompiledPolicy | null> {
    const version = batch.counter().policyVersion;
    if (version === 0) return null;
    if (compiled?.version === version) return compiled;
    const stored = await reading.policy();
    invariant(stored?.version === version, `the policy of version ${version} is stored`);
    compiled = compilePolicy(stored);
    return compiled;
  }

  return {
    forBatch: async (batch, reading, oldestAt) => {
      const policy = await current(batch, reading);
      if (policy !== null && !mustRenew(policy.days, oldestAt, batch.now())) return policy;
      const place = batch.take();
      const document = policy?.document ?? defaultPolicyDocument;
      const days = await newDayTable(reading, document, place.acceptedAt, oldestAt);
      const next = {
        version: place.version,
        // The same rules: only their day table is new (C15).
        rules: policy?.rules ?? 1,
        rulesAt: policy?.rulesAt ?? place.acceptedAt,
        agentId: policy?.agentId ?? null,
        document,
        days: policy === null ? days : keepDays(policy.days, days),
      };
      batch.rest.policies.push(next);
      batch.setCounter({ policyVersion: place.version });
      // Kept under its version only when the counter says so again, that is when it was committed.
      return compilePolicy(next);
    },
  };
}

function mustRenew(days: DayTable, oldestAt: number | null, now: number): boolean {
  const startsAt = days.startsAt[0] ?? 0;
  const endsAt = days.startsAt.at(-1) ?? 0;
  if (endsAt - now < TABLE_RENEW_MS) return true;
  const isFull = endsAt - startsAt >= MAX_TABLE_MS;
  return oldestAt !== null && oldestAt < startsAt && !isFull;
}

/**
 * The day boundaries of a document's zone, from the oldest ticket (`oldestAt` may be one that just comes in) to
 * three years ahead (C15). ms since epoch.
 */
export async function newDayTable(
  reading: Pick<Reading, 'oldestSubmittedAt'>,
  document: PolicyDocument,
  now: number,
  oldestAt: number | null,
): Promise<DayTable> {
  const oldestStored = await reading.oldestSubmittedAt();
  const oldest = Math.min(now - YEAR_MS, oldestAt ?? now, oldestStored ?? now);
  const untilAt = now + TABLE_AHEAD_MS;
  // A day more at the start: the oldest ticket's own local date begins before it.
  const fromAt = Math.max(oldest - DAY_MS, untilAt - MAX_TABLE_MS, 2 * DAY_MS);
  return buildDayTable(document.timeZone, fromAt, untilAt);
}
