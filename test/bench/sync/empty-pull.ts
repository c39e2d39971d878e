import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { putAgent } from '../../../server/agents/add-agent.ts';
import { hashToken, newToken } from '../../../server/agents/tokens.ts';
import { startDesk } from '../../../server/desk.ts';
import { listen } from '../../../server/http/listen.ts';
import { memoryStore } from '../../../server/store/memory.ts';
import { thisMachine } from '../../../server/surroundings.ts';
import { compared } from '../figures.ts';
import type { BenchResult } from '../figures.ts';
import { postRequest, requestLoad } from './request-load.ts';

const CONNECTIONS = 50;
const MODE = { kind: 'repeat', warmUpMs: 300, countMs: 1_500 } as const;

/** A pull with nothing new against a bare HTTP server that parses JSON and sends it back, in turn. */
export async function emptyPull(runs: number): Promise<BenchResult> {
  const desk = await startDesk(
    memoryStore({ deskId: 'bench', epoch: 'bench-1' }),
    thisMachine((line) => console.error(line)),
  );
  const token = newToken();
  const agent = { id: 'bench-agent', name: 'Bench', role: 'agent', teamIds: ['web'] } as const;
  await putAgent(desk, { ...agent, teamIds: ['web'] }, hashToken(token));
  const listener = await listen(desk, { host: '127.0.0.1', port: 0 });
  const echo = await startEcho();
  const { epoch, version, mark } = desk.known();
  const body = {
    protocol: 1,
    consoleId: 'c-bench',
    cursor: { epoch, version, mark },
    limit: 500,
    atLeast: version,
  };
  const rate = async (port: number, path: string): Promise<number> => {
    const headers = { authorization: `Bearer ${token}` };
    const request = postRequest(port, path, JSON.stringify(body), headers);
    const requests = Array.from({ length: CONNECTIONS }, () => [request]);
    const expected = { text: mark, times: path === '/' ? 1 : 2 };
    const { answers, seconds } = await requestLoad({ port, requests, mode: MODE, expected });
    return answers / seconds;
  };
  const deskPort = Number(new URL(listener.url).port);
  const ours: number[] = [];
  const floor: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    floor.push(await rate(echo.port, '/'));
    ours.push(await rate(deskPort, '/v1/pull'));
  }
  await Promise.all([listener.close(), echo.close()]);
  const goal = { atLeast: 0.8, text: '>= 0.8x' };
  return compared('desk: pull with nothing new', 'requests/s', goal, ours, floor);
}

async function startEcho(): Promise<{ port: number; close: () => Promise<void> }> {
  const server = createServer((incoming, answer) => {
    let text = '';
    incoming.setEncoding('utf8');
    incoming.on('data', (chunk: string) => (text += chunk));
    incoming.on('end', () => {
      const body = JSON.stringify(JSON.parse(text));
      answer.writeHead(200, {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
      });
      answer.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
