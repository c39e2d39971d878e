import { z } from 'zod';
import { idSchema } from '../base/ids.ts';
import { MAX_PUT_BYTES } from '../protocol/blobs.ts';
import {
  MAX_ATTACHMENT_BYTES,
  attachmentSchema,
  blobHashSchema,
  blobSizeSchema,
} from '../tickets/attachment.ts';
import { imageTypes } from '../tickets/content-type.ts';

/** Files over the bridge (S16). The page never sends a path: bytes, or main's own dialogs. */

const nothing = z.strictObject({});
/** Of a file that comes in piece by piece. */
const incomingId = z.strictObject({ id: z.int().positive() });
const said = z.string().max(500);

/** The most bytes that one call brings. */
export const MAX_CHUNK_BYTES = MAX_PUT_BYTES;
/** Larger images are not shown, only saved. */
export const MAX_PREVIEW_BYTES = 10 * 1024 * 1024;
export const MAX_PREVIEW_PIXELS = 50_000_000;
/** How much of a text is shown; characters. */
export const MAX_PREVIEW_TEXT = 100_000;

/**
 * A file as an entry names it; the name is for warnings and for the dialog that saves it. The ticket is noted with the
 * copy that is kept, which goes when the agent no longer sees any of its tickets (S14).
 */
const namedFile = attachmentSchema
  .pick({ hash: true, size: true, name: true })
  .extend({ ticketId: idSchema });

/** What the page says of a file before it is saved; of its content as main found it, not as anybody called it. */
const verdict = { executable: z.boolean(), lies: z.boolean() };

export const previewSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('image'),
    ...verdict,
    type: z.enum(imageTypes),
    bytes: z.instanceof(Uint8Array<ArrayBuffer>),
    width: z.int().positive(),
    height: z.int().positive(),
  }),
  z.strictObject({
    kind: z.literal('text'),
    ...verdict,
    text: z.string().max(MAX_PREVIEW_TEXT),
    /** There is more of it. */
    cut: z.boolean(),
  }),
  /** It is shown only by what the agent saves it for. */
  z.strictObject({ kind: z.literal('none'), ...verdict, why: z.enum(['type', 'too-large']) }),
]);
export type BlobPreview = z.infer<typeof previewSchema>;

export const blobMethods = {
  /** A file begins to come in; its name is cleaned at the end. */
  'blob.begin': {
    params: z.strictObject({
      name: z.string().max(40_000),
      size: z.int().min(1).max(MAX_ATTACHMENT_BYTES),
    }),
    result: incomingId,
  },
  'blob.add': {
    params: incomingId.extend({
      /** What came before it. */
      offset: z.int().nonnegative().max(MAX_ATTACHMENT_BYTES),
      bytes: z
        .instanceof(Uint8Array)
        .refine((bytes) => bytes.byteLength <= MAX_CHUNK_BYTES, 'is too long'),
    }),
    result: nothing,
  },
  /** Answered when the whole is on the disk: only now may a command name it (S16). */
  'blob.finish': { params: incomingId, result: z.strictObject({ file: attachmentSchema }) },
  'blob.cancel': { params: incomingId, result: nothing },
  /** Main's own dialog. */
  'blob.choose': {
    params: nothing,
    result: z.strictObject({
      files: z.array(attachmentSchema),
      /** What was chosen and cannot be taken, and why. */
      refused: z.array(said),
    }),
  },
  /** What of a file can be shown; fetched from the desk where it is not here. */
  'blob.open': { params: namedFile, result: previewSchema },
  /** Main's own dialog. What should be warned of first is told instead, unless that was done. */
  'blob.save': {
    params: namedFile.extend({ warned: z.boolean() }),
    result: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.enum(['saved', 'cancelled']) }),
      z.strictObject({ kind: z.literal('warn'), ...verdict }),
    ]),
  },
} as const;

/** How far a file's upload to the desk is. */
export const uploadSchema = z.strictObject({
  hash: blobHashSchema,
  size: blobSizeSchema,
  sent: z.int().nonnegative(),
  /** Why it does not go on, in words; null while it does. */
  trouble: said.nullable(),
});
export type UploadProgress = z.infer<typeof uploadSchema>;

export const blobEvents = {
  /** Every upload that is under way or waits. */
  'uploads.changed': z.strictObject({ uploads: z.array(uploadSchema) }),
} as const;
