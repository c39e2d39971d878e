import type { Process } from './process.ts';
import type { Link } from './network.ts';

/** Where a process finds its desk: the name says whose request it is. */
export function addressFor(process: Process): string {
  return `http://${process.name}.desk`;
}

export type Caller = { link: Link; process: Process };

/** While it runs, requests to `addressFor` go over simulated links, and nothing gives up by real time. */
export async function withSimulatedFetch<T>(
  callers: ReadonlyMap<string, Caller>,
  run: () => Promise<T>,
): Promise<T> {
  const { fetch } = globalThis;
  const timeout = AbortSignal.timeout.bind(AbortSignal);
  globalThis.fetch = (input, init) => {
    const { hostname, pathname } = new URL(input instanceof Request ? input.url : input);
    const caller = callers.get(hostname.replace('.desk', ''));
    if (caller === undefined || !caller.process.isAlive()) return new Promise(() => undefined);
    return caller.link.fetch(caller.process, pathname, init ?? {});
  };
  const never = new AbortController().signal;
  AbortSignal.timeout = () => never;
  try {
    return await run();
  } finally {
    globalThis.fetch = fetch;
    AbortSignal.timeout = timeout;
  }
}
