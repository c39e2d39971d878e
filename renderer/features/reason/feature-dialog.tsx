import type { TicketHead } from '../../../shared/tickets/head.ts';
import { DecisionDialog } from './decision-dialog.tsx';

/** A Low that still owes an answer becomes a feature request: what that stops is seen first (P9, C12). */
export function FeatureDialog({ head }: { head: TicketHead }) {
  return (
    <DecisionDialog
      ticketId={head.id}
      title={`Make ${head.reference} a feature request?`}
      description="Feature requests have no response SLA. The customer is told nothing by this: reply to them, too."
      actions={[{ kind: 'set-category', category: 'feature', reason: null }]}
      missing={null}
      action="Make feature request"
    />
  );
}
