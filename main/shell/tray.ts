import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { Menu, Tray, nativeImage } from 'electron';
import type { NativeImage } from 'electron';
import type { Log } from '../log.ts';

export type TrayActions = {
  open: () => void;
  quit: () => void;
  workOffline: (offline: boolean) => void;
};

export type ConsoleTray = {
  /** Whether the system has a place where trays are seen. */
  isSeen: () => boolean;
  update: (state: { counts: string; offline: boolean }) => void;
  destroy: () => void;
};

/** The tray icon with the counts of U5 (A7). On a system without a tray the console goes on without. */
export function consoleTray(icons: string, actions: TrayActions, log: Log): ConsoleTray {
  let tray: Tray | null = null;
  let seen = process.platform !== 'linux';
  let shown = '';
  try {
    tray = new Tray(trayImage(icons));
    tray.on('click', actions.open);
  } catch (thrown) {
    log.info(`tray: none here: ${String(thrown)}`);
  }
  if (process.platform === 'linux')
    hasTrayHost((has) => {
      seen = has;
    });
  return {
    isSeen: () => tray !== null && seen,
    update: ({ counts, offline }) => {
      const next = `${counts}|${offline}`;
      if (tray === null || next === shown) return;
      shown = next;
      tray.setToolTip(counts === '' ? 'Agent Console' : `Agent Console: ${counts}`);
      if (process.platform === 'darwin') tray.setTitle(counts);
      tray.setContextMenu(
        Menu.buildFromTemplate([
          { label: counts === '' ? 'Nothing overdue or at risk' : counts, enabled: false },
          { type: 'separator' },
          { label: 'Open', click: actions.open },
          {
            label: 'Work offline',
            type: 'checkbox',
            checked: offline,
            click: () => {
              actions.workOffline(!offline);
            },
          },
          { type: 'separator' },
          { label: 'Quit', click: actions.quit },
        ]),
      );
    },
    destroy: () => {
      tray?.destroy();
      tray = null;
    },
  };
}

function trayImage(icons: string): NativeImage {
  const image = nativeImage.createFromPath(join(icons, 'tray-22.png'));
  if (image.isEmpty()) return plainSquare();
  const large = nativeImage.createFromPath(join(icons, 'tray-44.png'));
  if (!large.isEmpty()) image.addRepresentation({ scaleFactor: 2, buffer: large.toPNG() });
  return image;
}

/** Stands in where the icons were not built. */
function plainSquare(): NativeImage {
  const side = 16;
  return nativeImage.createFromBitmap(Buffer.alloc(side * side * 4, 0xb0), {
    width: side,
    height: side,
  });
}

/** Part of D-Bus itself; where it is not, no tray is seen either. */
const DBUS_SEND = 'dbus-send';

/** On Linux only the session bus knows whether a desktop shows trays. */
function hasTrayHost(answer: (has: boolean) => void): void {
  const args = [
    '--session',
    '--print-reply=literal',
    '--dest=org.freedesktop.DBus',
    '/org/freedesktop/DBus',
    'org.freedesktop.DBus.NameHasOwner',
    'string:org.kde.StatusNotifierWatcher',
  ];
  execFile(DBUS_SEND, args, { timeout: 5_000 }, (error, stdout) => {
    answer(error === null && stdout.includes('true'));
  });
}
