/**
 * A line by someone who is not trusted, for display: without control characters and without those that steer the
 * direction of text, so that it cannot turn what stands beside it around (X3). Line ends and tabs become spaces.
 */
export function plainLine(text: string): string {
  return text
    .replace(/[\t\n\r\u2028\u2029]+/g, ' ')
    .replace(/[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, '');
}

/**
 * A longer text by someone who is not trusted, for display: its lines and tabs stay, what overrides or embeds a
 * direction goes (X3). Each line finds its own direction; the style sheet sees to that.
 */
export function plainBody(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/[^\P{Cc}\n\t]|[\u202A-\u202E\u2066-\u2069]/gu, '');
}
