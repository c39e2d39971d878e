import { mkdir, open, readFile, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { err, ok } from '../../shared/base/result.ts';
import type { Result } from '../../shared/base/result.ts';
import type { Time } from '../../shared/base/time.ts';
import type { DraftSave, KeptDraft } from '../../shared/bridge/drafts.ts';
import type { Command } from '../../shared/tickets/command.ts';
import { attachmentsOf, carried } from '../../shared/tickets/attachment.ts';
import { diskWords } from '../disk-words.ts';
import { syncDirectory } from '../journal/journal-file.ts';
import { notInCommands } from './already-sent.ts';
import { decodeDraft, draftFileName, encodeDraft } from './draft-format.ts';

/** Begun texts and forms, one small file each, beside the journal (S17). They are no commands. */
export type DraftStore = {
  all: () => KeptDraft[];
  /** Resolves when it is on the disk. One without text and files takes the draft away. The error is for the agent. */
  save: (draft: DraftSave) => Promise<Result<{ savedAt: number }, string>>;
  /** Files that could not be read and were set aside, by the names they have now: told once. */
  readonly damaged: readonly string[];
  /** Waits for what is being written. */
  close: () => Promise<void>;
};

export type DraftDeps = {
  time: Time;
  /** What the journal holds: words that are in it already are no draft any more. */
  commands: Iterable<Command>;
};

/** Opens the drafts in a directory. That one must be in a profile, whose lock keeps others out (S10). */
export async function openDrafts(directory: string, deps: DraftDeps): Promise<DraftStore> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const { drafts, damaged } = await readAll(directory, deps.time.nowMs());
  const kept = new Map(drafts.map((draft) => [draftFileName(draft.ticketId, draft.mode), draft]));
  /** What is being written, by file: the next one waits for it. */
  const writing = new Map<string, Promise<unknown>>();
  let closed = false;

  const write = async (
    name: string,
    draft: KeptDraft,
  ): Promise<Result<{ savedAt: number }, string>> => {
    try {
      const path = join(directory, name);
      if (isEmpty(draft)) await rm(path, { force: true });
      else await replaceFile(path, encodeDraft(draft));
      await syncDirectory(directory);
      if (isEmpty(draft)) kept.delete(name);
      else kept.set(name, draft);
      return ok({ savedAt: draft.savedAt });
    } catch (thrown) {
      return err(diskWords(thrown));
    }
  };

  const save: DraftStore['save'] = (draft) => {
    if (closed) return Promise.resolve(err('The console is closing.'));
    const name = draftFileName(draft.ticketId, draft.mode);
    const before = writing.get(name) ?? Promise.resolve();
    const done = before.then(() => write(name, { ...draft, savedAt: deps.time.nowMs() }));
    writing.set(name, done);
    void done.then(() => {
      if (writing.get(name) === done) writing.delete(name);
    });
    return done;
  };

  for (const draft of drafts) {
    const text = notInCommands(draft, deps.commands);
    if (text === draft.text && draft.takenBack === null) continue;
    // With the words in a command are their files.
    const files = text === draft.text ? draft : {};
    const { ticketId, mode } = draft;
    await save({ ticketId, mode, text, ...carried(files), takenBack: null });
  }
  return {
    all: () => [...kept.values()],
    save,
    damaged,
    close: async () => {
      closed = true;
      await Promise.all(writing.values());
    },
  };
}

function isEmpty(draft: KeptDraft): boolean {
  return draft.text === '' && attachmentsOf(draft).length === 0;
}

/** Every draft, the earliest saved first. What cannot be read is set aside, so that it is told only once. */
async function readAll(
  directory: string,
  nowMs: number,
): Promise<{ drafts: KeptDraft[]; damaged: string[] }> {
  const drafts: KeptDraft[] = [];
  const damaged: string[] = [];
  for (const name of await readdir(directory)) {
    if (!name.endsWith('.draft')) continue;
    const path = join(directory, name);
    const draft = decodeDraft(await readFile(path, 'utf8').catch(() => ''));
    if (draft.ok && draftFileName(draft.value.ticketId, draft.value.mode) === name) {
      drafts.push(draft.value);
      continue;
    }
    const aside = `${name}.damaged-${nowMs}`;
    await rename(path, join(directory, aside));
    damaged.push(aside);
  }
  return { drafts: drafts.toSorted((a, b) => a.savedAt - b.savedAt), damaged };
}

/** Puts the content in the place of the old one, in one step, and on the disk. */
async function replaceFile(path: string, content: string): Promise<void> {
  const file = await open(`${path}.new`, 'w', 0o600);
  try {
    await file.writeFile(content);
    await file.datasync();
  } finally {
    await file.close();
  }
  await rename(`${path}.new`, path);
}
