import { describe, expect, test } from 'vitest';
import { err, ok } from '../../shared/base/result.ts';
import { MAX_CHUNK_BYTES } from '../../shared/bridge/blobs.ts';
import { bridgeMethods } from '../../shared/bridge/methods.ts';
import type { BridgeMethodName } from '../../shared/bridge/methods.ts';
import type { BridgeError } from '../../shared/bridge/bridge-error.ts';
import { dispatch } from './dispatch.ts';
import type { BridgeHandlers } from './dispatch.ts';

const faults: string[] = [];
const called: unknown[] = [];

function handlers(change: Partial<BridgeHandlers<string>>): BridgeHandlers<string> {
  const unused = () => err<BridgeError>({ code: 'not-allowed', message: 'not in this test' });
  const none = Object.fromEntries(
    Object.keys(bridgeMethods).map((name) => [name, unused]),
  ) as Record<BridgeMethodName, typeof unused>;
  return { ...none, ...change };
}

const call = (name: unknown, params: unknown, change: Partial<BridgeHandlers<string>> = {}) =>
  dispatch(handlers(change), name, params, 'caller', (message) => faults.push(message));

const file = { hash: 'a'.repeat(64), size: 3, name: 'x.txt', ticketId: 't1' };

describe('[X2] bridge calls', () => {
  test('parse their params and reach their handler', async () => {
    const result = await call(
      'sync.pause',
      { paused: true },
      {
        'sync.pause': (params, caller) => {
          called.push(params, caller);
          return ok({});
        },
      },
    );
    expect(result).toEqual(ok({}));
    expect(called).toEqual([{ paused: true }, 'caller']);
  });

  test.each([
    ['no.such', {}],
    ['toString', {}],
    ['__proto__', {}],
    [42, {}],
    [undefined, undefined],
    ['sync.pause', { paused: 'yes' }],
    ['sync.pause', { paused: true, more: 1 }],
    ['sync.pause', null],
    ['commands.dismiss', { commandId: '../../etc' }],
    ['blob.save', { ...file, name: '../../x', warned: true }],
    ['blob.open', { ...file, hash: '../../etc/passwd' }],
    ['blob.add', { id: 1, offset: 0, bytes: 'text' }],
    ['blob.add', { id: 1, offset: 0, bytes: new Uint8Array(MAX_CHUNK_BYTES + 1) }],
    ['blob.begin', { name: 'x', size: 25 * 1024 * 1024 + 1 }],
    ['blob.begin', { name: 'x', size: 1, path: '/etc/passwd' }],
    ['blob.choose', { path: '/etc/passwd' }],
    ['alerts.list', { limit: 1e9 }],
    ['link.open', { url: 'https://example.com/'.padEnd(5_000, 'a') }],
    [
      'commands.submit',
      {
        draft: {
          ticketId: 't',
          baseVersion: 1,
          threadSeen: 1,
          action: { kind: 'reply', text: ' ' },
        },
      },
    ],
  ])('%s %j is a bad call', async (name, params) => {
    expect(await call(name, params)).toMatchObject({ ok: false, error: { code: 'bad-call' } });
  });

  test('a handler that throws becomes an answer without its words', async () => {
    const result = await call(
      'sync.now',
      {},
      {
        'sync.now': () => {
          throw new Error('secret /home/x');
        },
      },
    );
    expect(result).toMatchObject({ ok: false, error: { code: 'internal' } });
    expect(JSON.stringify(result)).not.toContain('secret');
    expect(faults.at(-1)).toContain('sync.now');
  });

  test('a result that is not in the contract does not go out', async () => {
    const wrong = { alerts: [{ key: 'x' }] } as never;
    const result = await call('alerts.list', { limit: 1 }, { 'alerts.list': () => ok(wrong) });
    expect(result).toMatchObject({ ok: false, error: { code: 'internal' } });
  });

  test('a refusal goes out as it is', async () => {
    expect(await call('sync.now', {})).toMatchObject({ ok: false, error: { code: 'not-allowed' } });
  });
});
