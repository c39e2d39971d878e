import type { Severity } from '../../shared/policy/severity.ts';
import type { Alert } from './decide.ts';
import { notificationBody, notificationTitle, spanInWords } from './notification-text.ts';

export type NotificationWords = { title: string; body: string };

const severityWords: Readonly<Record<Severity, string>> = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
};

/** Data older than this says so (A8). */
const OLD_AFTER_MS = 5 * 60_000;
const DIGEST_LINES = 3;

/** "Critical, 14 min left: VH-20421", with subject and customer below. `now` is desk time. */
export function alertWords(alert: Alert, now: number, dataAgeMs: number): NotificationWords {
  return {
    title: notificationTitle(
      `${severityWords[alert.severity]}, ${left(alert, now)}: ${alert.reference}`,
    ),
    body: notificationBody(
      `${alert.subject}${alert.organisation === '' ? '' : ` (${alert.organisation})`}${age(dataAgeMs)}`,
    ),
  };
}

/** One notification for many, most urgent first (A3). */
export function digestWords(
  alerts: readonly Alert[],
  now: number,
  dataAgeMs: number,
): NotificationWords {
  const [first] = alerts;
  if (alerts.length === 1 && first !== undefined) return alertWords(first, now, dataAgeMs);
  const overdue = alerts.filter(({ dueAt }) => dueAt < now).length;
  const lines = alerts
    .slice(0, DIGEST_LINES)
    .map((alert) => `${alert.reference} ${severityWords[alert.severity]}, ${left(alert, now)}`);
  const more = alerts.length > DIGEST_LINES ? `; and ${alerts.length - DIGEST_LINES} more` : '';
  return {
    title: notificationTitle(
      overdue === 0
        ? `${alerts.length} tickets need you`
        : `${alerts.length} alerts, ${overdue} overdue`,
    ),
    body: notificationBody(`${lines.join('; ')}${more}${age(dataAgeMs)}`),
  };
}

function left({ dueAt }: Alert, now: number): string {
  const leftMs = dueAt - now;
  if (Math.abs(leftMs) < 60_000) return leftMs < 0 ? 'due now' : 'less than a minute left';
  // Rounded to the minute that the threshold names, though the timer is a little late.
  return leftMs > 0 ? `${spanInWords(leftMs + 30_000)} left` : `overdue by ${spanInWords(leftMs)}`;
}

function age(dataAgeMs: number): string {
  return dataAgeMs > OLD_AFTER_MS ? `, as of ${spanInWords(dataAgeMs)} ago` : '';
}
