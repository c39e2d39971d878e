import { severities } from '../../shared/policy/severity.ts';
import { closeReasons } from '../../shared/tickets/fields.ts';
import { escalationLevels } from '../../shared/tickets/escalation-level.ts';
import type { Action } from '../../shared/tickets/command.ts';
import type { TicketHead } from '../../shared/tickets/head.ts';
import type { Prng } from './prng.ts';

/** Something that an agent would do to a ticket as they see it; `text` says who wrote what where. */
export function anyAction(
  shown: TicketHead,
  random: Prng,
  text: string,
  agentIds: readonly string[],
): Action {
  const possible = [...always(random, text, agentIds), ...fitting(shown, random, text)];
  // Now and then what the screen would not offer: another console's change may have made it fit.
  return random.chance(0.1) ? random.pick(always(random, text, agentIds)) : random.pick(possible);
}

function always(random: Prng, text: string, agentIds: readonly string[]): Action[] {
  return [
    { kind: 'reply', text },
    { kind: 'reply', text },
    { kind: 'note', text },
    { kind: 'note', text },
    { kind: 'set-severity', severity: random.pick(severities), reason: text },
    {
      kind: 'set-category',
      category: random.pick(['bug', 'feature', 'question'] as const),
      reason: text,
    },
    { kind: 'assign', assignee: random.chance(0.3) ? null : random.pick(agentIds) },
    { kind: 'assign', assignee: random.pick(agentIds) },
    { kind: 'set-server-fault', serverFault: random.chance(0.5) },
    {
      kind: 'escalate',
      level: random.pick(escalationLevels),
      reason: 'cannot-reproduce',
      text,
    },
    {
      kind: 'record-attempt',
      attempt: {
        environment: {
          productVersion: '1',
          hosting: 'saas',
          operatingSystem: 'x',
          browser: 'y',
        },
        steps: text,
        expected: 'a',
        actual: 'b',
        outcome: random.pick(['reproduced', 'not-reproduced'] as const),
      },
    },
  ];
}

function fitting(shown: TicketHead, random: Prng, text: string): Action[] {
  const status = shown.status.value;
  const actions: Action[] = [];
  if (status === 'open') actions.push({ kind: 'set-waiting' });
  if (status === 'open' || status === 'waiting')
    actions.push(
      { kind: 'resolve' },
      { kind: 'close', reason: random.pick(closeReasons), text },
      { kind: 'request-data', what: 'logs', why: text, isPublic: random.chance(0.5) },
      { kind: 'no-reply-needed', text },
    );
  else actions.push({ kind: 'reopen' }, { kind: 'reopen' }, { kind: 'reopen' });
  if (shown.dismissed !== null) actions.push({ kind: 'reply-needed' });
  if (shown.category.value !== 'feature')
    actions.push({ kind: 'convert-to-feature', reason: text, message: text });
  if (shown.conversion !== null)
    actions.push({ kind: 'undo-conversion', conversionId: shown.conversion.id });
  for (const { id, state } of shown.dataRequests)
    if (state.value === 'open')
      actions.push({ kind: 'set-data-request', requestId: id, state: 'received' });
  for (const { id, acknowledged } of shown.escalations)
    if (!acknowledged.value) actions.push({ kind: 'acknowledge-escalation', escalationId: id });
  return actions;
}
