import { z } from 'zod';

/**
 * Files go beside pull and push (S16). HEAD /v1/blobs/{hash}?size=N says where this agent's upload stands, in these two
 * headers; PUT /v1/blobs/{hash}?size=N&offset=K brings the part that begins there, and is answered with the same.
 */
export const UPLOAD_OFFSET = 'upload-offset';
/** ?1: the desk has the whole file, and this agent may name it in a command. */
export const UPLOAD_COMPLETE = 'upload-complete';

/** The most bytes that one PUT brings. */
export const MAX_PUT_BYTES = 1024 * 1024;

export const blobStandingSchema = z.object({
  /** The next part begins here, whatever was just sent. */
  offset: z.int().nonnegative(),
  whole: z.boolean(),
});
export type BlobStanding = z.infer<typeof blobStandingSchema>;

/** How a command's missing file is named in a `not-yet`. */
const MISSING = 'blob ';

export function missingBlob(hash: string): string {
  return `${MISSING}${hash}`;
}

/** The hash of the file that a `not-yet` misses; null where it misses something else. */
export function missingHash(missing: string): string | null {
  return missing.startsWith(MISSING) ? missing.slice(MISSING.length) : null;
}
