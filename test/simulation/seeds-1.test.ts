import { shareOfSeeds } from './share.ts';

shareOfSeeds(1, 100);
