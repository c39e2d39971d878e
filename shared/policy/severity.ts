import { z } from 'zod';

/** The four severities of the policy (P2), worst first. */
export const severities = ['critical', 'high', 'medium', 'low'] as const;
export type Severity = (typeof severities)[number];
export const severitySchema = z.enum(severities);

const rank: Readonly<Record<Severity, number>> = { critical: 0, high: 1, medium: 2, low: 3 };

/** 0 for Critical to 3 for Low: a lower rank is worse. */
export function severityRank(severity: Severity): number {
  return rank[severity];
}

/** Is `a` a worse (higher) severity than `b`? */
export function isAbove(a: Severity, b: Severity): boolean {
  return rank[a] < rank[b];
}
