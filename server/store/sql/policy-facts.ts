import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { PolicyVersion } from '../../../shared/policy/policy-document.ts';
import type { Miss, TicketHead } from '../../../shared/tickets/head.ts';
import { runOf } from '../../../shared/tickets/runs.ts';
import type { Tables } from './tables.ts';

/**
 * Migration 0002: heads and policies as the first build kept them get the facts that rules C5 to C15 came to need.
 * Rows keep their versions: consoles of that build drop what they stored when they are updated, and pull it again.
 */
export async function addPolicyFacts(db: Kysely<Tables>): Promise<void> {
  const policies = await sql<{ version: string; policy: string; at: string | null }>`
    select policies.version, policy::text as policy, versions.accepted_at as at
    from policies left join versions on versions.version = policies.version
  `.execute(db);
  for (const { version, policy, at } of policies.rows) {
    const upgraded = upgradePolicy(JSON.parse(policy) as OldPolicy, Number(at ?? 0));
    await sql`update policies set policy = ${JSON.stringify(upgraded)}::json where version = ${version}`.execute(
      db,
    );
  }
  for (let after = ''; ;) {
    const { rows } = await sql<{ id: string; head: string }>`
      select id, head::text as head from tickets
      where id collate "C" > ${after} order by id collate "C" limit ${CHUNK}
    `.execute(db);
    const heads = rows.map(({ head }) => JSON.stringify(upgradeHead(JSON.parse(head) as OldHead)));
    await sql`
      update tickets set head = given.head::json, size = length(given.head)
      from unnest(${rows.map(({ id }) => id)}::text[], ${heads}::text[]) as given (id, head)
      where tickets.id = given.id
    `.execute(db);
    if (rows.length < CHUNK) return;
    after = rows.at(-1)?.id ?? '';
  }
}

const CHUNK = 1_000;

type OldPolicy = Omit<PolicyVersion, 'rules' | 'rulesAt' | 'agentId' | 'document'> & {
  document: Omit<PolicyVersion['document'], 'shifts'>;
};

function upgradePolicy(policy: OldPolicy, rulesAt: number): PolicyVersion {
  const document = { ...policy.document, shifts: {} };
  // There was no way to edit it: all are the first rules.
  return { ...policy, rules: 1, rulesAt, agentId: null, document };
}

/** A head as it was before. */
export type OldHead = Omit<
  TicketHead,
  | 'submittedVersion'
  | 'asked'
  | 'serverFault'
  | 'severitySteps'
  | 'triageFromAsk'
  | 'triageEndAsk'
  | 'responseFromVersion'
  | 'dismissed'
  | 'lastReplyVersion'
  | 'certifiedVersion'
  | 'closing'
  | 'excusedUpTo'
  | 'conversion'
  | 'misses'
  | 'policySteps'
  | 'dataRequests'
> & {
  asked: Omit<TicketHead['asked'][number], 'version'>[];
  severitySteps: Pick<TicketHead['severitySteps'][number], 'severity' | 'at'>[];
  misses: (Pick<Miss, 'clock' | 'dueAt' | 'severity' | 'endedAt'> & { runFromAt: number })[];
};

/** The same ticket with the facts that it lacked; what nobody wrote down then is as unknown as a past taken over (0). */
export function upgradeHead(old: OldHead): TicketHead {
  const { asked, severitySteps, misses, status, category } = old;
  const head: TicketHead = {
    ...old,
    submittedVersion: 0,
    asked: asked.map((each) => ({ ...each, version: 0 })),
    serverFault: { ...old.triaged, value: false, agentId: null, consoleId: null, commandId: null },
    severitySteps: severitySteps.map((step) => ({
      ...step,
      serverFault: false,
      afterAsked: asked.length,
      agentId: null,
      withdrawn: false,
    })),
    triageFromAsk: 0,
    triageEndAsk: old.triaged.value ? asked.length : null,
    responseFromVersion: 0,
    dismissed: null,
    lastReplyVersion: Math.max(0, ...Object.values(old.replyVersions)),
    certifiedVersion: category.value === 'bug' ? category.version : 0,
    closing:
      status.value === 'closed'
        ? { at: status.at, version: status.version, unanswered: null }
        : null,
    excusedUpTo: null,
    conversion: null,
    misses: [],
    policySteps: [],
    dataRequests: [],
  };
  return {
    ...head,
    misses: misses.map(({ runFromAt, ...miss }) => {
      const current = runOf(head, miss.clock);
      return {
        ...miss,
        run: current?.fromAt === runFromAt ? current : { fromAt: runFromAt, version: 0 },
        calendar: isAlways(miss) ? 'always' : 'business',
        trace: [],
        late: null,
      };
    }),
  };
}

function isAlways({ clock, severity }: Pick<Miss, 'clock' | 'severity'>): boolean {
  return severity === 'critical' && clock !== 'C2' && clock !== 'C4';
}
