/** The address of a link that may be opened: https and mailto only (X3); null for all others. Pure. */
export function openableLink(url: string): string | null {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    return null;
  }
  if (parsed.protocol === 'mailto:') return plainMail(parsed);
  // A name or password in an address serves to deceive only.
  const isPlain = parsed.username === '' && parsed.password === '';
  return parsed.protocol === 'https:' && isPlain ? parsed.href : null;
}

/** Some mailers attach files that an address names: only to, subject and body go on. */
function plainMail(mail: URL): string {
  const kept = ['subject', 'body', 'cc'].flatMap((name) => {
    const value = mail.searchParams.get(name);
    return value === null ? [] : [`${name}=${encodeURIComponent(value)}`];
  });
  return `mailto:${mail.pathname}${kept.length === 0 ? '' : `?${kept.join('&')}`}`;
}
