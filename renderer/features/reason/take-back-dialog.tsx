import type { TicketHead } from '../../../shared/tickets/head.ts';
import { categoryWords, severityWords } from '../../words.ts';
import { DecisionDialog } from './decision-dialog.tsx';

/** Category and severity as they were, and what returns with them (C12). */
export function TakeBackDialog({ head }: { head: TicketHead }) {
  const { conversion } = head;
  if (conversion === null) return null;
  const own = head.severity.commandId === conversion.id;
  const severity = own ? conversion.fromSeverity : head.severity.value;
  return (
    <DecisionDialog
      ticketId={head.id}
      title="Take the feature request back?"
      description={`${head.reference} has category ${categoryWords[conversion.fromCategory]} and severity ${severityWords[severity]} again. The customer keeps the message they have: write to them if this changes something for them.`}
      actions={[{ kind: 'undo-conversion', conversionId: conversion.id }]}
      missing={null}
      action="Take it back"
    />
  );
}
