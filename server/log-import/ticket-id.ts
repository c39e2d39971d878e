/** What the ids of imported tickets begin with, so that the demo leaves them alone. */
export const IMPORTED_ID = 'log-';
