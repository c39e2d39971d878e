import { bridgeEvents } from '../../shared/bridge/events.ts';
import type { BridgeEvent, BridgeEventName } from '../../shared/bridge/events.ts';
import type { BridgeMethodName, BridgeParams, BridgeResult } from '../../shared/bridge/methods.ts';
import type { PreloadApi } from '../../shared/bridge/preload-api.ts';
import { err } from '../../shared/base/result.ts';

declare global {
  interface Window {
    /** Put there by main/preload.ts; absent when the page is opened outside the console. */
    readonly agentConsole?: PreloadApi;
  }
}

/** The way to main: calls never throw, and events are parsed before anyone sees them (X2). */
export type Bridge = {
  call: <Name extends BridgeMethodName>(
    name: Name,
    params: BridgeParams<Name>,
  ) => Promise<BridgeResult<Name>>;
  on: <Name extends BridgeEventName>(
    name: Name,
    listener: (event: BridgeEvent<Name>) => void,
  ) => () => void;
};

/** `onFault` is told of an event that is not what the contract says; it is dropped, but not in silence. */
export function openBridge(api: PreloadApi, onFault: (message: string) => void): Bridge {
  return {
    call: async (name, params) => {
      try {
        return await api.call(name, params);
      } catch {
        return err({ code: 'internal', message: 'The console did not answer. Please try again.' });
      }
    },
    on: (name, listener) =>
      api.on(name, (event: unknown) => {
        const parsed = bridgeEvents[name].safeParse(event);
        if (parsed.success) listener(parsed.data as BridgeEvent<typeof name>);
        else onFault(`The console sent something that this window cannot read (${name}).`);
      }),
  };
}
