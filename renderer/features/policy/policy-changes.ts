import { severities } from '../../../shared/policy/severity.ts';
import { escalationLevels } from '../../../shared/tickets/escalation-level.ts';
import type { LooseDocument, ShiftForm } from '../../store/policy-form.ts';
import {
  alertsWords,
  dateWords,
  daysOfWeekWords,
  daysWords,
  hoursWords,
  minutesWords,
  serverSupportWords,
  severityChangeWords,
  shiftTimes,
} from './policy-words.ts';
import { settingWords } from './setting-words.ts';

/** One setting that an edit changes. `from` is null for what is added, `to` for what is taken away. */
export type PolicyChange = { path: string; what: string; from: string | null; to: string | null };

/** What an edit changes, in the order of the document, in words. */
export function policyChanges(before: LooseDocument, after: LooseDocument): PolicyChange[] {
  const changes: PolicyChange[] = [];
  const compare = <T>(path: string, from: T, to: T, words: (value: T) => string): void => {
    if (JSON.stringify(from) === JSON.stringify(to)) return;
    changes.push({ path, what: settingWords(path), from: words(from), to: words(to) });
  };
  compare('timeZone', before.timeZone, after.timeZone, (zone) => zone);
  changes.push(...holidayChanges(before.holidays, after.holidays));
  for (const each of severities) {
    const at = (group: string): string => `${group}.${each}`;
    compare(at('targetHours'), before.targetHours[each], after.targetHours[each], hoursWords);
    compare(
      at('atRiskMinutes'),
      before.atRiskMinutes[each],
      after.atRiskMinutes[each],
      minutesWords,
    );
    compare(
      at('alertMinutesBefore'),
      before.alertMinutesBefore[each],
      after.alertMinutesBefore[each],
      alertsWords,
    );
  }
  compare('firstContactHours', before.firstContactHours, after.firstContactHours, (hours) =>
    hours === null ? 'switched off' : hoursWords(hours),
  );
  compare('progressUpdateDays', before.progressUpdateDays, after.progressUpdateDays, daysWords);
  compare('onSeverityChange', before.onSeverityChange, after.onSeverityChange, changeWords);
  compare('serverSupport24x7', before.serverSupport24x7, after.serverSupport24x7, (always) =>
    (always ? serverSupportWords.yes : serverSupportWords.no).label.toLowerCase(),
  );
  for (const level of escalationLevels) {
    const [from, to] = [before.escalationContacts[level], after.escalationContacts[level]];
    const at = `escalationContacts.${level}`;
    compare(`${at}.name`, from.name, to.name, (text) => (text === '' ? 'nothing' : text));
    compare(`${at}.address`, from.address, to.address, (text) => (text === '' ? 'nothing' : text));
    compare(
      `${at}.acknowledgeWithinMinutes`,
      from.acknowledgeWithinMinutes,
      to.acknowledgeWithinMinutes,
      minutesWords,
    );
  }
  for (const team of new Set([...Object.keys(before.shifts), ...Object.keys(after.shifts)]))
    changes.push(...shiftChanges(team, before.shifts[team], after.shifts[team]));
  return changes;
}

function holidayChanges(before: readonly string[], after: readonly string[]): PolicyChange[] {
  const what = settingWords('holidays');
  const words = (dates: readonly string[]): string => dates.toSorted().map(dateWords).join(', ');
  const added = after.filter((date) => !before.includes(date));
  const gone = before.filter((date) => !after.includes(date));
  return [
    ...(added.length === 0 ? [] : [{ path: 'holidays', what, from: null, to: words(added) }]),
    ...(gone.length === 0 ? [] : [{ path: 'holidays', what, from: words(gone), to: null }]),
  ];
}

function shiftChanges(
  team: string,
  before: readonly ShiftForm[] | undefined,
  after: readonly ShiftForm[] | undefined,
): PolicyChange[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const path = `shifts.${team}`;
  return [{ path, what: settingWords(path), from: teamWords(before), to: teamWords(after) }];
}

function teamWords(shifts: readonly ShiftForm[] | undefined): string | null {
  if (shifts === undefined) return null;
  return shifts.length === 0 ? 'none' : shifts.map(shiftWords).join('; ');
}

function shiftWords(shift: ShiftForm): string {
  return `${shift.name === '' ? 'no name' : shift.name}, ${daysOfWeekWords(shift.days)} ${shiftTimes(shift)}`;
}

function changeWords(choice: string): string {
  const words: Readonly<Record<string, { label: string }>> = severityChangeWords;
  return (words[choice]?.label ?? `“${choice}”`).toLowerCase();
}
