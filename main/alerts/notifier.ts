import { Notification } from 'electron';
import type { NotificationWords } from './words.ts';

export type ShownResult = { kind: 'shown' } | { kind: 'failed'; why: string };

export type NotificationRequest = NotificationWords & {
  isCritical: boolean;
  result: (result: ShownResult) => void;
  clicked: () => void;
};

export type Notifier = { show: (request: NotificationRequest) => void };

/** How long a notification is held on to, so that a late click still finds its listener. */
const HOLD_MS = 12 * 3_600_000;

/** The one place that makes OS notifications. It only shows; what and whether is decided elsewhere. */
export function osNotifier(): Notifier {
  // Without a reference the object is collected and its click goes nowhere.
  const held = new Set<Notification>();
  return {
    show: ({ title, body, isCritical, result, clicked }) => {
      if (!Notification.isSupported()) {
        result({ kind: 'failed', why: 'This system has no notification service.' });
        return;
      }
      const notification = new Notification({
        title,
        body,
        silent: false,
        ...(isCritical ? { urgency: 'critical', timeoutType: 'never' } : {}),
      });
      held.add(notification);
      const release = setTimeout(() => held.delete(notification), HOLD_MS);
      release.unref();
      notification.on('show', () => {
        result({ kind: 'shown' });
      });
      notification.on('failed', (_event, why) => {
        held.delete(notification);
        const words = why === '' ? 'The notification service did not take it.' : why;
        result({ kind: 'failed', why: words });
      });
      notification.on('click', clicked);
      notification.show();
    },
  };
}
