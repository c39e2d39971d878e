import { expect, test } from 'vitest';
import { err, ok } from '../../shared/base/result.ts';
import type { Result } from '../../shared/base/result.ts';
import type { BridgeError } from '../../shared/bridge/bridge-error.ts';
import type { DeskInfo } from '../../shared/protocol/desk-info.ts';
import type { SignInRequest } from '../../shared/protocol/sign-in.ts';
import type { DeskFault } from '../sync/desk-fault.ts';
import { deskSession } from './session.ts';
import type { SessionDeps } from './session.ts';

const owner = { deskId: 'desk-1', agentId: 'ann', consoleId: 'c-1' };
const agents: Record<string, string> = { 'token-ann': 'ann', 'token-bob': 'bob' };

function info(agentId: string, deskId = 'desk-1'): DeskInfo {
  return {
    protocol: 1,
    deskId,
    epoch: 'e1',
    now: 1,
    version: 1,
    epochVersion: 0,
    agent: { id: agentId, version: 1, name: `Name of ${agentId}`, role: 'agent', teamIds: [] },
    demo: false,
  };
}

function setUp(change: Partial<SessionDeps> = {}) {
  const asked: SignInRequest[] = [];
  const wakes: string[] = [];
  let away: DeskFault | null = null;
  const session = deskSession({
    target: { kind: 'address', url: 'http://desk', token: 'token-old' },
    consoleName: 'laptop',
    owner: () => ({ owner, name: 'Ann' }),
    signedIn: () => wakes.push(session.token()),
    clientFor: (token) => ({
      info: async () => {
        if (away !== null) return err(away);
        const agentId = agents[token];
        return agentId === undefined
          ? err({ kind: 'signed-out' as const, message: 'The sign-in is not known to this desk.' })
          : ok({ info: info(agentId), askedMs: 0 });
      },
      signIn: async (request): Promise<Result<{ token: string; expiresAt: number }, DeskFault>> => {
        asked.push(request);
        return request.password === 'right'
          ? ok({ token: `token-${request.agentId}`, expiresAt: 9 })
          : err({ kind: 'signed-out', message: 'Agent and password do not match.' });
      },
    }),
    ...change,
  });
  return {
    session,
    asked,
    wakes,
    goAway: () => {
      away = { kind: 'unreachable', message: 'The desk cannot be reached.' };
    },
  };
}

const wordsOf = (answer: Result<void, BridgeError>): string =>
  answer.ok ? '' : answer.error.message;

test('[S9] a token that the desk knows as the agent who works here is taken, and sync is told after', async () => {
  const { session, wakes } = setUp();
  expect(session.token()).toBe('token-old');
  expect(await session.signIn({ kind: 'token', token: ' token-ann\n' })).toEqual(ok(undefined));
  expect(session.token()).toBe('token-ann');
  expect(wakes).toEqual(['token-ann']);
});

test('[S9] a password becomes a token, by the name of this console', async () => {
  const { session, asked } = setUp();
  const signedIn = await session.signIn({ kind: 'password', agentId: 'ann', password: 'right' });
  expect(signedIn.ok).toBe(true);
  expect(asked).toEqual([{ agentId: 'ann', password: 'right', consoleName: 'laptop' }]);
  expect(session.token()).toBe('token-ann');
});

test.each([
  [{ kind: 'token' as const, token: 'token-bob' }, 'not-allowed', /Name of bob.*sign in as Ann/],
  [{ kind: 'token' as const, token: 'nonsense' }, 'not-allowed', /not known/],
  [{ kind: 'password' as const, agentId: 'ann', password: 'wrong' }, 'not-allowed', /do not match/],
])(
  '[S5] [S9] what does not stand for the agent here changes nothing: %o',
  async (given, code, words) => {
    const { session, wakes } = setUp();
    const refused = await session.signIn(given);
    expect(refused).toMatchObject({ ok: false, error: { code } });
    expect(wordsOf(refused)).toMatch(words);
    expect(session.token()).toBe('token-old');
    expect(wakes).toEqual([]);
  },
);

test('[S5] the same agent id at another desk is another journal', async () => {
  const { session } = setUp({
    clientFor: () => ({
      info: async () => ok({ info: info('ann', 'desk-2'), askedMs: 0 }),
      signIn: async () => err({ kind: 'refused' as const, message: '' }),
    }),
  });
  const refused = await session.signIn({ kind: 'token', token: 'token-ann' });
  expect(wordsOf(refused)).toMatch(/another desk/);
});

test('[S9] without the desk nobody can say for whom it stands', async () => {
  const { session, goAway } = setUp();
  goAway();
  expect(await session.signIn({ kind: 'token', token: 'token-ann' })).toMatchObject({
    error: { code: 'no-desk' },
  });
});

test('[S9] before the first contact any agent may sign in; the desk of this machine needs none', async () => {
  const fresh = setUp({ owner: () => null, target: { kind: 'address', url: 'u', token: null } });
  expect(fresh.session.token()).toBe('');
  expect((await fresh.session.signIn({ kind: 'token', token: 'token-bob' })).ok).toBe(true);
  const own = setUp({ target: { kind: 'embedded' } });
  expect((await own.session.signIn({ kind: 'token', token: 'token-ann' })).ok).toBe(false);
});
