import { expect, test } from 'vitest';
import { putAgent } from '../../server/agents/add-agent.ts';
import { blobStanding, MAX_UNUSED_BYTES, receivePart } from '../../server/blobs/receive-blob.ts';
import { readBlob } from '../../server/blobs/read-blob.ts';
import { sweepBlobs } from '../../server/blobs/sweep-blobs.ts';
import type { Desk } from '../../server/desk.ts';
import { takeMessage, takeSubmission } from '../../server/intake/intake.ts';
import { readTicket } from '../../server/sync/read-ticket.ts';
import { DAY_MS } from '../../shared/base/time.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import { attachmentsOf } from '../../shared/tickets/attachment.ts';
import type { Attachment } from '../../shared/tickets/attachment.ts';
import { kinds, submission, testConsole, TEST_NOW } from '../helpers/desk.ts';
import { fileOf, noteWith, someBytes } from '../helpers/files.ts';
import type { DeskBench } from './desk-bench.ts';

const PART = 100_000;

/** Sends a file from where the desk says, until a number of parts went or it is whole. */
async function send(desk: Desk, agent: Agent, bytes: Uint8Array, parts = Infinity) {
  const { hash, size } = fileOf(bytes);
  let standing = await blobStanding(desk, agent, { hash, size });
  for (let sent = 0; sent < parts && !standing.whole; sent += 1) {
    const at = standing.offset;
    const part = { hash, size, at, bytes: bytes.subarray(at, at + PART) };
    const answer = await receivePart(desk, agent, part);
    if (!answer.ok) return answer.error.kind;
    standing = answer.value;
  }
  return standing.whole ? 'whole' : standing.offset;
}

async function read(desk: Desk, agent: Agent, { hash }: Attachment): Promise<Uint8Array | null> {
  const file = await readBlob(desk.store, agent, hash);
  return file === null ? null : new Uint8Array(await new Response(file.stream).arrayBuffer());
}

