/** Where a command writes: answers to `out`, everything else to `err`. */
export type Terminal = { out: (line: string) => void; err: (line: string) => void };
