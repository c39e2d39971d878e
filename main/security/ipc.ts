import { ipcMain } from 'electron';
import type { IpcMainInvokeEvent, WebContents, WebFrameMain } from 'electron';
import { err } from '../../shared/base/result.ts';
import type { Result } from '../../shared/base/result.ts';
import type { BridgeError } from '../../shared/bridge/bridge-error.ts';
import type { BridgeEvent, BridgeEventName } from '../../shared/bridge/events.ts';
import { BRIDGE_CALL, BRIDGE_EVENT } from '../../shared/bridge/preload-api.ts';
import type { Log } from '../log.ts';
import { isAppUrl } from './app-origin.ts';
import { dispatch } from './dispatch.ts';
import type { BridgeHandlers } from './dispatch.ts';

/** The frame a call came from: checked to be our own. */
export type Caller = { frame: WebFrameMain };

/** Listens for the renderer's calls. Only the main frame of one of our own windows is answered (X2). */
export function serveBridge(
  handlers: BridgeHandlers<Caller>,
  isOwnWindow: (contents: WebContents) => boolean,
  log: Log,
): void {
  ipcMain.handle(
    BRIDGE_CALL,
    async (event, name: unknown, params: unknown): Promise<Result<unknown, BridgeError>> => {
      const frame = ownFrame(event, isOwnWindow);
      if (frame === null) {
        log.warn('security: a bridge call from a foreign frame was refused');
        return err({ code: 'forbidden', message: 'This frame may not call.' });
      }
      return dispatch(handlers, name, params, { frame }, log.error);
    },
  );
}

function ownFrame(
  event: IpcMainInvokeEvent,
  isOwnWindow: (contents: WebContents) => boolean,
): WebFrameMain | null {
  const frame = event.senderFrame;
  // Null where the frame went away, or navigated, while its call was on its way.
  if (frame === null || !isOwnWindow(event.sender)) return null;
  return frame.parent === null && frame === event.sender.mainFrame && isAppUrl(frame.url)
    ? frame
    : null;
}

/** Tells a window something unasked; one that is gone hears nothing. */
export function sendEvent<Name extends BridgeEventName>(
  contents: WebContents,
  name: Name,
  event: BridgeEvent<Name>,
): void {
  if (!contents.isDestroyed()) contents.send(BRIDGE_EVENT, name, event);
}
