import { createHash, randomBytes } from 'node:crypto';

/** A sign-in token: 256 random bits, so that its plain hash is enough to keep (X5). */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
