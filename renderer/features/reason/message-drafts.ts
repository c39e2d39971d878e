import type { Severity } from '../../../shared/policy/severity.ts';
import type { TicketHead } from '../../../shared/tickets/head.ts';
import { plainLine } from '../../plain-line.ts';
import { severityWords } from '../../words.ts';

/** Messages to the customer that are offered with a decision. The agent reads them before they go. */

type About = Pick<TicketHead, 'subject' | 'customer' | 'reference'>;

/** Less than the customer asked for (W7): what it is now, and what would change it. */
export function belowAskedMessage(
  about: About,
  { asked, severity, agentName }: { asked: Severity; severity: Severity; agentName: string },
): string {
  return letter(
    about,
    [
      `Thank you for your report “${plainLine(about.subject)}” (${about.reference}). You asked for ${severityWords[asked]}. From what we know so far it is ${severityWords[severity]}: ${meant[severity]}, and that is how we work on it.`,
      'If it keeps you from more than that, please tell us what you cannot do and how many people it concerns, and we will look at it again.',
    ],
    agentName,
  );
}

const meant: Readonly<Record<Severity, string>> = {
  critical: 'the service cannot be used at all',
  high: 'work goes on in part only',
  medium: 'some parts fail, but work can go on',
  low: 'a question about its use, or a wish for the product',
};

/** P10: their problem becomes a feature request. */
export function conversionMessage(about: About, agentName: string): string {
  return letter(
    about,
    [
      `Thank you for writing about “${plainLine(about.subject)}” (${about.reference}). What you describe is something that the product does not do yet, so we have noted it as a feature request.`,
      'Product management decides whether and when it is built; we cannot promise a date. This ticket stays with the request, and we will write to you when there is news.',
      'If a part of it worked before and has stopped, please tell us, and we will look at that as a fault.',
    ],
    agentName,
  );
}

function letter({ customer }: About, paragraphs: readonly string[], agentName: string): string {
  const contact = plainLine(customer.contact).trim();
  return [
    contact === '' ? 'Hello,' : `Hello ${contact},`,
    ...paragraphs,
    `Kind regards\n${agentName}`,
  ].join('\n\n');
}
