import { contextBridge, ipcRenderer } from 'electron';
import { BRIDGE_CALL, BRIDGE_EVENT, REPLICA_PORT } from '../shared/bridge/preload-api.ts';
import type { PreloadApi } from '../shared/bridge/preload-api.ts';

/** The bridge and nothing else (X1). Both ends parse what goes over it. */
const api: PreloadApi = {
  call: (name, params) => ipcRenderer.invoke(BRIDGE_CALL, name, params),
  on: (name, listener) => {
    const heard = (_event: unknown, told: string, value: unknown): void => {
      if (told === name) listener(value as Parameters<typeof listener>[0]);
    };
    ipcRenderer.on(BRIDGE_EVENT, heard);
    return () => {
      ipcRenderer.off(BRIDGE_EVENT, heard);
    };
  },
};

contextBridge.exposeInMainWorld('agentConsole', api);

// A port cannot cross the context bridge; a window message carries it to the page.
ipcRenderer.on(REPLICA_PORT, (event) => {
  window.postMessage(REPLICA_PORT, window.location.origin, event.ports);
});
