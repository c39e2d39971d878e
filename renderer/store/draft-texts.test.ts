import { expect, test } from 'vitest';
import { draftModes } from '../../shared/bridge/drafts.ts';
import type { TicketDrafts } from './console-state.ts';
import { begunModes, draftTexts, readDraft } from './draft-texts.ts';

const drafts: Required<TicketDrafts> = {
  reply: ' Hello\n',
  note: 'For the team',
  attempt: {
    environment: { productVersion: '6.2', hosting: 'saas', operatingSystem: '', browser: '' },
    steps: 'Open it',
    expected: '',
    actual: '',
    outcome: null,
  },
  escalation: { level: null, reason: 'other', text: 'Because' },
  dataRequest: { what: 'The log', why: '', isPublic: false },
  conversion: { reason: 'A wish', message: null },
};

test('[S17] every draft comes back from its kept text as it was', () => {
  const texts = draftTexts(drafts);
  const back = draftModes.map((mode) => readDraft(mode, texts[mode]));
  expect(Object.assign({}, ...back)).toEqual(drafts);
  expect(begunModes(drafts)).toEqual([...draftModes]);
});

test('[S17] blanks alone are nothing begun, and what cannot be read is none', () => {
  expect(begunModes({ reply: ' \n', note: '' })).toEqual([]);
  expect(begunModes(undefined)).toEqual([]);
  expect(readDraft('attempt', '{"steps":1}')).toEqual({});
  expect(readDraft('escalation', 'not JSON')).toEqual({});
});
