/** So many spellings are kept: there are some 600 names. */
const MOST = 2_000;
const known = new Map<string, string>();

/** A zone's name as this machine's time-zone data spells it, one for all its aliases; null where there is no such zone. */
export function zoneOf(name: string): string | null {
  const found = known.get(name);
  if (found !== undefined) return found;
  // Intl takes offsets such as +02:00 as well, which know no summer time.
  if (!/^[A-Za-z]/.test(name)) return null;
  try {
    const zone = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
    if (known.size >= MOST) known.clear();
    known.set(name, zone);
    return zone;
  } catch {
    return null;
  }
}
