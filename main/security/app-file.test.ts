import { describe, expect, test } from 'vitest';
import { appFile } from './app-file.ts';
import { openableLink } from './link-rule.ts';

describe('[X1] app:// serves files of the page and nothing else', () => {
  const root = '/app/out/renderer';

  test.each([
    ['app://console/index.html', '/app/out/renderer/index.html', 'text/html; charset=utf-8'],
    [
      'app://console/assets/a.js?v=1#x',
      '/app/out/renderer/assets/a.js',
      'text/javascript; charset=utf-8',
    ],
  ])('%s', (url, path, mediaType) => {
    expect(appFile(root, url)).toEqual({ path, mediaType });
  });

  test.each([
    'app://console/../main/index.js',
    'app://console/..%2fmain%2findex.js',
    'app://console/%2e%2e/%2e%2e/package.json',
    'app://console/..%5cmain%5cindex.js',
    'app://console/assets/..%2f..%2f..%2fetc/passwd',
    'app://console/..%2frenderer-other%2fx.js',
    'app://console/index.html%00.js',
    'app://console/%E0%A4%A',
    'app://other/index.html',
    'app://console@other/index.html',
    'https://console/index.html',
    'file:///app/out/renderer/index.html',
    'app://console/',
    'app://console/secret.key',
    'not a url',
  ])('nothing outside: %s', (url) => {
    const file = appFile(root, url);
    // URL parsing itself may fold `..` away; what is left must then lie inside.
    expect(file === null || file.path.startsWith(`${root}/`)).toBe(true);
  });

  test.each([
    'app://console/..%5cmain%5cindex.js',
    'app://console/..%2fmain%2findex.js',
    'app://console/index.html%00.js',
    'app://other/index.html',
    'app://console@other/index.html',
    'file:///app/out/renderer/index.html',
    'app://console/secret.key',
    'not a url',
  ])('nothing at all for %s', (url) => {
    expect(appFile(root, url)).toBeNull();
  });
});

describe('[X3] links', () => {
  test.each(['https://example.com/a?b=c', 'mailto:a@example.com'])('%s may be opened', (url) => {
    expect(openableLink(url)).toBe(url);
  });

  test.each([
    'http://example.com/',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'smb://host/share',
    'data:text/html,x',
    'https://bank.example@evil.example/',
    'ms-msdt:/id',
    ' ',
    '/etc/passwd',
  ])('%s may not', (url) => {
    expect(openableLink(url)).toBeNull();
  });
});
