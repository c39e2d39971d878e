import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** What can befall one request on its way to the desk and back. */
export const fates = [
  'pass',
  /** Refused before the desk hears of it. */
  'drop',
  /** Everything comes late, in both directions. */
  'delay',
  /** The request breaks off in its middle. */
  'cut-request',
  /** The desk has answered, but the answer breaks off in its middle. */
  'cut-answer',
  /** The same, by a reset. */
  'reset',
  /** The desk works on it, but no answer comes; after a while the connection breaks. */
  'silence',
  /** The answer comes in little pieces. */
  'trickle',
  /** The desk gets the request twice, on two connections. */
  'duplicate',
  /** The desk is killed when it begins to answer. */
  'kill-mid-answer',
] as const;
export type Fate = (typeof fates)[number];

export type ChaosProxy = {
  readonly url: string;
  /** What befell how many requests. */
  readonly met: Map<Fate, number>;
  /** Bytes that came from the desk. */
  readonly answered: () => number;
  /** From now on every request passes; open connections that suffer are broken. */
  calm: () => void;
  end: () => Promise<void>;
};

export type ProxyDeps = {
  deskPort: number;
  random: () => number;
  /** What befalls the next request. */
  fate: () => Fate;
  killDesk: () => void;
};

const DELAY_MS = 400;
const SILENCE_MS = 3_000;
const TRICKLE_BYTES = 200;
const TRICKLE_MS = 2;

/** A network between consoles and a desk, as bad as it is told to be. Fates are per request; chance is passed in. */
export async function startProxy({
  deskPort,
  random,
  fate,
  killDesk,
}: ProxyDeps): Promise<ChaosProxy> {
  const met = new Map<Fate, number>();
  const open = new Set<{ client: Socket; fate: Fate }>();
  let isCalm = false;
  let answered = 0;

  const nextFate = (): Fate => {
    const chosen = isCalm ? 'pass' : fate();
    met.set(chosen, (met.get(chosen) ?? 0) + 1);
    return chosen;
  };

  const server = createServer((client) => {
    const desk = connect(deskPort, '127.0.0.1');
    const connection: { client: Socket; fate: Fate } = { client, fate: 'pass' };
    open.add(connection);
    let isIdle = true;
    let request: Buffer[] = [];
    /** What waits its turn to be passed on, so that late pieces stay in order. */
    let toDesk: Promise<void> = Promise.resolve();
    let toClient: Promise<void> = Promise.resolve();
    const end = (how: 'destroy' | 'reset' = 'destroy'): void => {
      if (how === 'reset') client.resetAndDestroy();
      else client.destroy();
      desk.destroy();
      open.delete(connection);
    };
    const late = (): Promise<void> =>
      connection.fate === 'delay' ? pause(random() * DELAY_MS) : Promise.resolve();

    client.on('data', (chunk) => {
      if (isIdle) {
        connection.fate = nextFate();
        isIdle = false;
        request = [];
      }
      request.push(chunk);
      if (connection.fate === 'drop') return end();
      if (connection.fate === 'cut-request') {
        desk.write(chunk.subarray(0, Math.floor(chunk.byteLength * random())), () => {
          end();
        });
        return;
      }
      toDesk = toDesk.then(late).then(() => {
        desk.write(chunk);
      });
    });
    desk.on('data', (chunk) => {
      answered += chunk.byteLength;
      const { fate: now } = connection;
      const isFirst = !isIdle;
      isIdle = true;
      switch (now) {
        case 'cut-answer':
        case 'reset':
          client.write(chunk.subarray(0, Math.floor(chunk.byteLength * random())), () => {
            end(now === 'reset' ? 'reset' : 'destroy');
          });
          return;
        case 'kill-mid-answer':
          killDesk();
          client.write(chunk.subarray(0, Math.floor(chunk.byteLength / 2)), () => {
            end();
          });
          return;
        case 'silence':
          setTimeout(end, SILENCE_MS);
          return;
        case 'duplicate':
          if (isFirst) repeat(deskPort, Buffer.concat(request));
          break;
        case 'pass':
        case 'drop':
        case 'delay':
        case 'cut-request':
        case 'trickle':
          break;
      }
      toClient = toClient
        .then(late)
        .then(() => (now === 'trickle' && !isCalm ? trickle(client, chunk) : write(client, chunk)));
    });
    const after = (passed: () => Promise<void>) => () => {
      void passed().then(() => {
        end();
      });
    };
    desk.on(
      'close',
      after(() => toClient),
    );
    client.on(
      'close',
      after(() => toDesk),
    );
    for (const socket of [client, desk]) socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    met,
    answered: () => answered,
    calm: () => {
      isCalm = true;
      for (const connection of open) if (connection.fate !== 'pass') connection.client.destroy();
    },
    end: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const { client } of open) client.destroy();
      await closed;
    },
  };
}

/** Gives the desk the same request once more; nobody hears the answer. */
function repeat(deskPort: number, request: Buffer): void {
  const again = connect(deskPort, '127.0.0.1');
  again.on('error', () => undefined);
  again.on('data', () => {
    again.destroy();
  });
  again.write(request);
}

async function trickle(client: Socket, chunk: Buffer): Promise<void> {
  for (let at = 0; at < chunk.byteLength; at += TRICKLE_BYTES) {
    await write(client, chunk.subarray(at, at + TRICKLE_BYTES));
    await pause(TRICKLE_MS);
  }
}

function write(client: Socket, chunk: Buffer): Promise<void> {
  return new Promise((resolve) => {
    if (client.destroyed) resolve();
    else
      client.write(chunk, () => {
        resolve();
      });
  });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
