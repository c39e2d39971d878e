import { Menu } from 'electron';
import type { MenuItemConstructorOptions } from 'electron';

export type MenuActions = {
  syncNow: () => void;
  workOffline: (offline: boolean) => void;
  about: () => void;
  quit: () => void;
};

const isMac = process.platform === 'darwin';

/** The conventional menus, built anew when what they show changes. */
export function setMenu(actions: MenuActions, state: { offline: boolean }): void {
  const appMenu: MenuItemConstructorOptions[] = isMac ? [{ role: 'appMenu' }] : [];
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...appMenu,
      {
        label: '&File',
        submenu: isMac
          ? [{ role: 'close' }]
          : [
              { label: 'Close window', accelerator: 'Ctrl+W', role: 'close' },
              { type: 'separator' },
              { label: 'Quit', accelerator: 'Ctrl+Q', click: actions.quit },
            ],
      },
      { role: 'editMenu' },
      {
        label: '&View',
        submenu: [
          { role: 'resetZoom' },
          { role: 'zoomIn' },
          { role: 'zoomOut' },
          { type: 'separator' },
          { role: 'togglefullscreen' },
          { type: 'separator' },
          { role: 'toggleDevTools' },
        ],
      },
      {
        label: '&Desk',
        submenu: [
          { label: 'Sync now', accelerator: 'F5', click: actions.syncNow },
          {
            label: 'Work offline',
            type: 'checkbox',
            checked: state.offline,
            click: () => {
              actions.workOffline(!state.offline);
            },
          },
        ],
      },
      { role: 'help', submenu: [{ label: 'About Agent Console', click: actions.about }] },
    ]),
  );
}
