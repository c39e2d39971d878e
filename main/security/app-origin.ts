/** Our own pages come from here and from nowhere else (X1). */
export const APP_SCHEME = 'app';
export const APP_ORIGIN = 'app://console';
export const APP_PAGE = `${APP_ORIGIN}/index.html`;

/** The page's policy (X1); sent with every file. */
export const CONTENT_SECURITY_POLICY =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; " +
  "img-src 'self' blob: data:; object-src 'none'; base-uri 'none'; form-action 'none'";

export function isAppUrl(url: string): boolean {
  return url === APP_ORIGIN || url.startsWith(`${APP_ORIGIN}/`);
}
