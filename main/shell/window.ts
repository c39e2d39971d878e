import { BrowserWindow, nativeTheme, screen } from 'electron';
import type { WebContents } from 'electron';
import type { Log } from '../log.ts';
import { APP_PAGE } from '../security/app-origin.ts';
import type { Settings } from '../settings/settings-schema.ts';

/** The console's one window, which may come and go while the console runs. */
export type ConsoleWindow = {
  /** Shows it on top, making it where it is not. */
  show: () => void;
  /** Hides it; the console goes on. */
  hide: () => void;
  reload: () => void;
  contents: () => WebContents | null;
  isOwn: (contents: WebContents) => boolean;
  setTitle: (counts: string) => void;
  flash: () => void;
  /** Saves where it is, for the next start. */
  remember: () => void;
  /** The page has painted its first rows: show it if it is not shown yet. */
  painted: () => void;
};

export type WindowDeps = {
  preload: string;
  icon: string;
  bounds: () => Settings['window'];
  saveBounds: (bounds: NonNullable<Settings['window']>) => void;
  /** True where closing only hides. */
  closeHides: () => boolean;
  /** The page was loaded, or loaded again. */
  loaded: () => void;
  log: Log;
};

const APP_NAME = 'Agent Console';
const SIZE = { width: 1440, height: 900, minWidth: 1024, minHeight: 700 };
/** The page's own background, so that nothing flashes before its first paint. */
const BACKGROUND = { dark: '#16181d', light: '#ffffff' };

/** A page that crashes at once each time must not take the processor. */
const RELOAD_AFTER_MS = 500;

export function consoleWindow(deps: WindowDeps): ConsoleWindow {
  let window: BrowserWindow | null = null;
  let title = APP_NAME;
  /** Once shown, only the agent's wish shows or hides it. */
  let isShown = false;

  const remember = (leaving: BrowserWindow): void => {
    const { x, y, width, height } = leaving.getNormalBounds();
    deps.saveBounds({ x, y, width, height, maximised: leaving.isMaximized() });
  };

  const open = (): BrowserWindow => {
    const bounds = visibleBounds(deps.bounds());
    const opened = new BrowserWindow({
      ...SIZE,
      ...bounds,
      show: false,
      title,
      icon: deps.icon,
      backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
      webPreferences: {
        preload: deps.preload,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webSecurity: true,
        webviewTag: false,
        spellcheck: false,
      },
    });
    if (deps.bounds()?.maximised === true) opened.maximize();
    isShown = false;
    opened.once('ready-to-show', () => {
      if (!isShown) opened.show();
      isShown = true;
    });
    opened.on('page-title-updated', (event) => {
      event.preventDefault();
    });
    opened.on('close', (event) => {
      remember(opened);
      if (!deps.closeHides()) return;
      event.preventDefault();
      opened.hide();
    });
    opened.on('closed', () => {
      if (window === opened) window = null;
    });
    opened.webContents.on('did-navigate', deps.loaded);
    opened.webContents.on('render-process-gone', (_event, details) => {
      deps.log.error(`window: the page's process ended (${details.reason})`);
      // A crash must not leave an empty window; a click on an alert would lead nowhere (A6).
      if (details.reason === 'clean-exit') return;
      setTimeout(() => {
        if (!opened.isDestroyed()) opened.webContents.reload();
      }, RELOAD_AFTER_MS);
    });
    opened.webContents.on('console-message', (event) => {
      if (event.level === 'error') deps.log.warn(`page: ${event.message.slice(0, 500)}`);
    });
    opened.loadURL(APP_PAGE).catch((thrown: unknown) => {
      deps.log.error(`window: the page did not load: ${String(thrown)}`);
    });
    return opened;
  };

  return {
    show: () => {
      if (window === null) {
        window = open();
        return;
      }
      if (window.isMinimized()) window.restore();
      isShown = true;
      window.show();
      window.focus();
    },
    hide: () => {
      window?.hide();
    },
    reload: () => {
      window?.webContents.reload();
    },
    contents: () => window?.webContents ?? null,
    isOwn: (contents) => contents === window?.webContents,
    setTitle: (counts) => {
      title = counts === '' ? APP_NAME : `${counts} - ${APP_NAME}`;
      window?.setTitle(title);
    },
    flash: () => {
      if (window !== null && !window.isFocused()) window.flashFrame(true);
    },
    remember: () => {
      if (window !== null) remember(window);
    },
    painted: () => {
      if (!isShown) window?.show();
      isShown = true;
    },
  };
}

/** Remembered bounds, unless the screen they were on is gone. */
function visibleBounds(
  bounds: Settings['window'],
): { x: number; y: number; width: number; height: number } | null {
  if (bounds === null) return null;
  const { x, y, width, height } = bounds;
  const { workArea } = screen.getDisplayMatching({ x, y, width, height });
  const isSeen =
    x < workArea.x + workArea.width &&
    x + width > workArea.x &&
    y < workArea.y + workArea.height &&
    y + height > workArea.y;
  return isSeen ? { x, y, width, height } : null;
}
