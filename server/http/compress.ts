import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';

const compress = promisify(brotliCompress);

/** Less than this is sent as it is: it fits into one packet. */
const WORTH_BYTES = 1_400;

/** Brotli at level 1 where the client takes it and it is worth it (S15); null where it is not. */
export async function brotli(
  bytes: Uint8Array,
  acceptEncoding: string | undefined,
): Promise<Uint8Array | null> {
  if (bytes.byteLength < WORTH_BYTES || !takesBrotli(acceptEncoding)) return null;
  return compress(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 1,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.byteLength,
    },
  });
}

function takesBrotli(acceptEncoding = ''): boolean {
  return acceptEncoding
    .split(',')
    .map((each) => each.trim().toLowerCase())
    .some((each) => each === 'br' || (each.startsWith('br;') && !/;\s*q=0(\.0*)?$/.test(each)));
}
