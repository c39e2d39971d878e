import type { ShownPresence } from '../../shared/bridge/presence.ts';
import type { BridgeParams } from '../../shared/bridge/methods.ts';
import type { Console } from './console.ts';
import type { ConsoleState } from './console-state.ts';

type Where = Pick<
  ConsoleState,
  'phase' | 'page' | 'selectedId' | 'composer' | 'writing' | 'drafts'
>;

/**
 * Where the agent here is (S18): at the ticket that is on screen, and replying only while they are in the field with
 * something in it. A draft left from yesterday is no reply under way.
 */
export function ownPlace(
  { phase, page, selectedId, composer, writing, drafts }: Where,
  isHidden: boolean,
): BridgeParams<'presence.set'> {
  if (phase !== 'ready' || page !== null || isHidden || selectedId === null)
    return { ticketId: null, mode: 'viewing' };
  const isWriting = composer === 'reply' && writing === selectedId;
  const isReplying = isWriting && (drafts[selectedId]?.reply ?? '').trim() !== '';
  return { ticketId: selectedId, mode: isReplying ? 'replying' : 'viewing' };
}

/** Tells main whenever that changes, until what it returns is called. */
export function followPlace(console: Console, isHidden: () => boolean): () => void {
  let told = '';
  const look = (): void => {
    const place = ownPlace(console.state.getState(), isHidden());
    const text = JSON.stringify(place);
    if (text === told) return;
    told = text;
    // Only a courtesy to others: what fails is not worth a word.
    void console.bridge.call('presence.set', place);
  };
  const stop = console.state.subscribe(look);
  document.addEventListener('visibilitychange', look);
  return () => {
    stop();
    document.removeEventListener('visibilitychange', look);
  };
}

/** Who else is at a ticket, those who reply first; each once, from whatever consoles. */
export function othersAt(
  presences: readonly ShownPresence[],
  ticketId: string,
  meId: string | undefined,
): ShownPresence[] {
  const byAgent = new Map<string, ShownPresence>();
  for (const presence of presences) {
    if (presence.ticketId !== ticketId || presence.agentId === meId) continue;
    const known = byAgent.get(presence.agentId);
    if (known === undefined || presence.mode === 'replying')
      byAgent.set(presence.agentId, presence);
  }
  return [...byAgent.values()].toSorted(
    (a, b) => rank(a) - rank(b) || a.at - b.at || (a.agentId < b.agentId ? -1 : 1),
  );
}

function rank({ mode }: ShownPresence): number {
  return mode === 'replying' ? 0 : 1;
}
