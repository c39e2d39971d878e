import { err, ok } from '../../shared/base/result.ts';
import type { Result } from '../../shared/base/result.ts';
import { policyDocumentSchema } from '../../shared/policy/policy-document.ts';
import type { PolicyDocument } from '../../shared/policy/policy-document.ts';

/** One thing that is wrong with a policy document: where, and why. */
export type DocumentFault = { path: string; reason: string };

/** Takes a document as a team wrote it, or names every fault of it with its path (C15). */
export function checkDocument(document: unknown): Result<PolicyDocument, DocumentFault[]> {
  const parsed = policyDocumentSchema.safeParse(document);
  if (!parsed.success)
    return err(
      parsed.error.issues.map((issue) => ({
        path: issue.path.map(String).join('.'),
        reason: issue.message,
      })),
    );
  if (!isTimeZone(parsed.data.timeZone))
    return err([{ path: 'timeZone', reason: `no such IANA time zone: ${parsed.data.timeZone}` }]);
  return ok(parsed.data);
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
