import { z } from 'zod';
import { attachmentsSchema } from '../tickets/attachment.ts';
import { commandIdSchema, idSchema, instantSchema } from '../base/ids.ts';

/** What an agent has begun on a ticket and not sent: no command, and never counted as waiting (S17). */

/** One draft for each of these on a ticket. */
export const draftModes = [
  'reply',
  'note',
  'attempt',
  'escalation',
  'data-request',
  'conversion',
] as const;
export type DraftMode = (typeof draftModes)[number];

/** More than can be sent, so that a text that is too long is kept all the same. */
export const MAX_DRAFT_CHARACTERS = 1_000_000;

const draft = {
  ticketId: idSchema,
  mode: z.enum(draftModes),
  /**
   * The words, or the form as JSON where a form is begun; only screens read it. Empty, and without files: there is none
   * any more.
   */
  text: z.string().max(MAX_DRAFT_CHARACTERS),
  /** Files that go with it (S16); left out where there are none. */
  attachments: attachmentsSchema.optional(),
  /** The command whose words are in it again, because it is being taken back. */
  takenBack: commandIdSchema.nullable(),
};

export const keptDraftSchema = z.strictObject({ ...draft, savedAt: instantSchema });
export type KeptDraft = z.infer<typeof keptDraftSchema>;

export const draftSaveSchema = z.strictObject(draft);
export type DraftSave = z.infer<typeof draftSaveSchema>;

const nothing = z.strictObject({});

export const draftMethods = {
  'drafts.all': {
    params: nothing,
    result: z.strictObject({ drafts: z.array(keptDraftSchema) }),
  },
  /** Answered only when it is on the disk. */
  'drafts.save': { params: draftSaveSchema, result: z.strictObject({ savedAt: instantSchema }) },
  /** The answer to `drafts.flush`: nothing is unsaved any more. */
  'drafts.flushed': { params: nothing, result: nothing },
} as const;

export const draftEvents = {
  /** The console ends: save what is not saved yet, then say `drafts.flushed`. */
  'drafts.flush': nothing,
} as const;
