import type { ColumnType } from 'kysely';

/** 64-bit integers: pg gives them as text, PGlite as numbers; `toNumber` makes them one. */
type Int8 = ColumnType<string | number, number, number>;
type Int8OrNull = ColumnType<string | number | null, number | null, number | null>;

/**
 * The tables as Kysely sees them. JSON is kept as `json`, not `jsonb`: jsonb refuses \u0000 and lone surrogates,
 * which hostile mail can hold, and rows are passed on as they lie.
 */
export type Tables = {
  desk: {
    only: boolean;
    desk_id: string;
    epoch: string;
    epoch_version: Int8;
    version: Int8;
    mark: string;
    accepted_at: Int8;
    policy_version: Int8;
    next_reference: number;
    demo: boolean;
    safe_epoch: string | null;
    safe_version: Int8OrNull;
    safe_mark: string | null;
  };
  versions: { version: Int8; mark: string; accepted_at: Int8 };
  tickets: {
    id: string;
    version: Int8;
    reference: string;
    team_id: string;
    submitted_at: Int8;
    settle_at: Int8OrNull;
    is_open: boolean;
    assignee_id: string | null;
    /** When it was resolved or closed; null while it is open. */
    ended_at: ColumnType<string | number | null, number | null, number | null>;
    /** Consoles keep it (S15). */
    is_kept: boolean;
    /** Length of the head's JSON in characters, for pages. */
    size: number;
    head: string;
  };
  entries: {
    id: string;
    ticket_id: string;
    version: Int8;
    accepted_at: Int8;
    size: number;
    entry: string;
  };
  ledger: {
    command_id: string;
    agent_id: string;
    console_id: string;
    seq: Int8;
    ticket_id: string;
    version: Int8;
    kind: string;
    outcome: string;
    resolution: string | null;
  };
  sight: { version: Int8; ticket_id: string; audience: string; kind: string; cause: string };
  policies: { version: Int8; policy: string };
  agents: { id: string; version: Int8; token_hash: string | null; agent: string };
  /** Whole files (S16). `content` names their parts; `is_used` says that there are rows of `blob_uses`. */
  blobs: { hash: string; size: number; content: string; touched_at: Int8; is_used: boolean };
  blob_uploads: {
    content: string;
    agent_id: string;
    hash: string;
    size: number;
    received: number;
    touched_at: Int8;
  };
  blob_parts: { content: string; start: number; bytes: Uint8Array };
  /** Who sent the whole of a file, and may so name it. */
  blob_holders: { agent_id: string; hash: string };
  /** Which tickets' entries name a file. */
  blob_uses: { hash: string; ticket_id: string };
};

export function toNumber(value: string | number): number {
  return Number(value);
}
