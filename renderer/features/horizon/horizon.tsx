import { HOUR_MS, MINUTE_MS } from '../../../shared/base/time.ts';
import { horizon } from '../../../shared/policy/horizon.ts';
import type { HorizonDue } from '../../../shared/policy/horizon.ts';
import type { Console } from '../../store/console.ts';
import { openTicket } from '../../store/selection.ts';
import { useConsole, useConsoleState } from '../../store/use-console.ts';
import { useAtTime } from '../../store/use-time.ts';
import { timeOfDay, when } from '../../time-words.ts';
import { classes } from '../../ui/classes.ts';
import { clockWords, counted, severityWords } from '../../words.ts';
import { BIN_MS, HORIZON_MS, layOut } from './horizon-marks.ts';
import type { LaidOut } from './horizon-marks.ts';
import styles from './horizon.module.css';

const BASE_PX = 16;
const LEVEL_PX = 10;

/** The next eight hours of the list as marks: it shows the pile-up that a list hides. */
export function Horizon() {
  const console = useConsole();
  const revision = useConsoleState((state) => state.revision);
  const view = useConsoleState((state) => state.view);
  const now = useAtTime(minuteOf, (at) => minuteOf(at) + MINUTE_MS);
  const laid = layOut(listedDues(console, view, revision, now), now);
  return (
    <div className={styles['horizon']} role="group" aria-label="Dues in the next 8 hours">
      <div className={styles['caption']}>
        <b>Next 8 hours</b>
        <span>{captionOf(laid)}</span>
      </div>
      <div className={styles['strip']}>
        <Hours now={now} />
        {laid.marks.map((mark) => (
          <Mark key={`${mark.ticketId} ${mark.clock}`} mark={mark} now={now} />
        ))}
        {laid.more.map(({ bin, count }) => (
          <span
            key={bin}
            className={styles['more']}
            style={{ left: `${leftOf(bin)}%`, bottom: BASE_PX + 4 * LEVEL_PX }}
          >
            +{count}
          </span>
        ))}
      </div>
    </div>
  );
}

function Mark({ mark, now }: { mark: LaidOut['marks'][number]; now: number }) {
  const console = useConsole();
  const chosen = useConsoleState((state) => state.selectedId === mark.ticketId);
  const clocks = [mark.clock, ...mark.also].map((id) => clockWords[id]).join(' and ');
  const words = `${mark.reference}, ${severityWords[mark.severity]}, ${clocks} due ${when(mark.dueAt, now)}`;
  return (
    <button
      type="button"
      // The list is the way by keyboard; a stop for each mark would be in the way.
      tabIndex={-1}
      className={classes(styles['mark'], styles[mark.severity], chosen && styles['chosen'])}
      style={{
        left: `calc(${leftOf(mark.bin)}% - 4px)`,
        bottom: BASE_PX + 2 + mark.level * LEVEL_PX,
      }}
      title={words}
      aria-label={words}
      onClick={() => {
        openTicket(console, mark.ticketId);
      }}
    />
  );
}

function Hours({ now }: { now: number }) {
  // Hours begin where the machine's zone has them: not all zones are whole hours from UTC.
  const firstHour = nextLocalHour(now);
  const hours = Array.from({ length: 8 }, (_, index) => firstHour + index * HOUR_MS);
  return (
    <>
      <svg className={styles['grid']} aria-hidden="true">
        {hours.map((at) => (
          <line
            key={at}
            x1={shareOf(at, now)}
            x2={shareOf(at, now)}
            y1="4"
            y2={62 - BASE_PX}
            stroke="var(--line)"
          />
        ))}
        <line x1="0" x2="100%" y1={62 - BASE_PX} y2={62 - BASE_PX} stroke="var(--line-2)" />
        <line
          x1="0.75"
          x2="0.75"
          y1="2"
          y2={62 - BASE_PX}
          stroke="var(--accent)"
          strokeWidth="1.5"
        />
      </svg>
      <span className={classes(styles['hour'], styles['now'])} style={{ left: 0 }}>
        {timeOfDay(now)}
      </span>
      {hours
        .filter((at) => hasRoom(at, now))
        .map((at) => (
          <span key={at} className={styles['hour']} style={{ left: shareOf(at, now) }}>
            {timeOfDay(at).slice(0, 2)}
          </span>
        ))}
    </>
  );
}

/** `revision` is what tells that the queue, which is changed in place, has changed. */
function listedDues(
  { queue, state }: Console,
  view: ReturnType<Console['state']['getState']>['view'],
  revision: number,
  now: number,
): HorizonDue[] {
  const { policy, search } = state.getState();
  if (view === 'conflicts' || policy === null || revision < 0) return [];
  const heads = queue.list(view, search).map((item) => item.row.head);
  return horizon(heads, policy, { fromAt: now, untilAt: now + HORIZON_MS }).dues;
}

function captionOf({ withinHour, peak, marks }: LaidOut): string {
  if (marks.length === 0) return 'nothing due';
  const parts = withinHour > 0 ? [`${withinHour} due within the hour`] : [];
  if (peak !== null)
    parts.push(
      `${peak.count} between ${timeOfDay(peak.fromAt)} and ${timeOfDay(peak.fromAt + HOUR_MS)}`,
    );
  return parts.length === 0 ? `${counted(marks.length, 'due')} ahead` : parts.join(', ');
}

function nextLocalHour(now: number): number {
  const hour = new Date(now);
  hour.setMinutes(60, 0, 0);
  return hour.getTime();
}

/** An hour's words stand clear of those of now, and of the edge. */
function hasRoom(at: number, now: number): boolean {
  return at - now > 45 * MINUTE_MS && at < now + HORIZON_MS - 8 * MINUTE_MS;
}

function minuteOf(at: number): number {
  return Math.floor(at / MINUTE_MS) * MINUTE_MS;
}

function leftOf(bin: number): number {
  return ((bin + 0.5) * BIN_MS * 100) / HORIZON_MS;
}

function shareOf(at: number, now: number): string {
  return `${((at - now) / HORIZON_MS) * 100}%`;
}
