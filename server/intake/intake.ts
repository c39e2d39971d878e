import { z } from 'zod';
import { idSchema, instantSchema } from '../../shared/base/ids.ts';
import { err, ok } from '../../shared/base/result.ts';
import type { Result } from '../../shared/base/result.ts';
import { severitySchema } from '../../shared/policy/severity.ts';
import { settled } from '../../shared/policy/settle.ts';
import { attachmentsOf, attachmentsSchema } from '../../shared/tickets/attachment.ts';
import type { Carrier } from '../../shared/tickets/attachment.ts';
import { receiveMessage, submissionSchema, submit } from '../../shared/tickets/intake.ts';
import type { CustomerMessage, Submission } from '../../shared/tickets/intake.ts';
import type { Writing } from '../store/contract.ts';
import { startBatch } from '../sync/batch.ts';
import type { Batch } from '../sync/batch.ts';
import type { PushParts } from '../sync/push.ts';
import { cutSubmission, cutText } from './cut-text.ts';

/** Why something that came in was not taken. */
export type IntakeFault =
  | { kind: 'no-such-ticket'; message: string }
  /** An id that is taken: it came in before. */
  | { kind: 'already-there'; message: string }
  | { kind: 'bad-submission'; message: string }
  | { kind: 'bad-message'; message: string };

/** Room is left in the id for the parts of a text that is cut. Texts of any length are taken. */
const messageSchema = z.strictObject({
  id: idSchema.max(56),
  text: z.string(),
  receivedAt: instantSchema,
  /** The severity asked for with it (P3, C5). */
  asked: severitySchema.nullable().optional(),
  attachments: attachmentsSchema.optional(),
});

export type Taken = { ticketId: string; reference: string; version: number };

/** A new ticket; its reference, such as VH-10042, is given here. */
export async function takeSubmission(
  parts: PushParts,
  given: Omit<Submission, 'reference'>,
): Promise<Result<Taken, IntakeFault>> {
  const { subject, texts } = cutSubmission(given.subject, given.text);
  const [text, ...more] = texts;
  const checked = submissionSchema.omit({ reference: true }).safeParse({ ...given, subject, text });
  if (!checked.success) {
    const issue = checked.error.issues[0];
    const where = issue?.path.map(String).join('.') ?? '';
    return err({ kind: 'bad-submission', message: `${where}: ${issue?.message ?? 'not valid'}` });
  }
  return intoBatch(parts, given.receivedAt, async (batch, writing, policy) => {
    const taken = await writing.taken({
      ticketIds: [given.id],
      references: [],
      entryIds: [`${given.id}/0`],
    });
    if (taken.length > 0)
      return err({ kind: 'already-there', message: `${given.id} is a ticket already` });
    const missing = await missingFile(writing, given);
    if (missing !== null) return err({ kind: 'bad-submission', message: missing });
    const reference = giveReference(batch);
    const made = submit({ ...checked.data, reference }, batch.take());
    // What came in late may have missed its due on the way (C6, C11).
    let head = settled(made.head, policy, batch.counter().acceptedAt);
    batch.putNewTicket(head, made.entries);
    for (const [index, rest] of more.entries()) {
      const message = { id: `${given.id}.${index + 1}`, text: rest, receivedAt: given.receivedAt };
      const added = receiveMessage(head, message, batch.take());
      head = added.head;
      batch.putTicket(head, added.entries);
    }
    return ok({ ticketId: given.id, reference, version: head.version });
  });
}

/** A customer's message on a ticket that is there. */
export async function takeMessage(
  parts: PushParts,
  ticketId: string,
  message: CustomerMessage,
): Promise<Result<Taken, IntakeFault>> {
  const checked = messageSchema.safeParse(message);
  if (!checked.success)
    return err({ kind: 'bad-message', message: z.prettifyError(checked.error).slice(0, 500) });
  return intoBatch(parts, null, async (batch, writing, policy) => {
    const [stored] = await writing.heads([ticketId]);
    if (stored === undefined)
      return err({ kind: 'no-such-ticket', message: `there is no ticket ${ticketId}` });
    const entryIds = [`${message.id}/0`];
    if ((await writing.taken({ ticketIds: [], references: [], entryIds })).length > 0)
      return err({ kind: 'already-there', message: `message ${message.id} is there already` });
    const missing = await missingFile(writing, message);
    if (missing !== null) return err({ kind: 'bad-message', message: missing });
    let head = stored;
    for (const [index, text] of cutText(message.text).entries()) {
      const id = index === 0 ? message.id : `${message.id}.${index}`;
      const place = batch.take();
      const added = receiveMessage(
        settled(head, policy, place.acceptedAt),
        // A text in pieces asks once, and its files are with the first.
        {
          ...message,
          id,
          text,
          asked: index === 0 ? (message.asked ?? null) : null,
          attachments: index === 0 ? message.attachments : undefined,
        },
        place,
      );
      // What came in late may have missed its due on the way (C6, C11).
      head = settled(added.head, policy, place.acceptedAt);
      batch.putTicket(head, added.entries);
    }
    return ok({ ticketId, reference: head.reference, version: head.version });
  });
}

/** The bytes of files are stored before the message that names them (S16). */
async function missingFile(writing: Writing, carrier: Carrier): Promise<string | null> {
  const files = attachmentsOf(carrier);
  if (files.length === 0) return null;
  const known = await writing.blobSizes(files.map(({ hash }) => hash));
  const missing = files.find(
    ({ hash, size }) => !known.some((each) => each.hash === hash && each.size === size),
  );
  return missing === undefined ? null : `attachments: ${missing.hash} is not here`;
}

type Work = (
  batch: Batch,
  writing: Writing,
  policy: Awaited<ReturnType<PushParts['policies']['forBatch']>>,
) => Promise<Result<Taken, IntakeFault>>;

async function intoBatch(
  { store, policies, around, committed }: PushParts,
  oldestAt: number | null,
  work: Work,
): Promise<Result<Taken, IntakeFault>> {
  const { result, counter } = await store.write(async (writing) => {
    const batch = startBatch(writing.locked, around);
    const policy = await policies.forBatch(batch, writing, oldestAt);
    const made = await work(batch, writing, policy);
    if (made.ok) await writing.save(batch.changes(policy));
    return { result: made, counter: made.ok ? batch.counter() : writing.locked };
  });
  committed(counter);
  return result;
}

function giveReference(batch: Batch): string {
  const { nextReference } = batch.counter();
  batch.setCounter({ nextReference: nextReference + 1 });
  return `VH-${String(nextReference).padStart(5, '0')}`;
}
