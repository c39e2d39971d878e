/** Does a word of a label begin with what was typed, or does its second column? `tok` finds Tokyo, not Vostok. */
export function findsItem(item: { label: string; detail?: string }, typed: string): boolean {
  const query = plain(typed);
  if (query === '') return true;
  const label = plain(item.label);
  for (let at = label.indexOf(query); at !== -1; at = label.indexOf(query, at + 1))
    if (at === 0 || /[^\p{L}\p{N}]/u.test(label[at - 1] ?? '')) return true;
  return plain(item.detail ?? '').startsWith(query);
}

/** A minus may be typed as a hyphen, accents may be left out. */
function plain(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replaceAll('−', '-')
    .replaceAll('_', ' ')
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '');
}