/** Files on the desk (S16). */
export function blobsContract({ setUp }: DeskBench): void {
  test('[S16] an upload goes on where it stood, and is whole when its hash is right', async () => {
    const { desk, agents } = await setUp();
    const bytes = someBytes(3 * PART + 17);
    expect(await send(desk, agents[0], bytes, 1)).toBe(PART);
    expect(await send(desk, agents[0], bytes, 2)).toBe(3 * PART);
    const { hash, size } = fileOf(bytes);
    // A part that was answered and is sent again, one that begins elsewhere, and an empty one change nothing.
    for (const at of [2 * PART, 0, 3 * PART + 1, 3 * PART]) {
      const part = at === 3 * PART ? new Uint8Array() : bytes.subarray(at, at + PART);
      expect(await receivePart(desk, agents[0], { hash, size, at, bytes: part })).toEqual({
        ok: true,
        value: { offset: 3 * PART, whole: false },
      });
    }
    expect(await send(desk, agents[0], bytes)).toBe('whole');
    expect(await blobStanding(desk, agents[0], { hash, size })).toEqual({
      offset: size,
      whole: true,
    });
  });

  test('[S16] of two parts that come for the same place at once one counts', async () => {
    const { desk, agents } = await setUp();
    const bytes = someBytes(2 * PART);
    const { hash, size } = fileOf(bytes);
    const part = { hash, size, at: 0, bytes: bytes.subarray(0, PART) };
    const answers = await Promise.all([1, 2, 3].map(() => receivePart(desk, agents[0], part)));
    for (const answer of answers) expect(answer.ok && answer.value.offset).toBe(PART);
    const rest = { hash, size, at: PART, bytes: bytes.subarray(PART) };
    const ends = await Promise.all([1, 2, 3].map(() => receivePart(desk, agents[0], rest)));
    for (const end of ends) expect(end.ok && end.value).toEqual({ offset: size, whole: true });
  });

  test('[S16] what is not what its hash says is deleted and refused, and can be sent anew', async () => {
    const { desk, agents } = await setUp();
    const bytes = someBytes(2 * PART);
    const { hash, size } = fileOf(bytes);
    const wrong = bytes.slice();
    wrong[5] = (wrong[5] ?? 0) ^ 1;
    const at = (start: number, given: Uint8Array) =>
      receivePart(desk, agents[0], {
        hash,
        size,
        at: start,
        bytes: given.subarray(start, start + PART),
      });
    await at(0, wrong);
    expect(await at(PART, wrong)).toMatchObject({ ok: false, error: { kind: 'wrong-hash' } });
    expect(await blobStanding(desk, agents[0], { hash, size })).toEqual({
      offset: 0,
      whole: false,
    });
    expect(await desk.store.blobs.unused('ann')).toEqual({ files: 0, bytes: 0 });
    expect(await send(desk, agents[0], bytes)).toBe('whole');
    // More than was announced is not even looked at.
    const other = someBytes(10, 2);
    const long = { hash: fileOf(other).hash, size: 9, at: 0, bytes: other };
    expect(await receivePart(desk, agents[0], long)).toMatchObject({ ok: false });
  });

  test('[S16] a desk that ended after the last part finds it whole when it is asked', async () => {
    const { desk, agents } = await setUp();
    const bytes = someBytes(50);
    const { hash, size } = fileOf(bytes);
    const name = { hash, size, agentId: 'ann' };
    await desk.store.blobs.addPart(name, 0, bytes, TEST_NOW);
    expect((await blobStanding(desk, agents[0], { hash, size })).whole).toBe(true);
    const bad = { ...name, hash: 'f'.repeat(64) };
    await desk.store.blobs.addPart(bad, 0, bytes, TEST_NOW);
    expect(await blobStanding(desk, agents[0], bad)).toEqual({ offset: 0, whole: false });
  });

  test('[S16] a command that names a file waits for it, and so does what comes after', async () => {
    const { desk, agents } = await setUp(2);
    const ann = testConsole(desk, agents[0], 'c-ann');
    const bytes = someBytes(PART + 1);
    const file = fileOf(bytes);
    const first = ann.command('t1', { kind: 'reply', text: 'See this', attachments: [file] });
    const after = ann.command('t1', { kind: 'note', text: 'sent' }, { after: first.id });
    const elsewhere = ann.command('t2', { kind: 'note', text: 'x' });
    const version = desk.known().version;
    const answers = await ann.push(first, after, elsewhere);
    expect(kinds(answers)).toEqual(['not-yet', 'not-yet', 'applied']);
    expect(answers[0]).toMatchObject({ missing: `blob ${file.hash}` });
    expect(desk.known().version).toBe(version + 1);
    await send(desk, agents[0], bytes, 1);
    expect(kinds(await ann.push(first))).toEqual(['not-yet']);
    await send(desk, agents[0], bytes);
    const decided = await ann.push(first, after);
    expect(kinds(decided)).toEqual(['applied', 'applied']);
    // Also when the file is asked for no more.
    expect(await ann.push(first)).toEqual(decided.slice(0, 1));
    const [, entry] = (await readTicket(desk.store, 't1'))?.entries ?? [];
    expect(attachmentsOf(entry?.body ?? {})).toEqual([file]);
    expect(await read(desk, agents[1], file)).toEqual(bytes);
  });

  test('[S16] a command that gives a file another size is refused, and holds up nothing', async () => {
    const { desk, agents } = await setUp();
    const ann = testConsole(desk, agents[0], 'c-ann');
    const bytes = someBytes(20);
    await send(desk, agents[0], bytes);
    const file = { ...fileOf(bytes), size: 21 };
    const note = noteWith(file);
    expect(kinds(await ann.push(ann.command('t1', note)))).toEqual(['refused']);
  });

  test('[S14] [S16] a file is read only by who sees an entry that names it', async () => {
    const { desk, agents } = await setUp();
    const [ann, bob] = agents;
    const agent = (id: string, given: Partial<Agent>) =>
      putAgent(desk, { id, name: id, role: 'agent', teamIds: ['other'], ...given }, null);
    const mine = await agent('mine', {});
    const stranger = await agent('stranger', { role: 'lead' });
    const admin = await agent('admin', { role: 'admin', teamIds: [] });
    const bytes = someBytes(30);
    const file = fileOf(bytes);
    await send(desk, ann, bytes);
    // Nobody yet, not even who sent it: no entry names it.
    expect(await read(desk, ann, file)).toBeNull();
    const console = testConsole(desk, ann, 'c-ann');
    await console.push(console.command('t1', noteWith(file)));
    await console.push(console.command('t1', { kind: 'assign', assignee: 'mine' }));
    for (const viewer of [ann, bob, mine, admin])
      expect([viewer.id, await read(desk, viewer, file)]).toEqual([viewer.id, bytes]);
    expect(await read(desk, stranger, file)).toBeNull();
    expect(await read(desk, ann, fileOf(someBytes(31)))).toBeNull();
  });

  test('[S16] whoever knows only the hash cannot name the file, nor hear that it is there', async () => {
    const { desk, agents } = await setUp();
    const [ann, bob] = agents;
    const mallory = await putAgent(
      desk,
      { id: 'mallory', name: 'Mallory', role: 'agent', teamIds: ['other'] },
      null,
    );
    await takeSubmission(desk, submission('t9', { teamId: 'other' }));
    const bytes = someBytes(40);
    const file = fileOf(bytes);
    await send(desk, ann, bytes);
    const console = testConsole(desk, ann, 'c-ann');
    await console.push(console.command('t1', noteWith(file)));
    const thief = testConsole(desk, mallory, 'c-m');
    const note = noteWith(file);
    expect(kinds(await thief.push(thief.command('t9', note)))).toEqual(['not-yet']);
    expect(await blobStanding(desk, mallory, file)).toEqual({ offset: 0, whole: false });
    // Who sees it may name it again.
    expect(await blobStanding(desk, bob, file)).toEqual({ offset: 40, whole: true });
    const colleague = testConsole(desk, bob, 'c-bob');
    expect(kinds(await colleague.push(colleague.command('t1', note)))).toEqual(['applied']);
    // Having it, one may.
    expect(await send(desk, mallory, bytes)).toBe('whole');
    expect(kinds(await thief.push(thief.command('t9', note)))).toEqual(['applied']);
  });

  test('[S16] the same file of two agents is stored once, each having sent it', async () => {
    const { desk, agents } = await setUp();
    const bytes = someBytes(2 * PART, 3);
    expect(await send(desk, agents[0], bytes, 1)).toBe(PART);
    expect(await send(desk, agents[1], bytes, 1)).toBe(PART);
    expect(await send(desk, agents[0], bytes)).toBe('whole');
    const stored = await desk.store.blobs.blob(fileOf(bytes).hash);
    const own = await desk.store.blobs.upload({ ...fileOf(bytes), agentId: 'bob' });
    expect(await send(desk, agents[1], bytes)).toBe('whole');
    expect(await desk.store.blobs.blob(fileOf(bytes).hash)).toMatchObject({
      content: stored?.content,
    });
    expect(await desk.store.blobs.part(own?.content ?? '', 0)).toBeNull();
    expect(await desk.store.blobs.part(stored?.content ?? '', 0)).not.toBeNull();
  });

  test('[S16] what nothing names goes after 7 days, what an entry names stays', async () => {
    const { desk, agents, around } = await setUp();
    const ann = testConsole(desk, agents[0], 'c-ann');
    const [named, unnamed, partial, asked] = [1, 2, 3, 4].map((seed) => someBytes(150_000, seed));
    if (!named || !unnamed || !partial || !asked) throw new Error('no bytes');
    for (const bytes of [named, unnamed, asked]) await send(desk, agents[0], bytes);
    await send(desk, agents[0], partial, 1);
    const note = noteWith(fileOf(named));
    await ann.push(ann.command('t1', note));
    expect(await desk.store.blobs.unused('ann')).toEqual({ files: 3, bytes: 450_000 });
    around.setNow(TEST_NOW + 6 * DAY_MS);
    expect(await sweepBlobs(desk)).toBe(0);
    // It is about to be named: it was asked for.
    await blobStanding(desk, agents[0], fileOf(asked));
    around.setNow(TEST_NOW + 7 * DAY_MS + 1);
    expect(await sweepBlobs(desk)).toBe(2);
    expect(await sweepBlobs(desk)).toBe(0);
    expect(await read(desk, agents[1], fileOf(named))).toEqual(named);
    expect(await send(desk, agents[0], unnamed, 0)).toBe(0);
    expect(await send(desk, agents[0], partial, 0)).toBe(0);
    expect(await send(desk, agents[0], asked, 0)).toBe('whole');
    // A command that comes only now is told so.
    const command = ann.command('t1', noteWith(fileOf(unnamed)));
    expect(kinds(await ann.push(command))).toEqual(['not-yet']);
    expect(await send(desk, agents[0], unnamed)).toBe('whole');
    expect(kinds(await ann.push(command))).toEqual(['applied']);
  });

  test('[S16] one agent cannot fill the desk with what nothing names', async () => {
    const { desk, agents } = await setUp();
    const size = 25 * 1024 * 1024;
    const begin = (agent: Agent, n: number) =>
      receivePart(desk, agent, {
        hash: n.toString(16).padStart(64, '0'),
        size,
        at: 0,
        bytes: new Uint8Array(1),
      });
    const most = Math.floor(MAX_UNUSED_BYTES / size);
    for (let n = 0; n < most; n += 1) expect((await begin(agents[0], n)).ok).toBe(true);
    expect(await begin(agents[0], most)).toMatchObject({ ok: false, error: { kind: 'too-much' } });
    expect((await begin(agents[1], most)).ok).toBe(true);
    // What was begun goes on.
    const going = { hash: '0'.repeat(64), size, at: 1, bytes: new Uint8Array(1) };
    expect(await receivePart(desk, agents[0], going)).toMatchObject({ ok: true });
  });

  test('[S16] files come in with a message, when the desk has them', async () => {
    const { desk, agents } = await setUp();
    const bytes = someBytes(60);
    const file = fileOf(bytes, 'trace.log');
    const message = { id: 'm1', text: 'See', receivedAt: TEST_NOW, attachments: [file] };
    expect(await takeMessage(desk, 't1', message)).toMatchObject({ ok: false });
    expect(await takeSubmission(desk, submission('t2', { attachments: [file] }))).toMatchObject({
      ok: false,
    });
    await send(desk, agents[0], bytes);
    expect(await takeMessage(desk, 't1', message)).toMatchObject({ ok: true });
    expect(await takeSubmission(desk, submission('t2', { attachments: [file] }))).toMatchObject({
      ok: true,
    });
    for (const id of ['t1', 't2']) {
      const entries = (await readTicket(desk.store, id))?.entries ?? [];
      expect(entries.flatMap(({ body }) => attachmentsOf(body))).toEqual([file]);
    }
    expect(await read(desk, agents[1], file)).toEqual(bytes);
  });
}
