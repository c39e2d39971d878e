/** How many tickets a demo desk has. */
export const DEMO_TICKETS = 360;
