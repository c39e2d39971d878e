import type { ImageType } from './content-type.ts';

export type ImageSize = { width: number; height: number };

/**
 * Width and height as an image's header says, in pixels; null where it does not. Looked at before anything decodes it:
 * a small file can hold more pixels than there is memory.
 */
export function imageSize(bytes: Uint8Array, type: ImageType): ImageSize | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const { width, height } = readSize(view, type);
    return width > 0 && height > 0 ? { width, height } : null;
  } catch {
    // It ends before its header does.
    return null;
  }
}

function readSize(view: DataView, type: ImageType): ImageSize {
  switch (type) {
    case 'image/png':
      return { width: view.getUint32(16), height: view.getUint32(20) };
    case 'image/gif':
      return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
    case 'image/webp':
      return webpSize(view);
    case 'image/jpeg':
      return jpegSize(view);
  }
}

function webpSize(view: DataView): ImageSize {
  const form = view.getUint32(12);
  // "VP8X": 24 bits each, less one.
  if (form === 0x56_50_38_58) return { width: 1 + uint24(view, 24), height: 1 + uint24(view, 27) };
  // "VP8L": 14 bits each, less one.
  if (form === 0x56_50_38_4c) {
    const bits = view.getUint32(21, true);
    return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
  }
  // "VP8 ": 14 bits each.
  return {
    width: view.getUint16(26, true) & 0x3fff,
    height: view.getUint16(28, true) & 0x3fff,
  };
}

function uint24(view: DataView, at: number): number {
  return view.getUint16(at, true) + view.getUint8(at + 2) * 0x1_00_00;
}

/** Goes from segment to segment to the frame's header. */
function jpegSize(view: DataView): ImageSize {
  let at = 2;
  for (;;) {
    while (view.getUint8(at) !== 0xff) at += 1;
    while (view.getUint8(at) === 0xff) at += 1;
    const marker = view.getUint8(at);
    at += 1;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { width: view.getUint16(at + 5), height: view.getUint16(at + 3) };
    const isAlone = marker === 0x01 || (marker >= 0xd0 && marker <= 0xd9);
    if (!isAlone) at += view.getUint16(at);
  }
}
