import type { BridgeError } from '../../shared/bridge/bridge-error.ts';

/** Words for the agent: what only a programmer can read, such as what a schema found, is never shown. */
export function agentWords({ code, message }: BridgeError): string {
  switch (code) {
    case 'bad-call':
      return 'The console could not take this as it is. Please tell whoever looks after the console.';
    case 'internal':
    case 'forbidden':
    case 'not-saved':
    case 'no-such-ticket':
    case 'not-allowed':
    case 'no-desk':
    case 'no-file':
      return message;
  }
}
