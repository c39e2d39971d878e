import { DAY_MS } from '../base/time.ts';
import { err, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { compileCalendar, dueAfter } from './calendar.ts';
import { hoursMs } from './compiled-policy.ts';
import { buildDayTable } from './day-table.ts';
import { faultWords } from './fault-words.ts';
import { policyDocumentSchema } from './policy-document.ts';
import type { PolicyDocument } from './policy-document.ts';
import { severities } from './severity.ts';

/** One thing that is wrong with a policy document: where, and why. */
export type DocumentFault = { path: string; reason: string };

/** A day table reaches at least this far ahead (C15): a target that does not end in it would have no due. */
const REACH_MS = 2 * 365 * DAY_MS;

/**
 * Takes a document as a team wrote it, or names every fault of it with its path (C15). `now` is only where it is
 * tried that each target ends, ms since epoch.
 */
export function checkDocument(
  document: unknown,
  now: number,
): Result<PolicyDocument, DocumentFault[]> {
  const parsed = policyDocumentSchema.safeParse(document);
  if (!parsed.success)
    return err(
      parsed.error.issues.flatMap((issue) => {
        const at = issue.path.map(String);
        // A field too many stands at its parent; the agent looks for the field.
        if (issue.code === 'unrecognized_keys')
          return issue.keys.map((key) => ({
            path: [...at, key].join('.'),
            reason: 'there is no such setting',
          }));
        return [{ path: at.join('.'), reason: faultWords(issue, document) }];
      }),
    );
  const faults = [
    ...zoneFaults(parsed.data),
    ...holidayFaults(parsed.data),
    ...targetFaults(parsed.data),
    ...thresholdFaults(parsed.data),
    ...shiftFaults(parsed.data),
  ];
  if (faults.length > 0) return err(faults);
  const unending = unendingTargets(parsed.data, now);
  return unending.length > 0 ? err(unending) : ok(parsed.data);
}

function zoneFaults({ timeZone }: PolicyDocument): DocumentFault[] {
  if (isTimeZone(timeZone)) return [];
  return [{ path: 'timeZone', reason: `no such IANA time zone: ${timeZone}` }];
}

/** Is it a zone that this machine's time-zone data knows by this name? */
export function isTimeZone(name: string): boolean {
  // Intl takes offsets such as +02:00 as well, which know no summer time.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function holidayFaults({ holidays }: PolicyDocument): DocumentFault[] {
  return holidays.flatMap((date, index) =>
    holidays.indexOf(date) === index
      ? []
      : [{ path: `holidays.${index}`, reason: `${date} is there twice` }],
  );
}

/** A worse severity that may wait longer would make raising a ticket gain time (C10). */
function targetFaults({ targetHours }: PolicyDocument): DocumentFault[] {
  return severities.flatMap((severity, index) => {
    const worse = severities[index - 1];
    if (worse === undefined || targetHours[worse] <= targetHours[severity]) return [];
    return [
      {
        path: `targetHours.${severity}`,
        reason: `is shorter than that of ${worse}, which is the worse severity`,
      },
    ];
  });
}

function thresholdFaults({ alertMinutesBefore }: PolicyDocument): DocumentFault[] {
  return severities.flatMap((severity) =>
    alertMinutesBefore[severity].flatMap((minutes, index, all) => {
      const before = all[index - 1];
      if (before === undefined || before > minutes) return [];
      return [
        {
          path: `alertMinutesBefore.${severity}.${index}`,
          reason: before === minutes ? `${minutes} is there twice` : 'the largest must come first',
        },
      ];
    }),
  );
}

function shiftFaults({ shifts }: PolicyDocument): DocumentFault[] {
  return Object.entries(shifts).flatMap(([team, list]) =>
    list.flatMap(({ days, from, until }, index) => [
      ...(from === until
        ? [{ path: `shifts.${team}.${index}.until`, reason: 'is when it begins' }]
        : []),
      ...(new Set(days).size < days.length
        ? [{ path: `shifts.${team}.${index}.days`, reason: 'a day is there twice' }]
        : []),
    ]),
  );
}

/** Holidays may be so many that a target never ends. */
function unendingTargets(document: PolicyDocument, now: number): DocumentFault[] {
  const days = buildDayTable(document.timeZone, now, now + REACH_MS);
  const calendar = compileCalendar(days, document.holidays);
  const ends = (hours: number) => Number.isFinite(dueAfter(calendar, now, hoursMs(hours)));
  const tooLong = 'would not end within two years of business days';
  return [
    // Critical counts every day.
    ...severities
      .filter((severity) => severity !== 'critical' && !ends(document.targetHours[severity]))
      .map((severity) => ({ path: `targetHours.${severity}`, reason: tooLong })),
    ...(document.firstContactHours !== null && !ends(document.firstContactHours)
      ? [{ path: 'firstContactHours', reason: tooLong }]
      : []),
    ...(ends(document.progressUpdateDays * 24)
      ? []
      : [{ path: 'progressUpdateDays', reason: tooLong }]),
  ];
}
