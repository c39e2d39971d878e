import type { PolicyDocument } from '../../../shared/policy/policy-document.ts';
import { daysWords, hoursWords, serverSupportWords, severityChangeWords } from './policy-words.ts';
import { Section } from './section.tsx';

/** The rules that do not go by severity: C2, C4, C10 and P1. */
export function ReadRules({ document }: { document: PolicyDocument }) {
  const { firstContactHours, progressUpdateDays, onSeverityChange, serverSupport24x7 } = document;
  const change = severityChangeWords[onSeverityChange];
  const server = serverSupport24x7 ? serverSupportWords.yes : serverSupportWords.no;
  return (
    <>
      <Section title="First contact">
        {firstContactHours === null ? (
          <p>Switched off: only the answer by severity is owed.</p>
        ) : (
          <p>
            Within <b>{hoursWords(firstContactHours)}</b> of business days the customer hears from
            us, whatever the severity. Not for questions and feature requests.
          </p>
        )}
      </Section>
      <Section title="Progress updates">
        <p>
          A certified bug owes its customer news every <b>{daysWords(progressUpdateDays)}</b>.
          Waiting on the customer stops the count.
        </p>
      </Section>
      <Section title="Severity change">
        <p>
          <b>{change.label}.</b> {change.meaning}
        </p>
      </Section>
      <Section title="Server support">
        <p>
          <b>{server.label}.</b> {server.meaning}
        </p>
      </Section>
    </>
  );
}
