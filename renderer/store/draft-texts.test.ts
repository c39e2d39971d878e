import { expect, test } from 'vitest';
import { draftModes } from '../../shared/bridge/drafts.ts';
import type { TicketDrafts } from './console-state.ts';
import {
  begunModes,
  draftSign,
  draftTexts,
  modeFiles,
  readDraft,
  withFiles,
} from './draft-texts.ts';

const drafts: Required<Omit<TicketDrafts, 'files'>> = {
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

test('[S16] files alone are something begun, and come back with what carries them', () => {
  const file = { hash: 'a'.repeat(64), size: 3, name: 'x.txt', type: 'text/plain' };
  const begun: TicketDrafts = { files: { reply: [file], dataRequest: [file, file] } };
  expect(begunModes(begun)).toEqual(['reply', 'data-request']);
  expect(draftSign(begun, 'reply')).not.toBe(draftSign({ ...begun, reply: 'x' }, 'reply'));
  const back = draftModes.reduce<TicketDrafts>(
    (drafts, mode) => ({ ...drafts, ...withFiles(drafts, mode, modeFiles(begun, mode)) }),
    {},
  );
  expect(back).toEqual(begun);
  // What cannot carry files is given none.
  expect(withFiles(undefined, 'escalation', [file])).toEqual({});
});
