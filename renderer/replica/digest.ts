/**
 * 64 bits that stand for some bytes, in hex (S12): what the disk gives back is compared with what was written. Two
 * lanes, each turning a changed word into another result whatever follows. Against faults, not against forgers.
 */
export function digestOf(...parts: readonly Uint8Array[]): string {
  let one = 0x9e3779b9;
  let two = 0x7f4a7c15;
  const take = (word: number): void => {
    one = Math.imul(one ^ word, 0x9e3779b1);
    one = (one << 13) | (one >>> 19);
    two = Math.imul(two + word, 0x85ebca77);
    two = (two << 17) | (two >>> 15);
  };
  for (const bytes of parts) {
    // A part's end is told from the next one's beginning.
    take(bytes.byteLength);
    const whole = bytes.byteLength & ~3;
    const words = wordsOf(bytes, whole);
    // The lanes in locals of this loop: it goes over hundreds of megabytes.
    let [a, b] = [one, two];
    for (let index = 0; index < words.length; index += 1) {
      const word = words[index] ?? 0;
      a = Math.imul(a ^ word, 0x9e3779b1);
      a = (a << 13) | (a >>> 19);
      b = Math.imul(b + word, 0x85ebca77);
      b = (b << 17) | (b >>> 15);
    }
    [one, two] = [a, b];
    for (let index = whole; index < bytes.byteLength; index += 1) take(bytes[index] ?? 0);
  }
  return `${hex(mixed(one ^ two))}${hex(mixed(two))}`;
}

/** Read as words in place where they lie so; a copy where not. */
function wordsOf(bytes: Uint8Array, length: number): Uint32Array {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  return new Uint32Array(aligned.buffer, aligned.byteOffset, length / 4);
}

function mixed(word: number): number {
  const folded = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  return (folded ^ (folded >>> 13)) >>> 0;
}

function hex(word: number): string {
  return word.toString(16).padStart(8, '0');
}
