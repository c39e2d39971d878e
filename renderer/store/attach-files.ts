import { err, ok } from '../../shared/base/result.ts';
import type { Result } from '../../shared/base/result.ts';
import type { BridgeError } from '../../shared/bridge/bridge-error.ts';
import { MAX_CHUNK_BYTES } from '../../shared/bridge/blobs.ts';
import { MAX_ATTACHMENTS, MAX_ATTACHMENT_BYTES } from '../../shared/tickets/attachment.ts';
import type { Attachment } from '../../shared/tickets/attachment.ts';
import { cleanName } from '../../shared/tickets/attachment-name.ts';
import { agentWords } from '../bridge/agent-words.ts';
import type { Console } from './console.ts';
import type { ComingFile, FileDraft } from './console-state.ts';
import { draftFiles, keepDraft } from './drafts.ts';
import { notify } from './notices.ts';

/** A file of the page, as `File` is one. */
export type PageFile = {
  readonly name: string;
  readonly size: number;
  slice: (from: number, to: number) => { arrayBuffer: () => Promise<ArrayBuffer> };
};

/** The place of the files that are being added to a draft. */
export function comingKey(ticketId: string, kind: FileDraft): string {
  return `${ticketId} ${kind}`;
}

const none: readonly ComingFile[] = [];

export function comingFiles(
  coming: Readonly<Record<string, readonly ComingFile[]>>,
  ticketId: string,
  kind: FileDraft,
): readonly ComingFile[] {
  return coming[comingKey(ticketId, kind)] ?? none;
}

/** Is one of them still on its way? Nothing is sent before it is there. */
export function isComing(coming: readonly ComingFile[]): boolean {
  return coming.some(({ fault }) => fault === null);
}

/** Main's own dialog. */
export async function chooseFiles(
  console: Console,
  ticketId: string,
  kind: FileDraft,
): Promise<void> {
  const chosen = await console.bridge.call('blob.choose', {});
  if (!chosen.ok) {
    notify(console, 'error', agentWords(chosen.error));
    return;
  }
  for (const file of chosen.value.files) keepFile(console, ticketId, kind, file);
  for (const words of chosen.value.refused) notify(console, 'error', words);
}

let lastId = 0;

/** What was dropped or pasted: its bytes go to main piece by piece (S16). All at once, each by itself. */
export async function attachFiles(
  console: Console,
  ticketId: string,
  kind: FileDraft,
  files: readonly PageFile[],
): Promise<void> {
  await Promise.all(files.map((file) => attachFile(console, ticketId, kind, file)));
}

async function attachFile(
  console: Console,
  ticketId: string,
  kind: FileDraft,
  file: PageFile,
): Promise<void> {
  lastId += 1;
  const id = lastId;
  const change = (part: Partial<ComingFile> | null): void => {
    changeComing(console, ticketId, kind, id, part);
  };
  const { comingFiles: all } = console.state.getState();
  const key = comingKey(ticketId, kind);
  const row: ComingFile = { id, name: cleanName(file.name), size: file.size, done: 0, fault: null };
  console.state.setState({ comingFiles: { ...all, [key]: [...(all[key] ?? []), row] } });

  const fault = tooMany(console, ticketId, kind) ?? tooLarge(file);
  if (fault !== null) {
    change({ fault });
    return;
  }
  const sent = await send(console, file, (done) => {
    change({ done });
    return isListed(console, ticketId, kind, id);
  });
  if (!sent.ok) {
    if (sent.error !== null) change({ fault: sent.error });
    return;
  }
  change(null);
  keepFile(console, ticketId, kind, sent.value);
}

