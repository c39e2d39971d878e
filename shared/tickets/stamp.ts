import type { ApplyContext } from './apply-context.ts';
import type { Stamped } from './head.ts';

/** A field's new value with who set it and at which version (S3). */
export function stamp<T>(
  value: T,
  context: Pick<ApplyContext, 'version' | 'acceptedAt' | 'agentId' | 'consoleId' | 'commandId'>,
): Stamped<T> {
  return {
    value,
    version: context.version,
    at: context.acceptedAt,
    agentId: context.agentId,
    consoleId: context.consoleId,
    commandId: context.commandId,
  };
}
