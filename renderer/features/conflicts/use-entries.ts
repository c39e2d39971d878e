import { useEffect, useState } from 'react';
import type { Entry } from '../../../shared/tickets/entry.ts';
import { useConsole, useTicket } from '../../store/use-console.ts';

/** The ticket's entries, read again whenever its row changes; null until they are here. */
export function useEntries(ticketId: string): readonly Entry[] | null {
  const console = useConsole();
  const version = useTicket(ticketId)?.row.head.version ?? 0;
  const [read, setRead] = useState<{ version: number; entries: readonly Entry[] } | null>(null);
  useEffect(() => {
    let wanted = true;
    void console.replica?.timeline(ticketId).then(({ entries }) => {
      // What could not be read is read again with the next change; until then nothing can be decided.
      if (wanted && entries !== null) setRead({ version, entries });
    });
    return () => {
      wanted = false;
    };
  }, [console, ticketId, version]);
  return read?.entries ?? null;
}
