import { Worker } from 'node:worker_threads';
import type { Load, LoadResult } from './load-thread.ts';

/** Lets another thread ask a server that is in this one. */
export async function requestLoad(load: Load): Promise<LoadResult> {
  const worker = new Worker(new URL('load-thread.ts', import.meta.url), { workerData: load });
  const result = await new Promise<LoadResult>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  await worker.terminate();
  if (result.failed !== null) throw new Error(result.failed);
  return result;
}

/** A POST of JSON as it goes over the wire, with what Node's fetch sends along. */
export function postRequest(
  port: number,
  path: string,
  text: string,
  headers: Readonly<Record<string, string>>,
): Uint8Array {
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
