import { shareOfSeeds } from './share.ts';

shareOfSeeds(1_001, 1_000);
