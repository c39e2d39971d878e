import { memoryStore } from '../../server/store/memory.ts';
import { storeContract } from './store.contract.ts';

storeContract('memory', async () => ({
  fresh: async () => memoryStore({ deskId: 'desk-1', epoch: 'epoch-1' }),
  end: async () => undefined,
}));
