/** What every command that works on a desk says of it. */
export const dataOption = [
  '--data <dir>',
  "the desk's directory (default: DATABASE_URL where it is set, else the console's own desk)",
] as const;
