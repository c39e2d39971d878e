/**
 * A text in lines of at most so many columns; lines after the first are indented. What would disturb a terminal is
 * shown as `?`: customers write subjects.
 */
export function wrapped(text: string, width: number, indent: string): string[] {
  const longest = width - indent.length;
  const lines: string[] = [];
  let line = '';
  // Spaces at the start of the text are its own indent; single ones are where it may be cut.
  const words = printable(text)
    .split(/(?<=\S) (?=\S)/)
    .flatMap((word) => (word.length > width ? pieces(word, longest) : [word]));
  for (const word of words) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && longer.length > width) {
      lines.push(line);
      line = indent + word;
    } else line = longer;
  }
  return [...lines, line];
}

function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\u{2028}\u{2029}]/gu, '?');
}

function pieces(word: string, length: number): string[] {
  return Array.from({ length: Math.ceil(word.length / length) }, (_, index) =>
    word.slice(index * length, (index + 1) * length),
  );
}
