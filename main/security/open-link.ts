import { shell } from 'electron';
import { err, ok } from '../../shared/base/result.ts';
import type { Result } from '../../shared/base/result.ts';
import type { BridgeError } from '../../shared/bridge/bridge-error.ts';
import { openableLink } from './link-rule.ts';

/** The one way out to the browser and mailer (X3). */
export async function openLink(url: string): Promise<Result<Record<string, never>, BridgeError>> {
  const address = openableLink(url);
  if (address === null)
    return err({ code: 'not-allowed', message: 'Only https and mailto links are opened.' });
  try {
    await shell.openExternal(address);
    return ok({});
  } catch {
    return err({ code: 'internal', message: 'The system did not open the link.' });
  }
}
