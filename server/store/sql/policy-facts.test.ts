import { PGlite } from '@electric-sql/pglite';
import { expect, test } from 'vitest';
import { clocks } from '../../../shared/policy/clocks.ts';
import {
  defaultPolicyDocument,
  policyVersionSchema,
} from '../../../shared/policy/policy-document.ts';
import { ticketHeadSchema } from '../../../shared/tickets/head.ts';
import { HOUR_MS } from '../../../shared/base/time.ts';
import { earlierHead } from '../../../test/helpers/earlier-head.ts';
import { policy, policyVersion, WEDNESDAY_10 } from '../../../test/helpers/tickets.ts';
import { Kysely, PGliteDialect } from 'kysely';
import { migrate } from './migrations.ts';
import { openPglite } from './pglite.ts';
import type { Tables } from './tables.ts';
import { upgradeHead } from './policy-facts.ts';

test('a head of the first build becomes one that its rules can read, with its misses on their runs', () => {
  const head = upgradeHead(earlierHead('t1'));
  expect(ticketHeadSchema.safeParse(head).error).toBeUndefined();
  const found = clocks(head, policy());
  expect(found.map(({ id, state, missedDueAt }) => [id, state, missedDueAt])).toEqual([
    ['C1', 'ended', WEDNESDAY_10 + 12 * HOUR_MS],
    ['C2', 'ended', null],
    ['C3', 'running', WEDNESDAY_10 + 33 * HOUR_MS],
    ['C4', 'running', null],
    ['C5', 'ended', null],
  ]);
});

test('a database of the first build is brought up to date when it is opened', async () => {
  const pglite = new PGlite('memory://');
  const fresh = { deskId: 'desk-1', epoch: 'epoch-1' };
  // As it was before: the first migration alone, with rows of that time.
  await migrate(new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) }), '0001-first');
  const { shifts: _, ...document } = defaultPolicyDocument;
  const { version, days } = policyVersion();
  await pglite.query('insert into policies (version, policy) values ($1, $2)', [
    version,
    JSON.stringify({ version, document, days }),
  ]);
  for (let n = 0; n < 1_500; n += 1) {
    const head = JSON.stringify(earlierHead(`t${n}`));
    await pglite.query(
      `insert into tickets (id, version, reference, team_id, submitted_at, is_open, size, head)
       values ($1, $2, $3, 'team-1', $4, true, $5, $6)`,
      [`t${n}`, n + 1, `VH-t${n}`, WEDNESDAY_10, head.length, head],
    );
  }
  const opened = await openPglite(pglite, fresh);
  if (!opened.ok) throw new Error(opened.error);
  await opened.value.read(async (snapshot) => {
    expect(policyVersionSchema.safeParse(await snapshot.policy()).error).toBeUndefined();
    const heads = await snapshot.heads(['t0', 't999', 't1499']);
    expect(heads).toHaveLength(3);
    for (const head of heads) expect(ticketHeadSchema.safeParse(head).error).toBeUndefined();
  });
  await pglite.close();
}, 60_000);
