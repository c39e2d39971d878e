import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { CommandDraft } from '../../shared/tickets/command.ts';
import type { ConsoleAnswer, ConsoleOrder, FromConsole, ToConsole } from './console-messages.ts';

const script = fileURLToPath(new URL('console-process.ts', import.meta.url));
/** These processes start often; what Node has compiled of them once is kept. */
export const compileCache = fileURLToPath(new URL('../../.cache/chaos', import.meta.url));
const arm = fileURLToPath(new URL('arm.ts', import.meta.url));

type Answer<Of extends ConsoleAnswer['of']> = Extract<ConsoleAnswer, { of: Of }>;

/** A console in a process of its own. What it is asked is answered null where it dies first. */
export type NodeConsole = {
  /** Resolves when its queue's first rows are there, false where it died before. */
  readonly usable: Promise<boolean>;
  /** From its start until it was usable, ms, without what other programs of the machine took of it. */
  readonly usableMs: () => number;
  readonly notices: () => readonly string[];
  submit: (drafts: readonly CommandDraft[]) => Promise<Answer<'submit'> | null>;
  ask: () => Promise<Answer<'ask'> | null>;
  journal: () => Promise<Answer<'journal'> | null>;
  rows: () => Promise<Answer<'rows'> | null>;
  wake: () => void;
  setToken: (token: string) => void;
  pass: (ms: number) => void;
  /** SIGKILL: no handler runs. Resolves when the process is gone. */
  kill: () => Promise<void>;
  /** Resolves when the process is gone, however that came. */
  readonly gone: Promise<void>;
  close: () => Promise<void>;
};

/** Starts a console, armed where a failpoint is named. */
export function startNodeConsole(order: ConsoleOrder, failpoint?: string): NodeConsole {
  const startedAt = performance.now();
  const child = spawn(process.execPath, ['--import', arm, script, JSON.stringify(order)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: {
      ...process.env,
      NODE_COMPILE_CACHE: compileCache,
      ...(failpoint === undefined ? {} : { AGENT_CONSOLE_FAILPOINT: failpoint }),
    },
  });
  const waiting = new Map<number, (answer: ConsoleAnswer | null) => void>();
  let requests = 0;
  let usableMs = Number.NaN;
  let notices: readonly string[] = [];
  let isGone = false;
  const { promise: usable, resolve: setUsable, reject: fail } = Promise.withResolvers<boolean>();
  usable.catch(() => undefined);
  // Not before its channel is read to the end: what it said before it died was said.
  const gone = new Promise<void>((resolve) => {
    let left = 2;
    const one = (): void => {
      left -= 1;
      if (left > 0) return;
      isGone = true;
      setUsable(false);
      for (const answer of waiting.values()) answer(null);
      waiting.clear();
      resolve();
    };
    child.once('exit', one);
    child.once('disconnect', one);
  });
  child.on('message', (message: FromConsole) => {
    switch (message.kind) {
      case 'usable':
        usableMs = performance.now() - startedAt - message.keptWaitingMs;
        ({ notices } = message);
        setUsable(true);
        return;
      case 'unusable':
        fail(new Error(`the console does not open: ${message.message}`));
        return;
      case 'answer':
        waiting.get(message.request)?.(message);
        waiting.delete(message.request);
        return;
    }
  });
  const send = (message: ToConsole): void => {
    // A channel that has just closed is what a killed process leaves.
    if (!isGone && child.connected) child.send(message, () => undefined);
  };
  const request = <Of extends ConsoleAnswer['of']>(
    make: (request: number) => ToConsole,
  ): Promise<Answer<Of> | null> => {
    if (isGone || !child.connected) return Promise.resolve(null);
    requests += 1;
    const id = requests;
    return new Promise((resolve) => {
      waiting.set(id, (answer) => {
        resolve(answer as Answer<Of> | null);
      });
      send(make(id));
    });
  };
  return {
    usable,
    usableMs: () => usableMs,
    notices: () => notices,
    submit: (drafts) =>
      request<'submit'>((id) => ({ kind: 'submit', request: id, drafts: [...drafts] })),
    ask: () => request<'ask'>((id) => ({ kind: 'ask', request: id })),
    journal: () => request<'journal'>((id) => ({ kind: 'journal', request: id })),
    rows: () => request<'rows'>((id) => ({ kind: 'rows', request: id })),
    wake: () => {
      send({ kind: 'wake' });
    },
    setToken: (token) => {
      send({ kind: 'token', token });
    },
    pass: (ms) => {
      send({ kind: 'pass', ms });
    },
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
    gone,
    close: async () => {
      send({ kind: 'close' });
      await gone;
    },
  };
}