/** The attachment, or why there is none; null where it is no longer wanted. */
async function send(
  { bridge }: Console,
  file: PageFile,
  progress: (done: number) => boolean,
): Promise<Result<Attachment, string | null>> {
  const words = ({ error }: { error: BridgeError }) => err(agentWords(error));
  const begun = await bridge.call('blob.begin', {
    name: file.name.slice(0, 40_000),
    size: file.size,
  });
  if (!begun.ok) return words(begun);
  const { id } = begun.value;
  for (let offset = 0; offset < file.size;) {
    const bytes = await pieceOf(file, offset);
    if (bytes === null) {
      await bridge.call('blob.cancel', { id });
      return err('It cannot be read.');
    }
    const added = await bridge.call('blob.add', { id, offset, bytes });
    if (!added.ok) return words(added);
    offset += bytes.byteLength;
    if (!progress(offset)) {
      await bridge.call('blob.cancel', { id });
      return err(null);
    }
  }
  const whole = await bridge.call('blob.finish', { id });
  return whole.ok ? ok(whole.value.file) : words(whole);
}

/** Null where it cannot be read, as a folder cannot, or is not as long as it said. */
async function pieceOf(file: PageFile, offset: number): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    const buffer = await file.slice(offset, offset + MAX_CHUNK_BYTES).arrayBuffer();
    return buffer.byteLength === 0 ? null : new Uint8Array(buffer);
  } catch {
    return null;
  }
}

function tooLarge({ size }: PageFile): string | null {
  if (size === 0) return 'The file is empty.';
  return size > MAX_ATTACHMENT_BYTES ? 'It has more than 25 MB.' : null;
}

function tooMany(console: Console, ticketId: string, kind: FileDraft): string | null {
  const { drafts, comingFiles: all } = console.state.getState();
  const coming = comingFiles(all, ticketId, kind).filter(({ fault }) => fault === null);
  return draftFiles(drafts, ticketId, kind).length + coming.length > MAX_ATTACHMENTS
    ? `At most ${MAX_ATTACHMENTS} files go with one message.`
    : null;
}

function isListed(console: Console, ticketId: string, kind: FileDraft, id: number): boolean {
  const { comingFiles: all } = console.state.getState();
  return comingFiles(all, ticketId, kind).some((each) => each.id === id);
}

/** Null takes it off the list: it is there, or no longer wanted. */
function changeComing(
  console: Console,
  ticketId: string,
  kind: FileDraft,
  id: number,
  part: Partial<ComingFile> | null,
): void {
  const { comingFiles: all } = console.state.getState();
  const rows = comingFiles(all, ticketId, kind).flatMap((each) => {
    if (each.id !== id) return [each];
    return part === null ? [] : [{ ...each, ...part }];
  });
  console.state.setState({ comingFiles: { ...all, [comingKey(ticketId, kind)]: rows } });
}

function keepFile(console: Console, ticketId: string, kind: FileDraft, file: Attachment): void {
  const { drafts } = console.state.getState();
  const files = draftFiles(drafts, ticketId, kind);
  if (files.length >= MAX_ATTACHMENTS) {
    notify(console, 'error', `At most ${MAX_ATTACHMENTS} files go with one message.`);
    return;
  }
  // The same file again, by the same name, says nothing more.
  if (files.some(({ hash, name }) => hash === file.hash && name === file.name)) return;
  keepDraft(console, ticketId, { files: { ...drafts[ticketId]?.files, [kind]: [...files, file] } });
  console.state.setState({ announcement: `Attached ${file.name}` });
}

/** Takes a file off a draft. Its bytes go when nothing names them. */
export function removeFile(
  console: Console,
  ticketId: string,
  kind: FileDraft,
  file: Attachment,
): void {
  const { drafts } = console.state.getState();
  const files = draftFiles(drafts, ticketId, kind).filter((each) => each !== file);
  keepDraft(console, ticketId, { files: { ...drafts[ticketId]?.files, [kind]: files } });
  console.state.setState({ announcement: `Removed ${file.name}` });
}

/** Takes one that is on its way, or that could not be taken, off the list. */
export function dismissComing(
  console: Console,
  ticketId: string,
  kind: FileDraft,
  id: number,
): void {
  changeComing(console, ticketId, kind, id, null);
}
