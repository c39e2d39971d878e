import { config } from 'zod';

// Schemas look at this when they are made, so it comes before any of them is imported: the page's CSP allows
// no code from strings (X1).
config({ jitless: true });

void import('./start-console.tsx').then(({ startConsole }) => {
  startConsole();
});
