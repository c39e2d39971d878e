/** Notification text is plain, cut to length, without control and bidi characters (X3); pure. */

const TITLE_MAX = 100;
const BODY_MAX = 250;

export function notificationTitle(text: string): string {
  return plain(text, TITLE_MAX);
}

export function notificationBody(text: string): string {
  // Notification services read markup in bodies; brackets and ampersands that look alike are not read.
  return plain(text, BODY_MAX).replaceAll('<', '‹').replaceAll('>', '›').replaceAll('&', '＆');
}

/** One line of visible text, at most `max` characters as people count them. */
export function plain(text: string, max: number): string {
  const line = text
    // Separators of lines and paragraphs become spaces, lest words run together.
    .replaceAll(/[\s\u2028\u2029]+/gu, ' ')
    // Control, format (bidi, zero width), unassigned, private and lone surrogate code points.
    .replaceAll(/\p{C}/gu, '')
    .trim();
  // Enough for any cut; a subject may be very long.
  const graphemes = [...new Intl.Segmenter('en').segment(line.slice(0, max * 20))];
  if (graphemes.length <= max) return graphemes.map(({ segment }) => segment).join('');
  const kept = graphemes.slice(0, max - 1).map(({ segment }) => segment);
  return `${kept.join('').trimEnd()}…`;
}

/** A span in words: `14 min`, `3 h 5 min`, `2 d 4 h`. */
export function spanInWords(spanMs: number): string {
  const minutes = Math.floor(Math.abs(spanMs) / 60_000);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return hours % 24 === 0 ? `${hours / 24} d` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}
