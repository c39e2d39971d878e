import { z } from 'zod';
import { cleanName, MAX_NAME_LENGTH } from './attachment-name.ts';

/** The largest file that can be attached. */
export const MAX_ATTACHMENT_BYTES = 25 * 1024 * 1024;
/** The most files that one message, note, request or attempt carries. */
export const MAX_ATTACHMENTS = 20;

/** SHA-256 of a file's bytes, in hex: with its size the file's name everywhere (S16). */
export const blobHashSchema = z.string().regex(/^[0-9a-f]{64}$/);
export const blobSizeSchema = z.int().min(1).max(MAX_ATTACHMENT_BYTES);

/** A file of a message, note, request or attempt. Its bytes are fetched by hash when somebody asks for them (S16). */
export const attachmentSchema = z.strictObject({
  hash: blobHashSchema,
  size: blobSizeSchema,
  /** As cleaned by `cleanName`; still by someone who is not trusted. */
  name: z
    .string()
    .min(1)
    .max(MAX_NAME_LENGTH)
    .refine((name) => cleanName(name) === name, 'is not a clean file name'),
  /** What its sender's console took it for, by its first bytes. Whoever shows the file looks for themselves. */
  type: z
    .string()
    .max(100)
    .regex(/^[a-z0-9][a-z0-9.+-]*\/[a-z0-9][a-z0-9.+-]*$/),
});
export type Attachment = z.infer<typeof attachmentSchema>;

export const attachmentsSchema = z.array(attachmentSchema).max(MAX_ATTACHMENTS);

/** What may carry files. Left out where there are none. */
export type Carrier = { attachments?: readonly Attachment[] | undefined };

export function attachmentsOf(carrier: object): readonly Attachment[] {
  return (carrier as Carrier).attachments ?? [];
}

/** The files of one thing for another; nothing where there are none, so that equal things have one form. */
export function carried(carrier: Carrier): { attachments?: Attachment[] } {
  const { attachments = [] } = carrier;
  return attachments.length === 0 ? {} : { attachments: [...attachments] };
}
