/**
 * Stands in for Electron's parent port in a plain Node child: loaded by --import before the embedded desk, it
 * carries its messages over the child's IPC channel.
 */
const listeners = {
  message: [] as ((message: { data: unknown }) => void)[],
};
Object.assign(process, {
  parentPort: {
    on: (event: string, listener: (message: { data: unknown }) => void) => {
      if (event === 'message') listeners.message.push(listener);
    },
    once: () => undefined,
    postMessage: (message: unknown) => process.send?.(message),
  },
});
process.on('message', (data) => {
  for (const listener of listeners.message) listener({ data });
});
