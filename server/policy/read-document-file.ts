import { readFile } from 'node:fs/promises';
import { readJson } from '../../shared/base/read-json.ts';
import { err } from '../../shared/base/result.ts';
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
  const parsed = readJson(text.replace(/^\uFEFF/, ''));
  if (parsed.ok) return checkDocument(parsed.value, now);
  const { line, column, reason } = parsed.error;
  return err([{ path: '', reason: `line ${line}, column ${column}: ${reason}` }]);
}

/** One fault as a line: where, and why. */
export function faultWords({ path, reason }: DocumentFault): string {
  return path === '' ? reason : `${path}: ${reason}`;
}
