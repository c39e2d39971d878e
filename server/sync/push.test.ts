import { expect, test } from 'vitest';
import { kinds, submission, testConsole, testDesk } from '../../test/helpers/desk.ts';
import { takeSubmission } from '../intake/intake.ts';
import type { Store } from '../store/contract.ts';
import { memoryStore } from '../store/memory.ts';
import type { Changes } from '../store/rows.ts';
import { readTicket } from './read-ticket.ts';

/** A store that cannot take some changes. */
function failing(cannotTake: (changes: Changes) => boolean, isDataFault: boolean): Store {
  const store = memoryStore({ deskId: 'desk-1', epoch: 'epoch-1' });
  return {
    ...store,
    isDataFault: () => isDataFault,
    write: (work) =>
      store.write((writing) =>
        work({
          ...writing,
          save: async (changes) => {
            if (cannotTake(changes)) throw new Error('cannot take this');
            return writing.save(changes);
          },
        }),
      ),
  };
}

const isPoison = (changes: Changes) =>
  changes.entries.some((entry) => entry.body.kind === 'note' && entry.body.text === 'poison');

test('[S2] when a batch fails each command is tried alone, and only the bad one is refused', async () => {
  const { desk, agents, around } = await testDesk(failing(isPoison, true));
  await takeSubmission(desk, submission('t1'));
  const ann = testConsole(desk, agents[0], 'c-ann');
  const bob = testConsole(desk, agents[1], 'c-bob');
  const poison = ann.command('t1', { kind: 'note', text: 'poison' });
  const [anns, bobs] = await Promise.all([
    ann.push(
      ann.command('t1', { kind: 'note', text: 'one' }),
      poison,
      ann.command('t1', { kind: 'note', text: 'after' }, { after: poison.id }),
    ),
    bob.push(bob.command('t1', { kind: 'note', text: 'two' })),
  ]);
  expect(kinds(anns)).toEqual(['applied', 'refused', 'applied']);
  expect(kinds(bobs)).toEqual(['applied']);
  expect((await readTicket(desk.store, 't1'))?.entries).toHaveLength(4);
  expect(await ann.push(poison), 'its outcome stays').toEqual([anns[1]]);
  expect(around.lines.join()).not.toContain('poison');
});

test('[S2] a store that fails for its own reasons decides nothing', async () => {
  let isDown = false;
  const { desk, agents } = await testDesk(failing(() => isDown, false));
  await takeSubmission(desk, submission('t1'));
  const ann = testConsole(desk, agents[0], 'c-ann');
  const command = ann.command('t1', { kind: 'note', text: 'one' });
  const before = desk.known();
  isDown = true;
  await expect(ann.push(command)).rejects.toThrow('cannot take this');
  expect(desk.known()).toEqual(before);
  isDown = false;
  expect(kinds(await ann.push(command))).toEqual(['applied']);
});
