import { readFile } from 'node:fs/promises';
import { protocol } from 'electron';
import { withFailpoints } from '../../shared/base/failpoint.ts';
import { armFailpoint, failpointAnswer } from '../arm-failpoint.ts';
import { appFile } from './app-file.ts';
import { APP_SCHEME, CONTENT_SECURITY_POLICY } from './app-origin.ts';

/** Must be called before the app is ready (X1). */
export function registerAppScheme(): void {
  // Where the page's side asks what is armed; main's own side is armed with it.
  if (withFailpoints) armFailpoint();
  protocol.registerSchemesAsPrivileged([
    {
      scheme: APP_SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ]);
}

/** Serves the files of the built page and nothing else (X1). */
export function serveApp(root: string): void {
  protocol.handle(APP_SCHEME, async (request) => {
    const armed = withFailpoints ? failpointAnswer(request.url) : null;
    if (armed !== null) return answer(Buffer.from(armed), 200, 'text/plain');
    const file = request.method === 'GET' ? appFile(root, request.url) : null;
    if (file === null) return answer(null, 404, 'text/plain');
    try {
      return answer(await readFile(file.path), 200, file.mediaType);
    } catch {
      return answer(null, 404, 'text/plain');
    }
  });
}

function answer(body: Buffer | null, status: number, mediaType: string): Response {
  return new Response(body === null ? null : new Uint8Array(body), {
    status,
    headers: {
      'content-type': mediaType,
      'content-security-policy': CONTENT_SECURITY_POLICY,
      'x-content-type-options': 'nosniff',
    },
  });
}
