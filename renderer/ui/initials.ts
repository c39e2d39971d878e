/** Up to two initials of a name; whole characters, so that an emoji or a surrogate pair is not cut. */
export function initialsOf(name: string): string {
  const words = name.split(/[\s.]+/u).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const first = words[0];
  const last = words.length > 1 ? words.at(-1) : undefined;
  const letters = [first, last].flatMap((word) =>
    word === undefined ? [] : [/[\p{L}\p{N}]/u.exec(word)?.[0] ?? ''],
  );
  return letters.length === 0 ? '?' : letters.join('').toLocaleUpperCase();
}

/** A name where there is little room: the first word, and the initial of the last: "Ada L." */
export function shortName(name: string): string {
  const words = name.trim().split(/\s+/u);
  const [first = ''] = words;
  const initial = /[\p{L}\p{N}]/u.exec(words.length > 1 ? (words.at(-1) ?? '') : '')?.[0];
  return initial === undefined ? first : `${first} ${initial.toLocaleUpperCase()}.`;
}
