import { Stop, messageOf } from '../message.ts';
import { endChild, firstLine, startServing } from './child.ts';

/** Something that runs beside the console and must be ended with it. */
export interface Session {
  /** What it adds to the environment of those who use it. */
  readonly env: Record<string, string>;
  end(): Promise<void>;
}

/** Starts Xvfb, 1440 x 900 in 24 bits, on a display number that the server itself finds free. */
export async function startDisplay(): Promise<Session> {
  const args = ['-displayfd', '3', '-screen', '0', '1440x900x24', '-nolisten', 'tcp'];
  const child = startServing('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const report = child.stdio[3] as NodeJS.ReadableStream;
  try {
    const number = await firstLine(child, report);
    return { env: { DISPLAY: `:${number}` }, end: () => endChild(child) };
  } catch (thrown) {
    throw new Stop(`Xvfb did not start: ${messageOf(thrown)}`);
  }
}
