import { afterAll, beforeAll, describe } from 'vitest';
import { takeSubmission } from '../../server/intake/intake.ts';
import type { Store } from '../../server/store/contract.ts';
import { submission, testDesk } from '../helpers/desk.ts';
import type { DeskBench } from './desk-bench.ts';
import { intakeContract } from './intake.contract.ts';
import { blobsContract } from './blobs.contract.ts';
import { orderContract } from './order.contract.ts';
import { outcomesContract } from './outcomes.contract.ts';
import { sightContract } from './sight.contract.ts';
import { policyContract } from './policy.contract.ts';
import { safeContract } from './safe.contract.ts';

/** Makes an empty store, and ends everything it made at the end. */
export type StoreUnderTest = {
  fresh: () => Promise<Store>;
  end: () => Promise<void>;
};

/** What every store must do, and the desk on it. Run over memory, PGlite and PostgreSQL. */
export function storeContract(
  name: string,
  start: () => Promise<StoreUnderTest>,
  { readsBesideWrites }: Pick<DeskBench, 'readsBesideWrites'> = { readsBesideWrites: false },
): void {
  describe(`${name}: a desk`, () => {
    let stores: StoreUnderTest;
    beforeAll(async () => {
      stores = await start();
    });
    afterAll(async () => {
      await stores.end();
    });

    const bench: DeskBench = {
      fresh: () => stores.fresh(),
      readsBesideWrites,
      setUp: async (tickets = 1) => {
        const set = await testDesk(await stores.fresh());
        for (let n = 1; n <= tickets; n += 1) await takeSubmission(set.desk, submission(`t${n}`));
        return set;
      },
    };
    orderContract(bench);
    outcomesContract(bench);
    intakeContract(bench);
    policyContract(bench);
    safeContract(bench);
    blobsContract(bench);
    sightContract(bench);
  });
}
