import { expect, test } from 'vitest';
import type { AlertRecord } from '../../shared/bridge/alert-record.ts';
import { ok } from '../../shared/base/result.ts';
import { openBridge } from '../bridge/bridge.ts';
import { listenToMain } from './connect-console.ts';
import { createConsole } from './console.ts';
import { createDeskClock } from './desk-clock.ts';
import { createTicker } from './ticker.ts';

function start() {
  const listeners = new Map<string, (event: never) => void>();
  const console = createConsole({
    timers: { after: () => () => undefined },
    clock: createDeskClock(() => 0),
    ticker: createTicker({ now: () => 0, after: () => () => undefined, isHidden: () => true }),
    bridge: openBridge(
      {
        call: () => Promise.resolve(ok({}) as never),
        on: (name, listener) => {
          listeners.set(name, listener);
          return () => undefined;
        },
      },
      () => undefined,
    ),
  });
  listenToMain(console);
  return {
    notices: () => console.state.getState().notices,
    announcement: () => console.state.getState().announcement,
    send: (name: string, event: unknown) => {
      listeners.get(name)?.(event as never);
    },
  };
}

const alert: AlertRecord = {
  key: 'T1/C1/5/0',
  ticketId: 'T1',
  reference: 'VH-1',
  subject: 'All is \u202Edown',
  clock: 'C1',
  severity: 'critical',
  dueAt: 5,
  at: 4,
  state: 'failed',
  detail: 'no notification service',
};

test('S5: what main must tell the agent is an error notice that stays', () => {
  const { notices, send } = start();
  send('console.notice', { text: 'The journal was damaged.' });
  expect(notices()).toMatchObject([
    { tone: 'error', text: 'The journal was damaged.', ticketId: null },
  ]);
});

test('A2: an alert that no desktop notification could show comes up in the window, with its ticket', () => {
  const { notices, announcement, send } = start();
  send('alert.changed', { ...alert, state: 'shown' });
  expect(notices()).toEqual([]);
  expect(announcement()).toContain('VH-1');
  send('alert.changed', alert);
  expect(notices()).toMatchObject([
    { tone: 'error', text: 'Alert: VH-1, Critical: All is down', ticketId: 'T1' },
  ]);
});
