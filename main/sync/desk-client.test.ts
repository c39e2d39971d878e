import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { deskClient } from './desk-client.ts';
import { consequence } from './desk-fault.ts';

test('[S9] too many sign-ins from here (429) is no reason to sign in again', async () => {
  const server = createServer((_request, response) => {
    response.writeHead(429, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: 'unauthenticated', message: 'Too many attempts.' }));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const client = deskClient(
    () => ({ url: `http://127.0.0.1:${port}`, token: 'token' }),
    () => 0,
  );
  const answer = await client.info();
  server.close();
  expect(answer.ok).toBe(false);
  if (answer.ok) return;
  expect(consequence(answer.error)).toBe('retry');
  expect(answer.error.message).toBe('Too many attempts.');
});
