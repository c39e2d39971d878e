import { app } from 'electron';
import type { Session } from 'electron';
import type { Log } from '../log.ts';
import { APP_PAGE, isAppUrl } from './app-origin.ts';

/** Denies every page what ours never does: going elsewhere, new windows, webviews (X1). Before ready. */
export function harden(log: Log): void {
  app.on('web-contents-created', (_created, contents) => {
    // No peer connection of a page tells anybody this machine's addresses.
    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
    contents.setWindowOpenHandler(() => {
      log.warn('security: a new window was denied');
      return { action: 'deny' };
    });
    contents.on('will-navigate', (event) => {
      // The page may load itself again.
      if (event.url === APP_PAGE) return;
      log.warn('security: a navigation was denied');
      event.preventDefault();
    });
    contents.on('will-frame-navigate', (event) => {
      // Customer content stands in frames of their own, given whole (X3).
      if (!event.isMainFrame && event.url !== 'about:srcdoc') event.preventDefault();
    });
    contents.on('will-redirect', (event) => {
      event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => {
      event.preventDefault();
    });
  });
}

/** Permissions are denied except notifications, and nothing is fetched but our own files (X1). */
export function hardenStorage(storage: Session): void {
  storage.setPermissionRequestHandler((contents, permission, answer) => {
    answer(permission === 'notifications' && isAppUrl(contents.getURL()));
  });
  storage.setPermissionCheckHandler(
    (_contents, permission, origin) => permission === 'notifications' && isAppUrl(origin),
  );
  storage.setDevicePermissionHandler(() => false);
  storage.webRequest.onBeforeRequest((details, answer) => {
    answer({ cancel: !isOwnRequest(details.url) });
  });
}

function isOwnRequest(url: string): boolean {
  return isAppUrl(url) || /^(blob|data|devtools):/.test(url);
}
