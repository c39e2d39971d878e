import { createHash } from 'node:crypto';

/** Which desk this console works with. */
export type DeskTarget =
  | { kind: 'embedded' }
  /** A team's desk; the token is null before sign-in. */
  | { kind: 'address'; url: string; token: string | null };

/** The environment wins over the settings; both name an address, only the environment a token for now. */
export function chooseTarget(
  env: Readonly<Record<string, string | undefined>>,
  setting: { kind: 'embedded' } | { kind: 'address'; url: string },
): DeskTarget {
  const url = env['AGENT_CONSOLE_DESK_URL'];
  const token = env['AGENT_CONSOLE_DESK_TOKEN'] ?? null;
  if (url !== undefined && url !== '') return { kind: 'address', url, token };
  return setting.kind === 'embedded' ? setting : { ...setting, token };
}

/**
 * Under which name the settings remember whose profile belongs to a target, so that the console opens without
 * its desk. Another agent's token leads to another profile (S9); of the token only a digest is kept.
 */
export function targetKey(target: DeskTarget): string {
  if (target.kind === 'embedded') return 'embedded';
  const hash = createHash('sha256')
    .update(`${target.url}\n${target.token ?? ''}`)
    .digest('hex');
  return `address-${hash.slice(0, 24)}`;
}
