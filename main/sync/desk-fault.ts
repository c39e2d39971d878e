import { unreachable } from '../../shared/base/assert.ts';

/** Why a desk did not give what was asked. `message` is for the agent. */
export type DeskFault = {
  kind:
    | 'no-address'
    | 'unreachable'
    | 'signed-out'
    | 'revoked'
    | 'too-old'
    | 'wrong-desk'
    | 'unknown-cursor'
    | 'refused'
    | 'not-found'
    | 'bad-answer';
  message: string;
};

/** What a fault means for sync: try again later, wait for a sign-in, or stop until the agent decides. */
export function consequence(fault: DeskFault): 'retry' | 'signed-out' | 'revoked' | 'stopped' {
  switch (fault.kind) {
    case 'no-address':
    case 'unreachable':
    case 'refused':
    case 'not-found':
    case 'bad-answer':
      return 'retry';
    case 'signed-out':
    case 'revoked':
      return fault.kind;
    case 'too-old':
    case 'wrong-desk':
    case 'unknown-cursor':
      return 'stopped';
    default:
      return unreachable(fault.kind);
  }
}
