import { err, ok } from '../../shared/base/result.ts';
import type { Result } from '../../shared/base/result.ts';
import { foldRecord } from './fold.ts';
import { emptyJournal } from './journal-state.ts';
import type { JournalState } from './journal-state.ts';
import { scanJournal } from './record-format.ts';
import { decodeJournalRecord } from './records.ts';
import type { JournalOwner } from './records.ts';

export type JournalFault = {
  kind: 'not-saved' | 'other-owner' | 'newer-format' | 'unreadable' | 'closed';
  message: string;
};

export type ReadJournal = {
  state: JournalState;
  /** What is wrong with the file, in words; empty where nothing is. */
  damage: string[];
  tornAt: number | null;
  /** Of an earlier format: it is written anew before anything is added (S5). */
  isOlder: boolean;
};

/** A journal file's bytes as state (S5). Refuses a newer format and another owner's journal. */
export function readJournal(
  bytes: Uint8Array,
  owner: JournalOwner,
): Result<ReadJournal, JournalFault> {
  const scan = scanJournal(bytes);
  if (scan.header === 'newer')
    return err({
      kind: 'newer-format',
      message: 'The journal was written by a newer version of this program.',
    });
  const state = emptyJournal();
  const damage = scan.damage.map(
    ({ offset, bytes: length, recovered }) =>
      `${length} bytes at ${offset} are damaged${recovered ? ', their record was recovered' : ''}`,
  );
  if (scan.header === 'missing') damage.push('the file has no header');
  for (const payload of scan.payloads) {
    const record = decodeJournalRecord(payload);
    if (record.ok) foldRecord(state, record.value);
    else damage.push(`a record cannot be understood: ${record.error}`);
  }
  for (const [first, last] of state.gaps) damage.push(`records ${first} to ${last} are missing`);
  for (const id of state.lostCommandIds) damage.push(`command ${id} is known by name only`);
  if (state.owner === null) damage.push('the record of whose journal it is is missing');
  else if (!isSame(state.owner, owner))
    return err({ kind: 'other-owner', message: 'The journal belongs to another agent or desk.' });
  return ok({ state, damage, tornAt: scan.tornAt, isOlder: scan.header === 'older' });
}

function isSame(a: JournalOwner, b: JournalOwner): boolean {
  return a.deskId === b.deskId && a.agentId === b.agentId && a.consoleId === b.consoleId;
}
