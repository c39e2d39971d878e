import type { Severity } from '../../../shared/policy/severity.ts';
import type { EscalationLevel } from '../../../shared/tickets/escalation-level.ts';
import { levelWords, severityWords } from '../../words.ts';

const plain: Readonly<Record<string, string>> = {
  '': 'The document',
  timeZone: 'Time zone',
  holidays: 'Holidays',
  targetHours: 'Targets',
  firstContactHours: 'First contact within',
  progressUpdateDays: 'Progress update every',
  onSeverityChange: 'A severity change',
  atRiskMinutes: 'At risk',
  alertMinutesBefore: 'Alerts',
  escalationContacts: 'Escalation contacts',
  shifts: 'Shifts',
  serverSupport24x7: 'Server faults count',
};

const bySeverity: Readonly<Record<string, string>> = {
  targetHours: 'answer within',
  atRiskMinutes: 'at risk before the due',
  alertMinutesBefore: 'alerts before the due',
};

const contactParts: Readonly<Record<string, string>> = {
  name: 'name',
  address: 'address',
  acknowledgeWithinMinutes: 'acknowledges within',
};

const shiftParts: Readonly<Record<string, string>> = {
  name: 'name',
  days: 'days',
  from: 'from',
  until: 'until',
};

/** A path of the document as the form calls it, such as `High: answer within`. */
export function settingWords(path: string): string {
  const known = plain[path];
  if (known !== undefined) return known;
  const [head = '', second = '', third = '', fourth = ''] = path.split('.');
  if (head === 'holidays') return `Holiday ${Number(second) + 1}`;
  const severity = (severityWords as Readonly<Record<string, string>>)[second as Severity];
  const what = bySeverity[head];
  if (what !== undefined && severity !== undefined) return `${severity}: ${what}`;
  const level = (levelWords as Readonly<Record<string, string>>)[second as EscalationLevel];
  if (head === 'escalationContacts' && level !== undefined)
    return [`Contact for ${level}`, contactParts[third]].filter(Boolean).join(': ');
  if (head === 'shifts') {
    if (third === '') return `Shifts of ${second}`;
    return [`Shifts of ${second}, shift ${Number(third) + 1}`, shiftParts[fourth]]
      .filter(Boolean)
      .join(': ');
  }
  return `“${path}”`;
}
