import { err, ok } from '../../shared/base/result.ts';
import type { BridgeError } from '../../shared/bridge/bridge-error.ts';
import type { draftMethods } from '../../shared/bridge/drafts.ts';
import type { BridgeHandlers } from '../security/dispatch.ts';
import type { DraftStore } from './draft-store.ts';

export type DraftHandlerDeps = {
  /** Null before the first contact with a desk. */
  drafts: () => Promise<DraftStore | null>;
  /** The page has saved all that it was asked for at the end. */
  flushed: () => void;
};

const notReady: BridgeError = {
  code: 'not-allowed',
  message: 'The console has not met its desk yet.',
};

/** The bridge's calls about drafts (S17). */
export function draftHandlers(
  deps: DraftHandlerDeps,
): Pick<BridgeHandlers<unknown>, keyof typeof draftMethods> {
  return {
    'drafts.all': async () => ok({ drafts: (await deps.drafts())?.all() ?? [] }),
    'drafts.save': async (draft) => {
      const drafts = await deps.drafts();
      if (drafts === null) return err(notReady);
      const saved = await drafts.save(draft);
      return saved.ok ? saved : err({ code: 'not-saved', message: saved.error });
    },
    'drafts.flushed': () => {
      deps.flushed();
      return ok({});
    },
  };
}
