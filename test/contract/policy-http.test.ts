import { afterAll, beforeAll, expect, test } from 'vitest';
import { defaultPolicyDocument } from '../../shared/policy/policy-document.ts';
import { policyAnswerSchema } from '../../shared/protocol/policy-edit.ts';
import { problemSchema } from '../../shared/protocol/problem.ts';
import { putAgent } from '../../server/agents/add-agent.ts';
import { hashToken } from '../../server/agents/tokens.ts';
import { listen } from '../../server/http/listen.ts';
import type { Listener } from '../../server/http/listen.ts';
import { takeSubmission } from '../../server/intake/intake.ts';
import { memoryStore } from '../../server/store/memory.ts';
import { submission, testDesk, tokenOf } from '../helpers/desk.ts';
import type { TestDesk } from '../helpers/desk.ts';

/** Editing the policy over HTTP, on a real socket. */

let set: TestDesk;
let listener: Listener;

beforeAll(async () => {
  set = await testDesk(memoryStore({ deskId: 'desk-1', epoch: 'epoch-1' }));
  const lead = { id: 'lea', name: 'Lea', role: 'lead', teamIds: ['web'] } as const;
  await putAgent(set.desk, { ...lead, teamIds: ['web'] }, hashToken(tokenOf('lea')));
  await takeSubmission(set.desk, submission('t1'));
  listener = await listen(set.desk, { host: '127.0.0.1', port: 0 });
});
afterAll(() => listener.close());

function post(path: string, body: unknown, agentId = 'lea'): Promise<Response> {
  return fetch(`${listener.url}${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${tokenOf(agentId)}`,
      'content-type': 'application/json',
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}
const answer = async (path: string, body: unknown) => {
  const response = await post(path, body);
  expect(response.status).toBe(200);
  return policyAnswerSchema.parse(await response.json());
};
const later = {
  ...defaultPolicyDocument,
  targetHours: { ...defaultPolicyDocument.targetHours, low: 60 },
};

test('[X5] only a lead previews or changes the policy', async () => {
  for (const path of ['/v1/policy/preview', '/v1/policy']) {
    const response = await post(path, { protocol: 1, document: later, baseRules: 1 }, 'ann');
    // The preview takes no baseRules: it is the form that is refused first there.
    expect([400, 403]).toContain(response.status);
  }
  const refused = await post('/v1/policy/preview', { protocol: 1, document: later }, 'ann');
  expect(refused.status).toBe(403);
  expect(problemSchema.parse(await refused.json()).error).toBe('forbidden');
});

test('[C15] a bad document is refused with path and reason, and what is in force stays', async () => {
  const { version } = set.desk.known();
  for (const document of [null, 'text', [], {}, { ...later, holidays: ['2026-02-30'] }])
    expect(await answer('/v1/policy', { protocol: 1, document, baseRules: 1 })).toMatchObject({
      kind: 'faults',
    });
  expect((await post('/v1/policy', '{"protocol":1,')).status).toBe(400);
  expect((await post('/v1/policy', { protocol: 99, document: later, baseRules: 1 })).status).toBe(
    426,
  );
  expect(set.desk.known().version).toBe(version);
});

test('[C14] [C15] previewed, saved, and not over the head of somebody else', async () => {
  const preview = await answer('/v1/policy/preview', { protocol: 1, document: later });
  expect(preview).toMatchObject({ kind: 'preview', effect: { openTickets: 1, changedTickets: 1 } });
  const saved = await answer('/v1/policy', { protocol: 1, document: later, baseRules: 1 });
  expect(saved).toMatchObject({ kind: 'saved', rules: 2 });
  const document = { ...later, firstContactHours: 20 };
  expect(await answer('/v1/policy', { protocol: 1, document, baseRules: 1 })).toEqual({
    kind: 'outdated',
    rules: 2,
  });
  expect(await answer('/v1/policy', { protocol: 1, document: later, baseRules: 2 })).toEqual({
    kind: 'unchanged',
    rules: 2,
  });
  const policy = await set.desk.store.read((snapshot) => snapshot.policy());
  expect(policy).toMatchObject({ rules: 2, agentId: 'lea' });
});

// The last one: the desk closes the connection on which it refuses a body.
test('[X5] a document is no larger than a document is', async () => {
  const document = 'x'.repeat(600_000);
  expect((await post('/v1/policy', { protocol: 1, document, baseRules: 1 })).status).toBe(413);
});
