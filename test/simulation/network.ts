import type { Prng } from './prng.ts';
import type { Process } from './process.ts';
import type { Scheduler } from './scheduler.ts';

/** What the desk's end of a request is: it answers, or has gone. */
export type Served = { status: number; bytes: Uint8Array<ArrayBuffer> };
export type Serve = (request: Request) => Promise<Served>;

/** What is wrong between a console and the desk at the moment. */
export type LinkFaults = {
  /** Nothing gets through. */
  isCut: boolean;
  /** Of 1: that a question, or an answer, gets lost on the way. */
  drop: number;
  /** That a question comes twice. */
  repeat: number;
  /** That an answer is cut short. */
  truncate: number;
  /** The longest way, ms. */
  slowestMs: number;
};

export const goodLink: LinkFaults = {
  isCut: false,
  drop: 0,
  repeat: 0,
  truncate: 0,
  slowestMs: 120,
};

/** The way between one console and the desk. */
export type Link = {
  faults: LinkFaults;
  /** As `fetch`: what it gives, a desk that is away rejects. */
  fetch: (process: Process, path: string, init: RequestInit) => Promise<Response>;
  /** A stream from the desk; `push` is what it calls. Ends with `signal`, or when the way breaks. */
  stream: (
    process: Process,
    signal: AbortSignal,
    open: (push: (value: number) => void, ended: () => void) => () => void,
    heard: (value: number) => void,
  ) => Promise<void>;
  /** What hangs breaks now: a connection that was lost is known to be lost. */
  breakHanging: () => void;
};

export type LinkParts = {
  scheduler: Scheduler;
  random: Prng;
  note: (line: string) => void;
  /** Null while no desk listens. */
  desk: () => { process: Process; serve: Serve } | null;
};

const INFO_TIMEOUT_MS = 10_000;
const TIMEOUT_MS = 60_000;
const SILENCE_MS = 45_000;

export function link({ scheduler, random, note, desk }: LinkParts): Link {
  const faults: LinkFaults = { ...goodLink };
  /** Ends of what waits for what will never come. */
  const hanging = new Set<() => void>();
  let requests = 0;

  const way = (): number =>
    random.chance(0.9) ? random.int(1, 40) : random.int(1, Math.max(40, faults.slowestMs));
  const isLost = (): boolean => faults.isCut || random.chance(faults.drop);

  const self: Link = {
    faults,
    fetch: (process, path, init) =>
      new Promise((resolve, reject) => {
        requests += 1;
        const id = `${process.name}#${requests} ${path}`;
        let over = false;
        const finish = (how: string, settle: () => void): void => {
          if (over || !process.isAlive()) return;
          over = true;
          hanging.delete(breaks);
          clear();
          note(`${id}: ${how}`);
          settle();
        };
        const fail = (code: string): void => {
          finish(code, () => {
            reject(lost(code));
          });
        };
        const breaks = (): void => {
          process.timers.after(random.int(1, 500), () => {
            fail('ECONNRESET');
          });
        };
        /** Nobody tells the console; sometimes a system on the way does. */
        const hang = (): void => {
          if (over) return;
          note(`${id}: lost`);
          if (random.chance(0.5)) breaks();
          else hanging.add(breaks);
        };
        const clear = process.timers.after(
          path === '/v1/desk' ? INFO_TIMEOUT_MS : TIMEOUT_MS,
          () => {
            finish('timeout', () => {
              reject(new DOMException('The operation timed out.', 'TimeoutError'));
            });
          },
        );
        const answered = (served: Served): void => {
          if (over) return;
          if (isLost()) {
            hang();
            return;
          }
          const short = random.chance(faults.truncate);
          process.timers.after(way(), () => {
            const bytes = short
              ? served.bytes.slice(0, random.int(0, served.bytes.byteLength))
              : served.bytes;
            // A reader with a length given notices; one without takes it for the whole.
            if (short && random.chance(0.4)) fail('UND_ERR_SOCKET');
            else
              finish(`${served.status} ${bytes.byteLength}${short ? ' cut short' : ''}`, () => {
                resolve(response(served.status, bytes));
              });
          });
        };
        const ask = (): void => {
          const listening = desk();
          if (listening === null) {
            fail('ECONNREFUSED');
            return;
          }
          listening.process.ended(hang);
          const request = new Request(`http://desk${path}`, requestOf(init));
          listening.serve(request).then(answered, hang);
        };
        if (isLost()) {
          hang();
          return;
        }
        scheduler.after(way(), ask);
        if (random.chance(faults.repeat)) scheduler.after(way() + way(), ask);
      }),
    stream: (process, signal, open, heard) =>
      new Promise((resolve) => {
        let over = false;
        let close = (): void => undefined;
        let silence = (): void => undefined;
        let lastAtMs = 0;
        const finish = (): void => {
          if (over) return;
          over = true;
          silence();
          close();
          hanging.delete(finish);
          if (process.isAlive()) resolve();
        };
        const alive = (): void => {
          silence();
          silence = process.timers.after(SILENCE_MS, finish);
        };
        const opened = (): void => {
          if (over || !process.isAlive()) return;
          const listening = desk();
          if (listening === null || isLost()) {
            hanging.add(finish);
            return;
          }
          // The desk's end of the connection breaks: so does this one, or it is only silent from now on.
          listening.process.ended(() => {
            if (random.chance(0.7)) process.timers.after(way(), finish);
            else hanging.add(finish);
          });
          const passOn = (step: () => void): void => {
            if (over) return;
            if (isLost()) {
              // A stream has no holes: what is lost is the stream.
              close();
              hanging.add(finish);
              return;
            }
            const atMs = Math.max(lastAtMs, scheduler.nowMs() + way());
            lastAtMs = atMs;
            process.timers.after(atMs - scheduler.nowMs(), () => {
              if (over) return;
              alive();
              step();
            });
          };
          close = open(
            (value) => {
              passOn(() => {
                heard(value);
              });
            },
            () => {
              passOn(finish);
            },
          );
        };
        process.ended(finish);
        signal.addEventListener('abort', finish);
        alive();
        scheduler.after(way(), opened);
      }),
    breakHanging: () => {
      for (const breaks of hanging) breaks();
      hanging.clear();
    },
  };
  return self;
}

function requestOf({ method, headers, body }: RequestInit): RequestInit {
  return {
    ...(method === undefined ? {} : { method }),
    ...(headers === undefined ? {} : { headers }),
    ...(body === undefined ? {} : { body }),
  };
}

function lost(code: string): TypeError {
  const cause = Object.assign(new Error(code), { code });
  return new TypeError('fetch failed', { cause });
}

/** What is used of a response; a whole one costs too much for its thousands. */
function response(status: number, bytes: Uint8Array<ArrayBuffer>): Response {
  const used: Pick<Response, 'ok' | 'status' | 'json' | 'arrayBuffer'> = {
    ok: status >= 200 && status < 300,
    status,
    json: async () => JSON.parse(new TextDecoder().decode(bytes)) as unknown,
    arrayBuffer: async () => bytes.slice().buffer,
  };
  return used as Response;
}
