import { err, ok } from '../shared/base/result.ts';
import type { Result } from '../shared/base/result.ts';
import type { BridgeError } from '../shared/bridge/bridge-error.ts';
import type { ConsoleStart } from '../shared/bridge/methods.ts';
import { PROTOCOL_VERSION } from '../shared/protocol/protocol-version.ts';
import { blobHandlers } from './blobs/blob-handlers.ts';
import type { Working } from './console-state.ts';
import { draftHandlers } from './drafts/draft-handlers.ts';
import { dismiss } from './journal/dismiss.ts';
import type { PresenceParts } from './presence/presence.ts';
import type { Session } from './profile/session.ts';
import type { DeskClient } from './sync/desk-client.ts';
import type { DeskFault } from './sync/desk-fault.ts';
import type { BridgeHandlers } from './security/dispatch.ts';
import type { Caller } from './security/ipc.ts';
import { openLink } from './security/open-link.ts';
import type { FileDialogs } from './shell/file-dialogs.ts';

/** What the handlers need of the console. */
export type BridgeDeps = {
  client: Pick<DeskClient, 'previewPolicy' | 'savePolicy' | 'ticket'>;
  /** Waits while a known profile is being opened; null before the first contact with a desk. */
  working: () => Promise<Working | null>;
  dialogs: FileDialogs;
  start: () => Promise<ConsoleStart>;
  shown: (rows: number) => void;
  pause: (paused: boolean) => void;
  commandsChanged: () => void;
  signIn: Session['signIn'];
  /** Where the agent is (S18). */
  present: PresenceParts['set'];
  /** The page has saved its drafts before the end. */
  draftsFlushed: () => void;
  connectReplica: (caller: Caller) => void;
};

const notReady: BridgeError = {
  code: 'not-allowed',
  message: 'The console has not met its desk yet.',
};

/** What the desk said, or in words why it did not. */
function fromDesk<T>(answer: Result<T, DeskFault>): Result<T, BridgeError> {
  if (answer.ok) return answer;
  const { kind, message } = answer.error;
  const isAway = kind === 'unreachable' || kind === 'no-address';
  return err({ code: isAway ? 'no-desk' : 'not-allowed', message });
}

/** The method map of the bridge. */
export function bridgeHandlers(deps: BridgeDeps): BridgeHandlers<Caller> {
  return {
    'console.start': async () => ok(await deps.start()),
    'console.shown': ({ rows }) => {
      deps.shown(rows);
      return ok({});
    },
    'commands.submit': async ({ drafts }) => {
      const working = await deps.working();
      if (working === null) return err(notReady);
      // A command names only what is on this disk (S16).
      const missing = drafts.map(({ action }) => working.blobs.missing(action)).find(Boolean);
      if (missing)
        return err({
          code: 'no-file',
          message: `The file “${missing.name}” is not here any more.`,
        });
      const saved = await working.profile.journal.submit(drafts);
      if (!saved.ok) return err({ code: 'not-saved', message: saved.error.message });
      deps.commandsChanged();
      // Offline it waits for its turn: a key press is no reason to believe that the desk is back.
      if (working.sync.status().connection === 'online') working.sync.wake();
      return ok({ commands: saved.value });
    },
    'commands.dismiss': async ({ commandId }) => {
      const working = await deps.working();
      if (working === null) return err(notReady);
      const dismissed = await dismiss(working.profile.journal, commandId);
      if (!dismissed.ok) return dismissed;
      deps.commandsChanged();
      if (working.sync.status().connection === 'online') working.sync.wake();
      return ok({});
    },
    ...blobHandlers({
      blobs: async () => (await deps.working())?.blobs ?? null,
      dialogs: deps.dialogs,
    }),
    'commands.withdraw': async ({ commandId }) => {
      const working = await deps.working();
      if (working === null) return err(notReady);
      const saved = await working.profile.journal.withdraw(commandId);
      if (!saved.ok) return err({ code: 'not-saved', message: saved.error.message });
      deps.commandsChanged();
      return ok({ withdrawn: saved.value });
    },
    'sync.answer': async ({ question, yes }) => {
      const working = await deps.working();
      if (working === null) return err(notReady);
      working.sync.answer(question, yes);
      return ok({});
    },
    'session.signIn': async (given) => {
      await deps.working();
      const signedIn = await deps.signIn(given);
      return signedIn.ok ? ok({}) : signedIn;
    },
    ...draftHandlers({
      drafts: async () => (await deps.working())?.profile.drafts ?? null,
      flushed: deps.draftsFlushed,
    }),
    'presence.set': (place) => {
      deps.present(place);
      return ok({});
    },
    'sync.now': async () => {
      (await deps.working())?.sync.wake();
      return ok({});
    },
    'sync.pause': ({ paused }) => {
      deps.pause(paused);
      return ok({});
    },
    'alerts.list': async ({ limit }) => {
      const working = await deps.working();
      return ok({ alerts: working?.profile.ledger.list(limit) ?? [] });
    },
    'alerts.acknowledge': async ({ ticketId }) => {
      const working = await deps.working();
      if (working === null) return err(notReady);
      if (!working.profile.watch.has(ticketId))
        return err({ code: 'no-such-ticket', message: 'There is no such open ticket.' });
      await working.alerts.acknowledge(ticketId);
      return ok({});
    },
    'ticket.fetch': async ({ ticketId }) => fromDesk(await deps.client.ticket(ticketId)),
    'policy.preview': async ({ document }) =>
      fromDesk(await deps.client.previewPolicy({ protocol: PROTOCOL_VERSION, document })),
    'policy.save': async ({ document, baseRules }) =>
      fromDesk(await deps.client.savePolicy({ protocol: PROTOCOL_VERSION, document, baseRules })),
    'link.open': ({ url }) => openLink(url),
    'replica.connect': (_params, caller) => {
      deps.connectReplica(caller);
      return ok({});
    },
  };
}
