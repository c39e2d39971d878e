import { unreachable } from '../../../shared/base/assert.ts';
import type { EntryBody } from '../../../shared/tickets/entry.ts';
import { categoryWords, closeReasonWords, severityWords, statusWords } from '../../words.ts';

/** A change from what to what (W7), as a quiet line. `nameOf` turns an agent's id into a name. */
export function changeWords(
  body: Extract<EntryBody, { kind: 'change' }>,
  nameOf: (agentId: string) => string,
): string {
  switch (body.field) {
    case 'severity':
      return body.from === body.to
        ? `Severity confirmed: ${severityWords[body.to]}`
        : `Severity ${severityWords[body.from]} → ${severityWords[body.to]}`;
    case 'server-fault':
      return body.to ? 'Marked as a server fault' : 'No longer a server fault';
    case 'category':
      return `${categoryWords[body.from]} → ${categoryWords[body.to]}`;
    case 'status': {
      const why = body.closeReason === null ? '' : ` (${closeReasonWords[body.closeReason]})`;
      return `${statusWords[body.from]} → ${statusWords[body.to]}${why}`;
    }
    case 'assignee':
      return body.to === null ? 'Assigned to nobody' : `Assigned to ${nameOf(body.to)}`;
    default:
      return unreachable(body);
  }
}
