import { PGlite } from '@electric-sql/pglite';
import { openPglite } from '../../server/store/sql/pglite.ts';
import { storeContract } from './store.contract.ts';

storeContract('PGlite', async () => {
  const pglite = new PGlite('memory://');
  return {
    // A new database takes seconds to make, an empty schema none. The store before is used no more.
    fresh: async () => {
      await pglite.exec('drop schema public cascade; create schema public');
      const opened = await openPglite(pglite, { deskId: 'desk-1', epoch: 'epoch-1' });
      if (!opened.ok) throw new Error(opened.error);
      return opened.value;
    },
    end: () => pglite.close(),
  };
});
