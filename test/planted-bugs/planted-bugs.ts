import type { PlantedBug } from './planted-bug.ts';

/** Faults that people make. */
export const plantedBugs: readonly PlantedBug[] = [];
