import {
  MAX_PREVIEW_BYTES,
  MAX_PREVIEW_PIXELS,
  MAX_PREVIEW_TEXT,
} from '../../shared/bridge/blobs.ts';
import type { BlobPreview } from '../../shared/bridge/blobs.ts';
import { contentTypeOf, isImage, judgeName } from '../../shared/tickets/content-type.ts';
import { imageSize } from '../../shared/tickets/image-size.ts';

/** What of a file may be shown, by its content and never by its name: images of few kinds and plain text (X3). */
export function previewOf(bytes: Uint8Array<ArrayBuffer>, name: string): BlobPreview {
  const type = contentTypeOf(bytes);
  const verdict = judgeName(name, type);
  if (isImage(type)) {
    const size = imageSize(bytes, type);
    if (size === null) return { kind: 'none', ...verdict, why: 'type' };
    const isLarge =
      bytes.byteLength > MAX_PREVIEW_BYTES || size.width * size.height > MAX_PREVIEW_PIXELS;
    if (isLarge) return { kind: 'none', ...verdict, why: 'too-large' };
    return { kind: 'image', ...verdict, type, bytes, ...size };
  }
  const text = type === 'text/plain' || type === 'text/x-script' ? plainText(bytes) : null;
  if (text === null) return { kind: 'none', ...verdict, why: 'type' };
  return { kind: 'text', ...verdict, ...text };
}

/** The start of a text in UTF-8; null where it turns out to be none further on. */
function plainText(bytes: Uint8Array): { text: string; cut: boolean } | null {
  const cut = bytes.byteLength > MAX_PREVIEW_TEXT;
  try {
    // A character that is cut in half waits for more, which does not come.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(
      bytes.subarray(0, MAX_PREVIEW_TEXT),
      { stream: cut },
    );
    return { text, cut };
  } catch {
    return null;
  }
}
