import { expect, test } from 'vitest';
import { ticket } from '../../../test/helpers/tickets.ts';
import { belowAskedMessage, conversionMessage } from './message-drafts.ts';

test('[W7] the message below what was asked for names both, and how to have it looked at again', () => {
  const text = belowAskedMessage(ticket(), {
    asked: 'critical',
    severity: 'medium',
    agentName: 'Mira Okonjo',
  });
  expect(text).toMatch(/^Hello R. Haas,\n\n/);
  expect(text).toContain('You asked for Critical.');
  expect(text).toContain('it is Medium');
  expect(text).toMatch(/Mira Okonjo$/);
});

test('[P10] the message of a conversion names the subject on one line and promises nothing', () => {
  const text = conversionMessage(ticket({ subject: 'Dark\ntheme' }), 'Mira Okonjo');
  expect(text).toContain('“Dark theme” (VH-10001)');
  expect(text).toContain('we cannot promise a date');
});
