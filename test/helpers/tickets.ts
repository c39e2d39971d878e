import { buildDayTable } from '../../shared/policy/day-table.ts';
import { compilePolicy } from '../../shared/policy/compiled-policy.ts';
import type { CompiledPolicy } from '../../shared/policy/compiled-policy.ts';
import { defaultPolicyDocument } from '../../shared/policy/policy-document.ts';
import type { PolicyDocument, PolicyVersion } from '../../shared/policy/policy-document.ts';
import type { Severity } from '../../shared/policy/severity.ts';
import type { ApplyContext } from '../../shared/tickets/apply-context.ts';
import type { Action, Command } from '../../shared/tickets/command.ts';
import type { TicketHead } from '../../shared/tickets/head.ts';
import { submit } from '../../shared/tickets/intake.ts';

/** A Wednesday, 10:00 UTC. */
export const WEDNESDAY_10 = Date.parse('2026-11-18T10:00:00Z');

export function policyVersion(
  change: Partial<PolicyDocument> = {},
  from = '2024-01-01',
  until = '2029-12-31',
): PolicyVersion {
  const document = { ...defaultPolicyDocument, ...change };
  const days = buildDayTable(document.timeZone, Date.parse(from), Date.parse(until));
  return { version: 1, rules: 1, rulesAt: 0, agentId: null, document, days };
}

export function policy(change: Partial<PolicyDocument> = {}): CompiledPolicy {
  return compilePolicy(policyVersion(change));
}

export function ticket(
  change: Partial<TicketHead> & { askedFor?: Severity; receivedAt?: number } = {},
): TicketHead {
  const { askedFor, receivedAt = WEDNESDAY_10, ...facts } = change;
  const { head } = submit(
    {
      id: facts.id ?? 'ticket-1',
      reference: facts.reference ?? 'VH-10001',
      subject: 'Mail pipe stops after the update',
      text: 'No mail becomes a ticket since last night.',
      customer: {
        id: 'customer-1',
        organisation: 'Harbour Freight IT',
        contact: 'R. Haas',
        address: 'r.haas@example.com',
        licence: 'saas',
      },
      channel: 'email',
      teamId: 'team-1',
      asked: askedFor ?? null,
      receivedAt,
    },
    { version: 1, acceptedAt: receivedAt },
  );
  return { ...head, ...facts };
}

/** A step of the fold of C10, by nobody in particular. */
export function severityGiven(severity: Severity, at: number): TicketHead['severitySteps'][number] {
  return { severity, serverFault: false, at, afterAsked: 0, agentId: null, withdrawn: false };
}

export function applyContext(acceptedAt: number, change: Partial<ApplyContext> = {}): ApplyContext {
  return {
    version: 2,
    acceptedAt,
    writtenAt: acceptedAt,
    agentId: 'agent-1',
    agentName: 'Mira Okonjo',
    role: 'agent',
    consoleId: 'console-1',
    commandId: uuid(acceptedAt % 1_000_000),
    ...change,
  };
}

/** A UUIDv7 in form, from a number. */
export function uuid(n: number): string {
  return `01900000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
}

let made = 0;

export function command(action: Action, change: Partial<Command> = {}): Command {
  made += 1;
  return {
    id: uuid(1_000_000 + made),
    agentId: 'agent-1',
    consoleId: 'console-1',
    seq: made,
    after: null,
    ticketId: 'ticket-1',
    baseVersion: 1,
    threadSeen: 1,
    writtenAt: WEDNESDAY_10,
    notBefore: null,
    undoes: null,
    afterRestore: false,
    action,
    ...change,
  };
}
