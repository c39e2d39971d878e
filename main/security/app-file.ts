import { extname, join, normalize, sep } from 'node:path';
import { APP_ORIGIN } from './app-origin.ts';

export type AppFile = { path: string; mediaType: string };

/** Types of what a build of the page holds. Anything else is not served. */
const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.map': 'application/json',
};

/** The file in `root` that an app:// URL means; null for what may not be served (X1). Pure. */
export function appFile(root: string, url: string): AppFile | null {
  let pathname: string;
  try {
    const parsed = new URL(url);
    // `origin` of a scheme of our own is null in Node; protocol and host say the same.
    if (`${parsed.protocol}//${parsed.host}` !== APP_ORIGIN) return null;
    pathname = decodeURIComponent(parsed.pathname);
  } catch {
    return null;
  }
  if (pathname.includes('\0') || pathname.includes('\\')) return null;
  const base = normalize(root).replace(/[\\/]+$/, '') + sep;
  const path = join(base, pathname);
  const mediaType = mediaTypes[extname(path).toLowerCase()];
  return path.startsWith(base) && mediaType !== undefined ? { path, mediaType } : null;
}
