/** Where parts of main tell what happened: no message bodies, no tokens (X4). */
export type Log = {
  info: (message: string) => void;
  warn: (message: string) => void;
  error: (message: string) => void;
};
