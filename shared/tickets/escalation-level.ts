/** Where an escalation goes (W6); `customer` is the customer's own (P11). */
export const escalationLevels = [
  'support-lead',
  'development',
  'product-management',
  'management',
  'customer',
] as const;
export type EscalationLevel = (typeof escalationLevels)[number];

/** Why it is escalated (W6). `other` needs a text. */
export const escalationReasons = [
  'sla-at-risk',
  'sla-missed',
  'customer-not-satisfied',
  'cannot-reproduce',
  'product-decision-needed',
  'other',
] as const;
export type EscalationReason = (typeof escalationReasons)[number];
