import { createParser } from 'eventsource-parser';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { presenceNewsSchema } from '../../shared/protocol/presence.ts';
import type { PresenceNews, PresenceRequest } from '../../shared/protocol/presence.ts';
import { putAgent } from '../../server/agents/add-agent.ts';
import { hashToken } from '../../server/agents/tokens.ts';
import { listen } from '../../server/http/listen.ts';
import type { Listener } from '../../server/http/listen.ts';
import { takeSubmission } from '../../server/intake/intake.ts';
import { memoryStore } from '../../server/store/memory.ts';
import { submission, testDesk, tokenOf } from '../helpers/desk.ts';
import type { TestDesk } from '../helpers/desk.ts';

/** Who is where, over a real socket (S18). Ann and Bob are of team web, Mara of another. */

let set: TestDesk;
let listener: Listener;

beforeAll(async () => {
  set = await testDesk(memoryStore({ deskId: 'desk-1', epoch: 'epoch-1' }));
  await putAgent(
    set.desk,
    { id: 'mara', name: 'Mara', role: 'agent', teamIds: ['mail'] },
    hashToken(tokenOf('mara')),
  );
  await takeSubmission(set.desk, submission('t1'));
  await takeSubmission(set.desk, submission('t2', { teamId: 'mail' }));
  listener = await listen(set.desk, { host: '127.0.0.1', port: 0 });
});
afterAll(() => listener.close());

async function be(agentId: string, change: Partial<PresenceRequest>): Promise<number> {
  const answer = await fetch(`${listener.url}/v1/presence`, {
    method: 'POST',
    headers: { authorization: `Bearer ${tokenOf(agentId)}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      protocol: 1,
      consoleId: `c-${agentId}`,
      ticketId: 't1',
      mode: 'viewing',
      ...change,
    }),
  });
  return answer.status;
}

/** The stream of an agent: its presence events one by one. */
async function streamOf(agentId: string) {
  const controller = new AbortController();
  const response = await fetch(`${listener.url}/v1/poke`, {
    headers: { authorization: `Bearer ${tokenOf(agentId)}` },
    signal: controller.signal,
  });
  const heard: PresenceNews[] = [];
  const parser = createParser({
    onEvent: ({ event, data }) => {
      if (event === 'presence') heard.push(presenceNewsSchema.parse(JSON.parse(data)));
    },
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  return {
    next: async () => {
      while (heard.length === 0) parser.feed((await reader?.read())?.value ?? '');
      const news = heard.shift();
      return {
        whole: news?.whole,
        places: news?.presences.map(({ agentId, ticketId, mode }) => [agentId, ticketId, mode]),
      };
    },
    end: () => {
      controller.abort();
    },
  };
}

test('[S18] a stream begins with who is where, then tells of each change, of others only', async () => {
  expect(await be('bob', { mode: 'replying' })).toBe(204);
  expect(await be('ann', {})).toBe(204);
  const ann = await streamOf('ann');
  expect(await ann.next()).toEqual({ whole: true, places: [['bob', 't1', 'replying']] });
  // Said again: nothing new. Then back to looking.
  await be('bob', { mode: 'replying' });
  await be('bob', {});
  expect(await ann.next()).toEqual({ whole: false, places: [['bob', 't1', 'viewing']] });
  await be('bob', { ticketId: null });
  expect(await ann.next()).toEqual({ whole: false, places: [['bob', null, 'viewing']] });
  ann.end();
  await be('ann', { ticketId: null });
});

test('[S14] [S18] of a ticket that an agent does not see they hear nothing, and say nothing', async () => {
  const before = set.desk.known().version;
  expect(await be('ann', { ticketId: 't2' })).toBe(404);
  expect(await be('ann', { ticketId: 'nowhere' })).toBe(404);
  const ann = await streamOf('ann');
  expect(await ann.next()).toEqual({ whole: true, places: [] });
  expect(await be('mara', { ticketId: 't2' })).toBe(204);
  // Bob goes where Ann sees him; had Mara been told of, that would have come first.
  await be('bob', {});
  expect(await ann.next()).toEqual({ whole: false, places: [['bob', 't1', 'viewing']] });
  ann.end();
  // Never stored, and of no version.
  expect(set.desk.known().version).toBe(before);
});

test('[X5] a body that is too large or not a presence is refused', async () => {
  expect(await be('ann', { consoleId: 'x'.repeat(2_000) })).toBe(413);
  expect(await be('ann', { mode: 'dancing' as 'viewing' })).toBe(400);
  expect(await be('ann', { protocol: 99 })).toBe(426);
});
