import { TZDate } from '@date-fns/tz';
import { addDays, format, isSunday, startOfDay } from 'date-fns';
import dayjs from 'dayjs';
import businessTime from 'dayjs-business-time';
import { MINUTE_MS } from '../../shared/base/time.ts';
import type { CompiledPolicy } from '../../shared/policy/compiled-policy.ts';
import type { Columns } from './sla-floor.ts';

/** How one adds counted time with other people's libraries: the due of a start and a length, ms. */
export type Peer = { name: string; dueAfter: (startAt: number, targetMs: number) => number };

/** Day by day, as it is mostly written. */
export function dateFnsByDays({ document: { timeZone, holidays } }: CompiledPolicy): Peer {
  const closed = new Set(holidays);
  return {
    name: 'date-fns, day by day',
    dueAfter: (startAt, targetMs) => {
      let at: Date = new TZDate(startAt, timeZone);
      let leftMs = targetMs;
      for (;;) {
        const nextDay = startOfDay(addDays(at, 1));
        if (!isSunday(at) && !closed.has(format(at, 'yyyy-MM-dd'))) {
          const hereMs = nextDay.getTime() - at.getTime();
          if (leftMs <= hereMs) return at.getTime() + leftMs;
          leftMs -= hereMs;
        }
        at = nextDay;
      }
    },
  };
}

/** It counts whole minutes of each day, and so comes out some too late; it knows no zone but that of its process, which the bench sets. */
export function dayjsBusinessTime({ document: { holidays } }: CompiledPolicy): Peer {
  dayjs.extend(businessTime);
  const day = [{ start: '00:00:00', end: '24:00:00' }];
  dayjs.setBusinessTime({
    sunday: null,
    monday: day,
    tuesday: day,
    wednesday: day,
    thursday: day,
    friday: day,
    saturday: day,
  });
  dayjs.setHolidays([...holidays]);
  return {
    name: 'dayjs-business-time',
    dueAfter: (startAt, targetMs) =>
      dayjs(startAt)
        .addBusinessMinutes(targetMs / MINUTE_MS)
        .valueOf(),
  };
}

/** The dues of the first `clocks` of the columns; what counts around the clock needs no library. */
export function peerDues(peer: Peer, columns: Columns, clocks: number): Float64Array {
  const dues = new Float64Array(clocks);
  for (let clock = 0; clock < clocks; clock += 1) {
    const fromAt = columns.fromAt[clock] ?? 0;
    const targetMs = columns.targetMs[clock] ?? 0;
    dues[clock] = columns.always[clock] === 1 ? fromAt + targetMs : peer.dueAfter(fromAt, targetMs);
  }
  return dues;
}
