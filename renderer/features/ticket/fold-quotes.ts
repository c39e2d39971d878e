/** A stretch of a message: what was written, or what it quotes. */
export type TextPart = { kind: 'text' | 'quote'; text: string };

/** Shorter quotes are part of the answer and stay open. */
const FOLD_FROM_LINES = 3;

/** Splits plain text into what was written and the longer quotes in it; together they are the whole text. */
export function foldQuotes(text: string): TextPart[] {
  const parts: TextPart[] = [];
  for (const line of text.split('\n')) {
    const kind = /^\s*>/.test(line) ? 'quote' : 'text';
    const last = parts.at(-1);
    if (last?.kind === kind) last.text += `\n${line}`;
    else parts.push({ kind, text: line });
  }
  const folded: TextPart[] = [];
  for (const part of parts) {
    const short = part.kind === 'quote' && part.text.split('\n').length < FOLD_FROM_LINES;
    const kind = short ? 'text' : part.kind;
    const last = folded.at(-1);
    if (last?.kind === kind) last.text += `\n${part.text}`;
    else folded.push({ kind, text: part.text });
  }
  return folded;
}
