/** The longest subject that a head row holds, in characters (lineSchema). */
export const MAX_SUBJECT = 12_000;
/** The longest text that one entry holds, in characters (bodySchema). */
export const MAX_BODY = 200_000;

export type CutSubmission = { subject: string; texts: readonly [string, ...string[]] };

/**
 * Makes any subject and text fit: a subject that is too long is cut, with the whole of it at the head of the
 * message; a text that is too long becomes several messages. Nothing that a customer wrote is lost (P3).
 */
export function cutSubmission(subject: string, text: string): CutSubmission {
  if (subject.length <= MAX_SUBJECT) return { subject, texts: cutText(text) };
  return {
    subject: `${subject.slice(0, safeEnd(subject, MAX_SUBJECT - 1))}…`,
    texts: cutText(`${subject}\n\n${text}`),
  };
}

/** The text in pieces that each fit into an entry. */
export function cutText(text: string): [string, ...string[]] {
  const pieces: [string, ...string[]] = [text.slice(0, safeEnd(text, MAX_BODY))];
  for (let start = pieces[0].length; start < text.length;) {
    const end = safeEnd(text, start + MAX_BODY);
    pieces.push(text.slice(start, end));
    start = end;
  }
  return pieces;
}

/** The end, or one before it where it would cut a character of two code units in half. */
function safeEnd(text: string, end: number): number {
  if (end >= text.length) return text.length;
  const code = text.charCodeAt(end - 1);
  return code >= 0xd800 && code <= 0xdbff ? end - 1 : end;
}
