/** What an agent may do: a lead also decides for others and edits the policy, an admin runs the desk. */
export const roles = ['agent', 'lead', 'admin'] as const;
export type Role = (typeof roles)[number];

/** What is a lead's to decide is an admin's, too. */
export function isLead(role: Role): boolean {
  return role !== 'agent';
}
