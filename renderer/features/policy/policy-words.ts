import { HOUR_MS, MINUTE_MS } from '../../../shared/base/time.ts';
import { weekdays } from '../../../shared/policy/policy-document.ts';
import type { PolicyDocument } from '../../../shared/policy/policy-document.ts';
import { lengthWords } from '../../time-words.ts';

/** The settings of the policy as a lead reads them. */

export const severityChangeWords: Readonly<
  Record<PolicyDocument['onSeverityChange'], { label: string; meaning: string }>
> = {
  fair: {
    label: 'Fair',
    meaning:
      'No change gains time: raised in time, the new target counts from the change unless the due is sooner; raised too late, the due stays; lowered, it may move later.',
  },
  'from-origin': {
    label: 'From the origin',
    meaning:
      'The new severity’s target always counts from when the customer wrote, so raising an old ticket can make it overdue at once.',
  },
};

export const serverSupportWords = {
  no: {
    label: 'In business days',
    meaning: 'A server fault below Critical counts Monday to Saturday, as everything else.',
  },
  yes: {
    label: 'Around the clock',
    meaning: 'A SaaS customer’s server fault counts always, whatever its severity.',
  },
} as const;

export const weekdayWords: Readonly<Record<string, { short: string; long: string }>> = {
  mon: { short: 'Mon', long: 'Monday' },
  tue: { short: 'Tue', long: 'Tuesday' },
  wed: { short: 'Wed', long: 'Wednesday' },
  thu: { short: 'Thu', long: 'Thursday' },
  fri: { short: 'Fri', long: 'Friday' },
  sat: { short: 'Sat', long: 'Saturday' },
  sun: { short: 'Sun', long: 'Sunday' },
};

/** `2 h`, `30 min`; what is no number is shown as it was typed. */
export function hoursWords(hours: number | string): string {
  return typeof hours === 'number' ? lengthWords(hours * HOUR_MS) : typedWords(hours);
}

export function minutesWords(minutes: number | string): string {
  return typeof minutes === 'number' ? lengthWords(minutes * MINUTE_MS) : typedWords(minutes);
}

export function daysWords(days: number | string): string {
  if (typeof days !== 'number') return typedWords(days);
  return `${days.toLocaleString('en')} business ${days === 1 ? 'day' : 'days'}`;
}

/** `1 h, 30 min and 5 min before`; `none`. */
export function alertsWords(minutes: readonly (number | string)[]): string {
  if (minutes.length === 0) return 'none';
  const words = minutes.map(minutesWords);
  const last = words.pop() ?? '';
  return words.length === 0 ? last : `${words.join(', ')} and ${last}`;
}

/** `Mon–Fri`, `Mon, Wed`, `every day`. */
export function daysOfWeekWords(days: readonly string[]): string {
  if (days.length === 0) return 'no day';
  const places = weekdays.flatMap((day, place) => (days.includes(day) ? [place] : []));
  if (places.length === 7) return 'every day';
  const first = places[0] ?? 0;
  const isRun = places.length > 2 && places.every((place, index) => place === first + index);
  const short = (place: number): string => weekdayWords[weekdays[place] ?? '']?.short ?? '';
  return isRun
    ? `${short(first)}–${short(first + places.length - 1)}`
    : places.map(short).join(', ');
}

/** `06:00–14:00`; one that goes on into the next day says so. */
export function shiftTimes({ from, until }: { from: string; until: string }): string {
  return `${from}–${until}${until < from ? ' next day' : ''}`;
}

/** A date with its weekday and year: `Fri 25 Dec 2026`. What is no date is shown as it was typed. */
export function dateWords(date: string): string {
  const at = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(at) ? typedWords(date) : dateFormat.format(at).replace(',', '');
}

const dateFormat = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});

function typedWords(typed: string): string {
  return typed.trim() === '' ? 'nothing' : `“${typed}”`;
}
