import { shareOfSeeds } from './share.ts';

shareOfSeeds(101, 100);
