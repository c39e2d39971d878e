import { err, ok } from '../../shared/base/result.ts';
import type { Result } from '../../shared/base/result.ts';
import type { BridgeError } from '../../shared/bridge/bridge-error.ts';
import type { BridgeParams } from '../../shared/bridge/methods.ts';
import type { DeskInfo } from '../../shared/protocol/desk-info.ts';
import type { JournalOwner } from '../journal/records.ts';
import type { DeskClient } from '../sync/desk-client.ts';
import type { DeskFault } from '../sync/desk-fault.ts';
import type { DeskTarget } from './target.ts';

/** With which token the desk is spoken to. One that was signed in with lives as long as this run (X4). */
export type Session = {
  /** Empty before any sign-in. */
  token: () => string;
  /**
   * Takes a sign-in once the desk has said for whom it stands (S9). Another agent's is refused: the journal here is
   * pushed only as the agent who wrote it (S5).
   */
  signIn: (given: BridgeParams<'session.signIn'>) => Promise<Result<void, BridgeError>>;
};

export type SessionDeps = {
  target: DeskTarget;
  /** A client that speaks with this token. */
  clientFor: (token: string) => Pick<DeskClient, 'info' | 'signIn'>;
  /** By which the agent knows this console among their sign-ins. */
  consoleName: string;
  /** Who works here, and by which name; null before the first contact with the desk. */
  owner: () => { owner: JournalOwner; name: string } | null;
  signedIn: () => void;
};

export function deskSession(deps: SessionDeps): Session {
  const { target, clientFor } = deps;
  let token = target.kind === 'address' ? (target.token ?? '') : '';

  const tokenFor = async (
    given: BridgeParams<'session.signIn'>,
  ): Promise<Result<string, DeskFault>> => {
    if (given.kind === 'token') return ok(given.token.trim());
    const { agentId, password } = given;
    const { consoleName } = deps;
    const answer = await clientFor('').signIn({ agentId, password, consoleName });
    return answer.ok ? ok(answer.value.token) : answer;
  };

  return {
    token: () => token,
    signIn: async (given) => {
      if (target.kind === 'embedded')
        return err(notAllowed('The desk on this machine needs no sign-in.'));
      const next = await tokenFor(given);
      if (!next.ok) return err(wordsOf(next.error));
      const answer = await clientFor(next.value).info();
      if (!answer.ok) return err(wordsOf(answer.error));
      const refused = notHere(answer.value.info, deps.owner());
      if (refused !== null) return err(notAllowed(refused));
      token = next.value;
      deps.signedIn();
      return ok(undefined);
    },
  };
}

/** Why this sign-in may not be used here; null where it may. */
function notHere(info: DeskInfo, here: ReturnType<SessionDeps['owner']>): string | null {
  if (here === null) return null;
  if (info.deskId !== here.owner.deskId)
    return 'This address now leads to another desk. What is kept here goes only to the desk it was written for.';
  if (info.agent.id === here.owner.agentId) return null;
  return (
    `The desk knows this sign-in as ${info.agent.name}. ${here.name} works here, and no change goes out under ` +
    `another name: sign in as ${here.name}.`
  );
}

function wordsOf({ kind, message }: DeskFault): BridgeError {
  const isAway = kind === 'unreachable' || kind === 'no-address';
  return isAway ? { code: 'no-desk', message } : notAllowed(message);
}

function notAllowed(message: string): BridgeError {
  return { code: 'not-allowed', message };
}
