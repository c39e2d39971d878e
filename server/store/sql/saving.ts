import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { isOpen } from '../../../shared/tickets/fields.ts';
import type { Changes, Counter, TicketRecord } from '../rows.ts';
import { returned } from '../sight.ts';
import { saveBlobUses } from './blob-uses.ts';
import type { Tables } from './tables.ts';

/** Writes one transaction's changes: one statement for each table, whatever the number of rows (S2). */
export async function saveChanges(db: Kysely<Tables>, changes: Changes): Promise<void> {
  await saveVersions(db, changes);
  if (changes.newTickets.length > 0) await insertTickets(db, changes.newTickets);
  if (changes.tickets.length > 0) await updateTickets(db, changes.tickets);
  await saveSight(db, changes);
  await saveEntries(db, changes);
  await saveBlobUses(db, changes.entries);
  await saveLedger(db, changes);
  for (const policy of changes.policies) {
    await db
      .insertInto('policies')
      .values({ version: policy.version, policy: JSON.stringify(policy) })
      .execute();
  }
  for (const { agent, tokenHash } of changes.agents) {
    const row = { version: agent.version, token_hash: tokenHash, agent: JSON.stringify(agent) };
    await db
      .insertInto('agents')
      .values({ id: agent.id, ...row })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
      .execute();
  }
  await db
    .updateTable('desk')
    .set({
      version: changes.counter.version,
      mark: changes.counter.mark,
      accepted_at: changes.counter.acceptedAt,
      policy_version: changes.counter.policyVersion,
      next_reference: changes.counter.nextReference,
      demo: changes.counter.demo,
      epoch: changes.counter.epoch,
      epoch_version: changes.counter.epochVersion,
      ...safeColumns(changes.counter),
    })
    .execute();
}

/** The columns of the newest verified backup (S5). */
export function safeColumns({ safe }: Counter) {
  return {
    safe_epoch: safe?.epoch ?? null,
    safe_version: safe?.version ?? null,
    safe_mark: safe?.mark ?? null,
  };
}

async function saveVersions(db: Kysely<Tables>, { versions }: Changes): Promise<void> {
  if (versions.length === 0) return;
  await sql`
    insert into versions (version, mark, accepted_at)
    select * from unnest(
      ${versions.map((each) => each.version)}::bigint[],
      ${versions.map((each) => each.mark)}::text[],
      ${versions.map((each) => each.acceptedAt)}::bigint[]
    )
  `.execute(db);
}

/** The columns of tickets as one array each. */
function ticketColumns(tickets: readonly TicketRecord[]) {
  const json = tickets.map((each) => JSON.stringify(each.head));
  return sql`unnest(
    ${tickets.map((each) => each.head.id)}::text[],
    ${tickets.map((each) => each.head.version)}::bigint[],
    ${tickets.map((each) => each.head.reference)}::text[],
    ${tickets.map((each) => each.head.teamId)}::text[],
    ${tickets.map((each) => each.head.submittedAt)}::bigint[],
    ${tickets.map((each) => each.settleAt)}::bigint[],
    ${tickets.map((each) => isOpen(each.head.status.value))}::boolean[],
    ${tickets.map((each) => each.head.assignee.value)}::text[],
    ${tickets.map(({ head: { status } }) => (isOpen(status.value) ? null : status.at))}::bigint[],
    ${json.map((each) => each.length)}::integer[],
    ${json}::text[]
  ) as given (
    id, version, reference, team_id, submitted_at, settle_at, is_open, assignee_id, ended_at, size, head
  )`;
}

async function insertTickets(db: Kysely<Tables>, tickets: readonly TicketRecord[]): Promise<void> {
  await sql`
    insert into tickets
      (id, version, reference, team_id, submitted_at, settle_at, is_open, assignee_id, ended_at,
        size, head)
    select
      id, version, reference, team_id, submitted_at, settle_at, is_open, assignee_id, ended_at,
      size, head::json
    from ${ticketColumns(tickets)}
  `.execute(db);
}

/** A ticket that consoles kept no more comes back to them with its next change (S15). */
async function updateTickets(db: Kysely<Tables>, tickets: readonly TicketRecord[]): Promise<void> {
  const back = returned(0, '');
  await sql`
    insert into sight (version, ticket_id, audience, kind, cause)
    select given.version, given.id, ${back.audience}, ${back.kind}, ${back.cause}
    from ${ticketColumns(tickets)} join tickets on tickets.id = given.id
    where not tickets.is_kept and given.version > tickets.version
  `.execute(db);
  await sql`
    update tickets set
      is_kept = is_kept or given.version > tickets.version,
      version = given.version, team_id = given.team_id, settle_at = given.settle_at,
      is_open = given.is_open, assignee_id = given.assignee_id, ended_at = given.ended_at,
      size = given.size, head = given.head::json
    from ${ticketColumns(tickets)}
    where tickets.id = given.id
  `.execute(db);
}

async function saveSight(db: Kysely<Tables>, { sight, retire }: Changes): Promise<void> {
  if (retire.length > 0)
    await sql`update tickets set is_kept = false where id = any(${retire}::text[])`.execute(db);
  if (sight.length === 0) return;
  await db
    .insertInto('sight')
    .values(
      sight.map(({ version, ticketId, audience, kind, cause }) => ({
        version,
        ticket_id: ticketId,
        audience,
        kind,
        cause,
      })),
    )
    .execute();
}

async function saveEntries(db: Kysely<Tables>, { entries }: Changes): Promise<void> {
  if (entries.length === 0) return;
  const json = entries.map((each) => JSON.stringify(each));
  await sql`
    insert into entries (id, ticket_id, version, accepted_at, size, entry)
    select id, ticket_id, version, accepted_at, size, entry::json from unnest(
      ${entries.map((each) => each.id)}::text[],
      ${entries.map((each) => each.ticketId)}::text[],
      ${entries.map((each) => each.version)}::bigint[],
      ${entries.map((each) => each.acceptedAt)}::bigint[],
      ${json.map((each) => each.length)}::integer[],
      ${json}::text[]
    ) as given (id, ticket_id, version, accepted_at, size, entry)
  `.execute(db);
}

async function saveLedger(db: Kysely<Tables>, { ledger, resolutions }: Changes): Promise<void> {
  if (ledger.length > 0) {
    await sql`
      insert into ledger
        (command_id, agent_id, console_id, seq, ticket_id, version, kind, outcome, resolution)
      select
        command_id, agent_id, console_id, seq, ticket_id, version, kind, outcome::json, resolution
      from unnest(
        ${ledger.map((each) => each.commandId)}::text[],
        ${ledger.map((each) => each.agentId)}::text[],
        ${ledger.map((each) => each.consoleId)}::text[],
        ${ledger.map((each) => each.seq)}::bigint[],
        ${ledger.map((each) => each.ticketId)}::text[],
        ${ledger.map((each) => each.outcome.version)}::bigint[],
        ${ledger.map((each) => each.outcome.kind)}::text[],
        ${ledger.map((each) => JSON.stringify(each.outcome))}::text[],
        ${ledger.map((each) => each.resolution)}::text[]
      ) as given
        (command_id, agent_id, console_id, seq, ticket_id, version, kind, outcome, resolution)
    `.execute(db);
  }
  if (resolutions.length > 0) {
    await sql`
      update ledger set resolution = given.resolution
      from unnest(
        ${resolutions.map((each) => each.commandId)}::text[],
        ${resolutions.map((each) => each.resolution)}::text[]
      ) as given (command_id, resolution)
      where ledger.command_id = given.command_id
    `.execute(db);
  }
}
