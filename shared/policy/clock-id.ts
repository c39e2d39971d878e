/** The clocks of policy rules C1 to C5. */
export const clockIds = ['C1', 'C2', 'C3', 'C4', 'C5'] as const;
export type ClockId = (typeof clockIds)[number];
