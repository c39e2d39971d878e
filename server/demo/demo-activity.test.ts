import { expect, test } from 'vitest';
import { submissionSchema } from '../../shared/tickets/intake.ts';
import { nextDemoEvent } from './demo-activity.ts';
import { demoAgents } from './demo-agents.ts';
import { demoTickets } from './demo-tickets.ts';
import { randomFrom } from './random.ts';
import { factNames, fill } from './scenario.ts';
import type { Facts } from './scenario.ts';
import { scenarios } from './scenarios/all.ts';
import { findScenario } from './subjects.ts';

const nowMs = Date.parse('2026-11-25T09:30:00Z');
const heads = demoTickets({
  nowMs,
  random: randomFrom('demo'),
  count: 340,
  agents: demoAgents(),
}).map(({ head }) => head);

test('two of five events are new tickets, the rest answers on open ones', () => {
  const random = randomFrom('activity');
  const openIds = new Set(
    heads.filter(({ status }) => /open|waiting/.test(status.value)).map(({ id }) => id),
  );
  const events = Array.from({ length: 1_000 }, () =>
    nextDemoEvent({ nowMs, random, openHeads: heads }),
  );
  const submissions = events.flatMap((event) =>
    event.kind === 'submit' ? [event.submission] : [],
  );
  const messages = events.flatMap((event) => (event.kind === 'message' ? [event] : []));
  for (const submission of submissions) {
    submissionSchema.omit({ reference: true }).parse(submission);
    expect(submission.receivedAt).toBe(nowMs);
  }
  for (const { ticketId, message } of messages) {
    expect(openIds).toContain(ticketId);
    expect(message.text).not.toMatch(/\{[a-z]/);
  }
  expect(submissions.length).toBeGreaterThan(340);
  expect(submissions.length).toBeLessThan(460);
  const ids = [...submissions.map(({ id }) => id), ...messages.map(({ message }) => message.id)];
  expect(new Set(ids).size).toBe(1_000);
});

test('an answer speaks of the ticket it stands on', () => {
  const head = heads.find(
    ({ status, category }) => status.value === 'waiting' && category.value !== 'bug',
  );
  if (head === undefined) throw new Error('nothing waits');
  const answer = findScenario(head.subject)?.answer.split('{')[0] ?? 'no scenario';
  const random = randomFrom('answers');
  const texts = Array.from({ length: 20 }, () => {
    const event = nextDemoEvent({ nowMs, random, openHeads: [head] });
    return event.kind === 'message' ? event.message.text : '';
  });
  expect(texts.some((text) => text.includes(answer))).toBe(true);
});

test('with nothing open there are only new tickets', () => {
  const random = randomFrom('empty');
  for (let index = 0; index < 20; index += 1)
    expect(nextDemoEvent({ nowMs, random, openHeads: [] }).kind).toBe('submit');
});

test('there are at least 60 scenarios, with ids of their own and facts that exist', () => {
  expect(scenarios.length).toBeGreaterThanOrEqual(60);
  expect(new Set(scenarios.map(({ id }) => id)).size).toBe(scenarios.length);
  const facts = Object.fromEntries(factNames.map((name) => [name, name])) as Facts;
  for (const each of scenarios) {
    const texts = [
      ...each.subjects,
      ...each.openings,
      ...Object.values(each.attempt ?? {}),
      each.firstReply,
      each.answer,
      each.note,
      each.secondReply,
      each.resolution,
    ];
    for (const text of texts) expect(fill(text, facts)).not.toMatch(/[{}]\w/);
  }
});

test('a ticket’s scenario is found by its subject', () => {
  const found = heads.filter(({ subject }) => findScenario(subject) !== undefined).length;
  expect(found / heads.length).toBeGreaterThan(0.95);
});
