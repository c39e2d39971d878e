import { invariant } from '../../shared/base/assert.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import type { Entry } from '../../shared/tickets/entry.ts';
import { actInPast, pastCommandId } from '../log-import/ticket-past.ts';
import type { ImportedTicket } from '../store/imported-ticket.ts';
import { bugChases, followUps, notes, nudges, secondThoughts, updates } from './asides.ts';
import { between, pick } from './random.ts';
import type { Random } from './random.ts';
import { scenarios } from './scenarios/all.ts';
import { demoConsoleId } from './story-writer.ts';
import type { Surround } from './story-writer.ts';

/** Characters of an entry in the corpus that benches run on. */
const MEAN_LENGTH = 600;

const sentences = [
  ...bugChases,
  ...followUps,
  ...notes,
  ...nudges,
  ...secondThoughts,
  ...updates,
  ...scenarios.flatMap((each) => [each.answer, each.note, each.secondReply, each.resolution]),
].map((text) => text.replace(/\{[a-zA-Z0-9]+\}/g, 'it'));

/**
 * Fills a ticket up with notes to so many entries, and lengthens what was written on it after the first message
 * to 600 characters an entry on average. Of what is too much, notes and changes go first: facts stand in the head.
 */
export function padded(
  ticket: ImportedTicket,
  count: number,
  agent: Agent,
  surround: Surround,
): ImportedTicket {
  const fitting = { head: ticket.head, entries: shortened(ticket.entries, count) };
  return lengthened(withNotes(fitting, count, agent, surround), surround.random);
}

function shortened(entries: readonly Entry[], count: number): Entry[] {
  let tooMany = entries.length - count;
  return entries.filter(({ body }) => {
    const goes = tooMany > 0 && body.kind !== 'message';
    if (goes) tooMany -= 1;
    return !goes;
  });
}

function withNotes(
  ticket: ImportedTicket,
  count: number,
  agent: Agent,
  { random, policy, nowMs }: Surround,
): ImportedTicket {
  const missing = count - ticket.entries.length;
  const firstAt = Math.max(ticket.head.lastActivityAt, ticket.head.severity.at) + 1;
  const stepMs = Math.max(0, Math.floor((nowMs - 1 - firstAt) / Math.max(1, missing)));
  let whole = ticket;
  for (let index = 0; index < missing; index += 1) {
    const at = Math.min(firstAt + index * stepMs, nowMs);
    const done = actInPast(
      whole,
      { kind: 'note', text: pick(random, sentences) },
      { at, agent, consoleId: demoConsoleId, commandId: pastCommandId(at, random) },
      policy,
    );
    invariant(done.ok, 'a note is never refused');
    whole = done.value;
  }
  return whole;
}

function lengthened(ticket: ImportedTicket, random: Random): ImportedTicket {
  const isLengthened = ({ body }: Entry, index: number) =>
    index > 0 && (body.kind === 'message' || body.kind === 'note');
  const written = ticket.entries.reduce(
    (sum, { body }) => sum + ('text' in body ? body.text.length : 0),
    0,
  );
  const share =
    Math.max(0, MEAN_LENGTH * ticket.entries.length - written) /
    Math.max(1, ticket.entries.filter(isLengthened).length);
  return {
    head: ticket.head,
    entries: ticket.entries.map((entry, index) => {
      const { body } = entry;
      if (!isLengthened(entry, index) || !('text' in body)) return entry;
      const more = textOf(random, share * between(random, 0.6, 1.4));
      return { ...entry, body: { ...body, text: `${body.text}\n\n${more}` } };
    }),
  };
}

/** Sentences in an order of their own, begun by a word that hardly any other text holds. */
function textOf(random: Random, length: number): string {
  const parts = [`#${Math.floor(random() * 1e9).toString(36)}`];
  for (let written = 0; written < length;) {
    const sentence = pick(random, sentences);
    parts.push(sentence);
    written += sentence.length + 1;
  }
  return parts.join(' ').slice(0, Math.round(length));
}
