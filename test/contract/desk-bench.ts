import type { Store } from '../../server/store/contract.ts';
import type { TestDesk } from '../helpers/desk.ts';

/** What a part of the contract suite works on. */
export type DeskBench = {
  /** An empty store. */
  fresh: () => Promise<Store>;
  /** Can be read while a write is under way: then as it was before. */
  readsBesideWrites: boolean;
  /** A desk with agents Ann and Bob and tickets t1, t2 and so on. */
  setUp: (tickets?: number) => Promise<TestDesk>;
};
