/** What a power cut may leave of one file, by what was written and synced. Sectors of 512 bytes are whole or not. */

const SECTOR = 512;

type Sector = {
  /** What it may hold, oldest first; the last is what programs read. */
  versions: Uint8Array[];
  /** A sync failed on it: later ones say nothing about it until it is written again. */
  stuck: boolean;
};

export type CutFile = {
  /** As programs see it. */
  bytes: () => Uint8Array;
  write: (at: number, bytes: Uint8Array) => void;
  truncate: (length: number) => void;
  sync: () => void;
  failSync: () => void;
  /** What a cut may leave: all of it, none of what is not synced, and much in between. */
  leftovers: (random: () => number) => Uint8Array[];
};

/** A file that holds this and has it on the disk. */
export function cutFile(durable: Uint8Array = new Uint8Array()): CutFile {
  const sectors: Sector[] = [];
  /** Possible lengths, oldest first. */
  let sizes = [durable.byteLength];
  let sizeStuck = false;
  for (let at = 0; at < durable.byteLength; at += SECTOR)
    sectors.push({ versions: [padded(durable.subarray(at, at + SECTOR))], stuck: false });

  const size = (): number => sizes.at(-1) ?? 0;
  const built = (length: number, choose: (sector: Sector, index: number) => Uint8Array) => {
    const bytes = new Uint8Array(length);
    for (let index = 0; index * SECTOR < length; index += 1) {
      const sector = sectors[index];
      if (sector === undefined) continue;
      bytes.set(choose(sector, index).subarray(0, length - index * SECTOR), index * SECTOR);
    }
    return bytes;
  };
  const newest = ({ versions }: Sector): Uint8Array => versions.at(-1) ?? new Uint8Array(SECTOR);
  const oldest = ({ versions }: Sector): Uint8Array => versions[0] ?? new Uint8Array(SECTOR);

  return {
    bytes: () => built(size(), newest),
    write: (at, bytes) => {
      for (let done = 0; done < bytes.byteLength;) {
        const index = Math.floor((at + done) / SECTOR);
        const within = (at + done) % SECTOR;
        const part = bytes.subarray(done, done + SECTOR - within);
        const sector = (sectors[index] ??= { versions: [new Uint8Array(SECTOR)], stuck: false });
        const next = Uint8Array.from(newest(sector));
        next.set(part, within);
        sector.versions.push(next);
        sector.stuck = false;
        done += part.byteLength;
      }
      if (at + bytes.byteLength <= size()) return;
      sizes.push(at + bytes.byteLength);
      sizeStuck = false;
    },
    truncate: (length) => {
      sizes.push(length);
      sizeStuck = false;
      // What lay beyond reads as zeros if the file grows again.
      for (let index = Math.floor(length / SECTOR); index < sectors.length; index += 1) {
        const sector = sectors[index];
        if (sector === undefined) continue;
        const kept = Math.max(0, length - index * SECTOR);
        sector.versions.push(padded(newest(sector).subarray(0, kept)));
        sector.stuck = false;
      }
    },
    sync: () => {
      for (const sector of sectors) if (!sector.stuck) sector.versions = [newest(sector)];
      if (!sizeStuck) sizes = [size()];
    },
    failSync: () => {
      for (const sector of sectors) if (sector.versions.length > 1) sector.stuck = true;
      if (sizes.length > 1) sizeStuck = true;
    },
    leftovers: (random) => {
      const open = sectors.flatMap(({ versions }, index) => (versions.length > 1 ? [index] : []));
      const found = [built(size(), newest), built(sizes[0] ?? 0, oldest)];
      const last = size();
      const first = Math.min(...sizes);
      for (const length of lengths(first, last, random)) {
        found.push(built(length, newest), built(length, oldest));
        for (const written of subsets(open, random))
          found.push(
            built(length, (sector, index) =>
              written.has(index)
                ? newest(sector)
                : (pick(sector.versions.slice(0, -1), random) ?? newest(sector)),
            ),
          );
        // A file system may give a file room that still holds what others left there.
        const noise = built(length, (sector, index) =>
          open.includes(index) && (index + 1) * SECTOR > first
            ? noisy(oldest(sector), first - index * SECTOR, random)
            : oldest(sector),
        );
        found.push(noise);
      }
      return distinct(found);
    },
  };
}

function padded(bytes: Uint8Array): Uint8Array {
  const whole = new Uint8Array(SECTOR);
  whole.set(bytes);
  return whole;
}

/** Every sector's end between two lengths, both of them, and some in the midst of a sector. */
function lengths(first: number, last: number, random: () => number): number[] {
  const found = new Set([first, last]);
  for (let at = Math.ceil(first / SECTOR) * SECTOR; at < last; at += SECTOR) found.add(at);
  for (let n = 0; n < 4 && last > first; n += 1)
    found.add(first + Math.floor(random() * (last - first)));
  return [...found];
}

/** All subsets of a few, and of many those that lack one, the beginnings, and some at random. */
function subsets(indices: readonly number[], random: () => number): Set<number>[] {
  if (indices.length <= 4)
    return Array.from(
      { length: 2 ** indices.length },
      (_, mask) => new Set(indices.filter((_index, bit) => (mask >> bit) % 2 === 1)),
    );
  const beginnings = indices.map((_, count) => new Set(indices.slice(0, count)));
  const holes = indices.map((hole) => new Set(indices.filter((index) => index !== hole)));
  const any = Array.from({ length: 8 }, () => new Set(indices.filter(() => random() < 0.5)));
  return [...beginnings, ...holes, ...any];
}

function noisy(sector: Uint8Array, from: number, random: () => number): Uint8Array {
  const bytes = Uint8Array.from(sector);
  for (let at = Math.max(0, from); at < bytes.byteLength; at += 1)
    bytes[at] = Math.floor(random() * 256);
  return bytes;
}

function pick<T>(list: readonly T[], random: () => number): T | undefined {
  return list[Math.floor(random() * list.length)];
}

function distinct(files: readonly Uint8Array[]): Uint8Array[] {
  return [
    ...new Map(files.map((bytes) => [Buffer.from(bytes).toString('latin1'), bytes])).values(),
  ];
}
