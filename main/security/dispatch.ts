import { z } from 'zod';
import { err, ok } from '../../shared/base/result.ts';
import type { Result } from '../../shared/base/result.ts';
import type { BridgeError } from '../../shared/bridge/bridge-error.ts';
import { bridgeMethods } from '../../shared/bridge/methods.ts';
import type { BridgeMethodName, BridgeParams, BridgeResult } from '../../shared/bridge/methods.ts';

/** A handler for each method of the contract; `Caller` is who called. */
export type BridgeHandlers<Caller> = {
  [Name in BridgeMethodName]: (
    params: BridgeParams<Name>,
    caller: Caller,
  ) => Promise<BridgeResult<Name>> | BridgeResult<Name>;
};

/**
 * Answers one call (X2): name and params are parsed, the handler is called, its result is parsed. Whatever
 * happens becomes a Result; nothing is thrown over the bridge, and no inner message goes out with a fault.
 */
export async function dispatch<Caller>(
  handlers: BridgeHandlers<Caller>,
  name: unknown,
  params: unknown,
  caller: Caller,
  fault: (message: string) => void,
): Promise<Result<unknown, BridgeError>> {
  if (typeof name !== 'string' || !isMethod(name))
    return err({ code: 'bad-call', message: 'There is no such call.' });
  const schema = bridgeMethods[name];
  const parsed = schema.params.safeParse(params);
  if (!parsed.success)
    return err({ code: 'bad-call', message: z.prettifyError(parsed.error).slice(0, 2_000) });
  try {
    // The name chose schema and handler together; TypeScript cannot follow that over the union.
    const handler = handlers[name] as (params: unknown, caller: Caller) => unknown;
    const result = (await handler(parsed.data, caller)) as Result<unknown, BridgeError>;
    if (!result.ok) return result;
    const value = schema.result.safeParse(result.value);
    if (value.success) return ok(value.data);
    fault(`bridge: ${name} answered what is not in the contract: ${z.prettifyError(value.error)}`);
  } catch (thrown) {
    fault(
      `bridge: ${name} failed: ${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}`,
    );
  }
  return err({ code: 'internal', message: 'Something went wrong in the console.' });
}

function isMethod(name: string): name is BridgeMethodName {
  return Object.hasOwn(bridgeMethods, name);
}
