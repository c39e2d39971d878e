import type { TicketHead } from '../../../shared/tickets/head.ts';
import type { Entry } from '../../../shared/tickets/entry.ts';
import type { AttemptDraft } from '../../store/console-state.ts';

/** A form that starts from the last attempt, else from what is known of the customer (W1). */
export function firstDraft(head: TicketHead, entries: readonly Entry[]): AttemptDraft {
  for (const { body } of entries.toReversed()) {
    if (body.kind !== 'attempt') continue;
    const { environment, steps, expected } = body.attempt;
    return { environment, steps, expected, actual: '', outcome: null };
  }
  return {
    environment: {
      productVersion: '',
      hosting: head.customer.licence,
      operatingSystem: '',
      browser: '',
    },
    steps: '',
    expected: '',
    actual: '',
    outcome: null,
  };
}

/** What is still missing before it can be saved; null where nothing is. */
export function missingWords(draft: AttemptDraft): string | null {
  if (draft.steps.trim() === '') return 'Say what was tried.';
  if (draft.outcome === null) return 'Choose an outcome.';
  if (draft.outcome === 'reproduced' && draft.actual.trim() === '')
    return 'Say what happened instead.';
  return null;
}
