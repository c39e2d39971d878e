/**
 * The version of everything that goes between console and desk (S11). A desk serves this one and the one before.
 * A change of any schema in shared/protocol, or of what it holds from shared/tickets and shared/policy, changes
 * the hash that protocol-hash.test.ts keeps: raise the version, add a line here.
 *
 * 1  2026-11  first: pull by pages, push with outcomes, poke
 */
export const PROTOCOL_VERSION = 1;
