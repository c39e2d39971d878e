import { expect, test } from 'vitest';
import type { ShownPresence } from '../../../shared/bridge/presence.ts';
import { othersAt, ownPlace } from '../../store/presence.ts';
import { crossingWords, presenceWords } from './presence-words.ts';

const at = (agentId: string, change: Partial<ShownPresence> = {}): ShownPresence => ({
  agentId,
  ticketId: 't1',
  mode: 'viewing',
  at: 10,
  ...change,
});
const named = (id: string) => ({ mara: 'Mara', jo: 'Jo', ann: 'Ann', lu: 'Lu' })[id] ?? id;
const words = (...all: ShownPresence[]) => presenceWords(othersAt(all, 't1', 'me'), named, null);

test('[S18] it says who else is here, and who replies before who only looks', () => {
  expect(words()).toBeNull();
  expect(words(at('me'), at('mara', { ticketId: 't2' }))).toBeNull();
  expect(words(at('mara'))).toBe('Mara is looking at this too');
  expect(words(at('mara'), at('jo', { mode: 'replying' }))).toBe('Jo is replying');
  expect(words(at('mara'), at('jo', { at: 20 }))).toBe('Mara and Jo are looking at this too');
  expect(words(at('mara'), at('jo'), at('ann'), at('lu'))).toBe(
    'Ann, Jo and 2 more are looking at this too',
  );
});

test('[S18] an agent at two consoles is one person, and replies if they do so at one', () => {
  expect(words(at('mara'), at('mara', { mode: 'replying' }))).toBe('Mara is replying');
  expect(words(at('mara', { mode: 'replying' }), at('mara'))).toBe('Mara is replying');
});

test('[S18] offline it is only last known', () => {
  const others = othersAt([at('mara', { mode: 'replying', at: 42 })], 't1', 'me');
  expect(presenceWords(others, named, (when) => `${when}`)).toBe(
    'Mara was replying, last known 42',
  );
  expect(presenceWords([at('jo')], named, (when) => `${when}`)).toBe('Jo was here, last known 10');
});

test('[S18] the composer warns of those who reply, not of those who look', () => {
  expect(crossingWords([at('mara')], named)).toBeNull();
  expect(crossingWords([at('mara', { mode: 'replying' })], named)).toBe('Mara is replying, too');
});

const here = {
  phase: 'ready',
  page: null,
  selectedId: 't1',
  composer: 'reply',
  writing: null,
  drafts: {},
} as const;

test('[S18] the agent is at the ticket on screen, and nowhere behind a page or a hidden window', () => {
  expect(ownPlace(here, false)).toEqual({ ticketId: 't1', mode: 'viewing' });
  expect(ownPlace(here, true).ticketId).toBeNull();
  expect(ownPlace({ ...here, page: 'policy' }, false).ticketId).toBeNull();
  expect(ownPlace({ ...here, phase: 'starting' }, false).ticketId).toBeNull();
});

test('[S18] they reply while they are in the field with something in it', () => {
  const drafts = { t1: { reply: 'Dear' } };
  expect(ownPlace({ ...here, drafts }, false).mode).toBe('viewing');
  expect(ownPlace({ ...here, writing: 't1' }, false).mode).toBe('viewing');
  expect(ownPlace({ ...here, writing: 't1', drafts }, false).mode).toBe('replying');
  expect(ownPlace({ ...here, writing: 't2', drafts }, false).mode).toBe('viewing');
  expect(ownPlace({ ...here, writing: 't1', drafts, composer: 'note' }, false).mode).toBe(
    'viewing',
  );
});
