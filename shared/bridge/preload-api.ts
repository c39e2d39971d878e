import type { BridgeEvent, BridgeEventName } from './events.ts';
import type { BridgeMethodName, BridgeParams, BridgeResult } from './methods.ts';

/** The channel of every call, and of every event. */
export const BRIDGE_CALL = 'bridge.call';
export const BRIDGE_EVENT = 'bridge.event';
/** The window message, and the channel before it, that carries the port to the replica's worker. */
export const REPLICA_PORT = 'replica.port';

/** What the preload script puts on `window.agentConsole`: the bridge and nothing else (X1). */
export type PreloadApi = {
  call: <Name extends BridgeMethodName>(
    name: Name,
    params: BridgeParams<Name>,
  ) => Promise<BridgeResult<Name>>;
  /** Returns how to stop listening. */
  on: <Name extends BridgeEventName>(
    name: Name,
    listener: (event: BridgeEvent<Name>) => void,
  ) => () => void;
};
