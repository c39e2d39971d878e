/** A deliberate fault: one place of the source said wrongly. The suites are there to find it. */
export type PlantedBug = {
  /** What is wrong, in words. */
  name: string;
  /** The rule that it breaks. */
  rule: string;
  file: string;
  /** Stands in the file exactly once. */
  right: string;
  wrong: string;
  /** Tests that should see it, the quickest first. */
  suites: readonly Suite[];
};

/** A vitest project with file filters, or the simulation with so many seeds. */
export type Suite =
  | { kind: 'tests'; project: 'unit' | 'property' | 'contract'; files: readonly string[] }
  | { kind: 'simulation'; seeds: number };
