import { ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import type { ApplyContext, HeadChange } from './apply-context.ts';
import { setStatus } from './apply-fields.ts';
import { carried } from './attachment.ts';
import type { Action } from './command.ts';
import type { EntryBody } from './entry.ts';
import { isOpen } from './fields.ts';
import type { DataRequestState } from './fields.ts';
import type { TicketHead } from './head.ts';
import type { Refusal } from './outcome.ts';
import { refused } from './refused.ts';
import { stamp } from './stamp.ts';
import { noteReply } from './thread.ts';

/** Asks for data; sent to the customer it is a reply, and the ticket waits on them (W2, C7). */
export function requestData(
  head: TicketHead,
  action: Extract<Action, { kind: 'request-data' }>,
  context: ApplyContext,
): Result<HeadChange, Refusal> {
  const { what, why, isPublic } = action;
  if (!isOpen(head.status.value))
    return refused('closed', `The ticket is ${head.status.value}; reopen it first.`);
  const asked: TicketHead = {
    ...head,
    dataRequests: [
      ...head.dataRequests,
      {
        id: context.commandId,
        what,
        isPublic,
        at: context.acceptedAt,
        agentId: context.agentId,
        state: stamp('open', context),
      },
    ],
  };
  const record: EntryBody = { kind: 'data-request', what, why, isPublic };
  if (!isPublic) return ok({ head: asked, bodies: [{ ...record, ...carried(action) }] });
  const replied = noteReply(asked, context.agentId, context.version, context.acceptedAt);
  const waiting = setStatus(replied, 'waiting', null, null, context);
  const text = why.trim() === '' ? what : `${what}\n\n${why}`;
  return ok({
    head: waiting.head,
    bodies: [{ kind: 'message', text, ...carried(action) }, record, ...waiting.bodies],
  });
}

/** Ticks a request off, takes it back, or opens it again (W2). */
export function setDataRequest(
  head: TicketHead,
  requestId: string,
  state: DataRequestState,
  context: ApplyContext,
): Result<HeadChange, Refusal> {
  const request = head.dataRequests.find((each) => each.id === requestId);
  if (request === undefined)
    return refused('bad-command', 'There is no such data request on this ticket.');
  if (request.state.value === state) return ok({ head, bodies: [] });
  return ok({
    head: {
      ...head,
      dataRequests: head.dataRequests.map((each) =>
        each.id === requestId ? { ...each, state: stamp(state, context) } : each,
      ),
    },
    bodies: [{ kind: 'data-request-state', requestId, state }],
  });
}
