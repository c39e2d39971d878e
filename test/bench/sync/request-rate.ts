import { Worker } from 'node:worker_threads';
import type { Load } from './load-thread.ts';

/** Answers per second of a server in this thread to requests from another, all connections at once. */
export async function requestRate(load: Load): Promise<number> {
  const worker = new Worker(new URL('load-thread.ts', import.meta.url), { workerData: load });
  const answer = await new Promise<unknown>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  await worker.terminate();
  if (typeof answer !== 'number') throw answer;
  return answer;
}

/** A POST of JSON as it goes over the wire, as Node's fetch would send it. */
export function postRequest(
  port: number,
  path: string,
  body: unknown,
  headers: Readonly<Record<string, string>>,
): Uint8Array {
  const text = JSON.stringify(body);
  const lines = [
    `POST ${path} HTTP/1.1`,
    `host: 127.0.0.1:${port}`,
    'connection: keep-alive',
    'content-type: application/json',
    'accept: */*',
    'accept-language: *',
    'sec-fetch-mode: cors',
    'user-agent: node',
    'accept-encoding: br, gzip, deflate',
    `content-length: ${Buffer.byteLength(text)}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${text}`);
}
