import { connect } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';

/** A thread that keeps a server busy: each connection asks again as soon as it was answered. */

export type Load = {
  port: number;
  /** The whole HTTP request of each connection; sent as it is. */
  requests: Uint8Array[];
  /** Counting begins after this, and lasts for the other. */
  warmUpMs: number;
  countMs: number;
};

const { port, requests, warmUpMs, countMs } = workerData as Load;
let isCounting = false;
let count = 0;
let failed: string | null = null;

const sockets = requests.map((request) => {
  const socket = connect(port, '127.0.0.1');
  socket.setNoDelay(true);
  let received = Buffer.alloc(0);
  socket.on('connect', () => socket.write(request));
  socket.on('error', (error) => (failed = error.message));
  socket.on('data', (chunk) => {
    received = received.byteLength === 0 ? chunk : Buffer.concat([received, chunk]);
    const length = answerLength(received);
    if (length === null || received.byteLength < length) return;
    if (received.toString('latin1', 9, 12) !== '200') failed = received.toString('utf8', 0, 300);
    received = Buffer.alloc(0);
    if (isCounting) count += 1;
    socket.write(request);
  });
  return socket;
});

/** The bytes of head and body; null where the head has not come. */
function answerLength(bytes: Buffer): number | null {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const length = /content-length: (\d+)/i.exec(bytes.toString('latin1', 0, end))?.[1];
  if (length === undefined) failed = 'an answer without its length';
  return end + 4 + Number(length ?? 0);
}

setTimeout(() => {
  isCounting = true;
  const startedAt = performance.now();
  setTimeout(() => {
    const perSecond = (1_000 * count) / (performance.now() - startedAt);
    for (const socket of sockets) socket.destroy();
    parentPort?.postMessage(failed === null ? perSecond : new Error(failed));
  }, countMs);
}, warmUpMs);
