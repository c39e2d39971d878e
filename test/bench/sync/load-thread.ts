import { connect } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';

/** A thread that keeps a server busy: each connection sends its next request as soon as it was answered. */

export type Load = {
  port: number;
  /** The requests of each connection, whole HTTP messages that are sent as they are. */
  requests: readonly (readonly Uint8Array[])[];
  /** Send them once; or over and over, and count after a while for a while. */
  mode: { kind: 'once' } | { kind: 'repeat'; warmUpMs: number; countMs: number };
  /** Every answer must hold this text so many times. */
  expected: { text: string; times: number };
};

export type LoadResult = { answers: number; seconds: number; failed: string | null };

const { port, requests, mode, expected } = workerData as Load;
let startedAt = performance.now();
let answers = 0;
let failed: string | null = null;
let left = requests.length;

const sockets = requests.map((own) => {
  const socket = connect(port, '127.0.0.1');
  socket.setNoDelay(true);
  let received = Buffer.alloc(0);
  let sent = 0;
  const send = (): void => {
    if (sent === own.length && mode.kind === 'repeat') sent = 0;
    const next = own[sent];
    sent += 1;
    if (next !== undefined) socket.write(next);
    else if (--left === 0) finish();
  };
  socket.on('connect', send);
  socket.on('error', (error) => (failed = error.message));
  socket.on('data', (chunk) => {
    received = received.byteLength === 0 ? chunk : Buffer.concat([received, chunk]);
    const length = answerLength(received);
    if (length === null || received.byteLength < length) return;
    check(received.toString('latin1'));
    received = Buffer.alloc(0);
    answers += 1;
    send();
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

function check(answer: string): void {
  const times = answer.split(expected.text).length - 1;
  if (!answer.startsWith('HTTP/1.1 200') || times !== expected.times) failed = answer.slice(0, 400);
}

function finish(): void {
  const seconds = (performance.now() - startedAt) / 1_000;
  for (const socket of sockets) socket.destroy();
  parentPort?.postMessage({ answers, seconds, failed } satisfies LoadResult);
}

if (mode.kind === 'repeat') {
  setTimeout(() => {
    answers = 0;
    startedAt = performance.now();
    setTimeout(finish, mode.countMs);
  }, mode.warmUpMs);
}
