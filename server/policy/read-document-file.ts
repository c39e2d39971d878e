import { readFile } from 'node:fs/promises';
import { err, ok } from '../../shared/base/result.ts';
import type { Result } from '../../shared/base/result.ts';
import { checkDocument } from '../../shared/policy/check-document.ts';
import type { DocumentFault } from '../../shared/policy/check-document.ts';
import type { PolicyDocument } from '../../shared/policy/policy-document.ts';

/**
 * A policy document from a file, or everything that is wrong with it (C15). A file that is no JSON has one fault,
 * with line and column. `now` is only where it is tried that each target ends, ms since epoch.
 */
export async function readDocumentFile(
  file: string,
  now: number,
): Promise<Result<PolicyDocument, DocumentFault[]>> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    const reason = code === 'ENOENT' ? 'there is no such file' : `cannot be read (${code})`;
    return err([{ path: '', reason }]);
  }
  const parsed = parseJson(text);
  return parsed.ok ? checkDocument(parsed.value, now) : err([{ path: '', reason: parsed.error }]);
}

function parseJson(text: string): Result<unknown, string> {
  try {
    return ok(JSON.parse(text.replace(/^\uFEFF/, '')));
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    const position = /at position (\d+)/.exec(message)?.[1];
    return err(
      `is not JSON: ${placeWords(text, position === undefined ? text.length : +position)}`,
    );
  }
}

function placeWords(text: string, position: number): string {
  const before = text.slice(0, position).split('\n');
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}

/** One fault as a line: where, and why. */
export function faultWords({ path, reason }: DocumentFault): string {
  return path === '' ? reason : `${path}: ${reason}`;
}
