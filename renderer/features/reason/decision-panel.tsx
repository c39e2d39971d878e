import type { Panel } from '../../store/console-state.ts';
import { useTicket } from '../../store/use-console.ts';
import { CertifyDialog } from './certify-dialog.tsx';
import { CloseDialog } from './close-dialog.tsx';
import { ConvertDialog } from './convert-dialog.tsx';
import { FeatureDialog } from './feature-dialog.tsx';
import { NoReplyDialog } from './no-reply-dialog.tsx';
import { SeverityDialog } from './severity-dialog.tsx';
import { TakeBackDialog } from './take-back-dialog.tsx';

/** The decision that is being looked at; none where the ticket is not here any more. */
export function DecisionPanel({ panel }: { panel: Extract<Panel, { kind: 'decision' }> }) {
  const head = useTicket(panel.ticketId)?.shown;
  if (head === undefined) return null;
  const { decision } = panel;
  switch (decision.kind) {
    case 'certify':
      return <CertifyDialog head={head} />;
    case 'severity':
      return <SeverityDialog head={head} severity={decision.severity} />;
    case 'convert':
      return <ConvertDialog head={head} />;
    case 'feature':
      return <FeatureDialog head={head} />;
    case 'take-back':
      return <TakeBackDialog head={head} />;
    case 'close':
      return <CloseDialog head={head} />;
    case 'no-reply':
      return <NoReplyDialog head={head} />;
  }
}
