import { readFile } from 'node:fs/promises';
import { err, ok } from '../../shared/base/result.ts';
import type { Result } from '../../shared/base/result.ts';
import { defaultPolicyDocument } from '../../shared/policy/policy-document.ts';
import type { PolicyDocument } from '../../shared/policy/policy-document.ts';
import { policyForPast } from '../log-import/ticket-past.ts';
import { faultWords, readDocumentFile } from '../policy/read-document-file.ts';
import { readWholeLog, replayLog } from '../replay/replay-log.ts';
import { replayReport } from '../replay/replay-report.ts';
import type { Terminal } from './terminal.ts';

export type ReplayOptions = { policy?: string };

/** Runs a help desk's log through the rules, and prints how well they would have been kept. Opens no desk. */
export async function replay(
  file: string,
  options: ReplayOptions,
  terminal: Terminal,
): Promise<number> {
  const startedAt = performance.now();
  const refuse = (...lines: string[]): number => {
    for (const line of lines) terminal.err(line);
    return 1;
  };
  const bytes = await bytesOf(file);
  if (!bytes.ok) return refuse(bytes.error);
  const log = readWholeLog(bytes.value);
  if (!log.ok) return refuse(`${file}: line ${log.error.line}: ${log.error.message}`);
  const { events, fromAt, untilAt } = log.value;
  if (events.length === 0) return refuse(`${file}: line 1: there are no events`);
  const document = await documentOf(options.policy, untilAt);
  if (!document.ok) return refuse(...document.error);
  const policy = policyForPast(fromAt, untilAt, document.value);
  const readAt = performance.now();
  const report = replayReport(log.value, replayLog(log.value, policy), document.value.timeZone);
  for (const line of report) terminal.out(line);
  const replayedAt = performance.now();
  terminal.err(
    `read in ${Math.round(readAt - startedAt)} ms, replayed in ${Math.round(replayedAt - readAt)} ms`,
  );
  return 0;
}

async function bytesOf(file: string): Promise<Result<Uint8Array, string>> {
  try {
    return ok(await readFile(file));
  } catch (error) {
    return err(`${file}: ${error instanceof Error ? error.message : 'cannot be read'}`);
  }
}

/** The document of a file, or the lines that say what is wrong with it; the default one where no file is named. */
async function documentOf(
  file: string | undefined,
  now: number,
): Promise<Result<PolicyDocument, string[]>> {
  if (file === undefined) return ok(defaultPolicyDocument);
  const read = await readDocumentFile(file, now);
  return read.ok ? read : err(read.error.map((fault) => `${file}: ${faultWords(fault)}`));
}
