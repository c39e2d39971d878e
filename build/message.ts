/** The text of whatever was thrown. */
export function messageOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  // `fetch failed` says nothing; its cause does.
  return thrown.cause instanceof Error
    ? `${thrown.message}: ${messageOf(thrown.cause)}`
    : thrown.message;
}

/** An end of the script that was foreseen: its text is for the person, its stack is for nobody. */
export class Stop extends Error {}

/** Runs a script's main function; a {@link Stop} ends it with its message and exit code 1. */
export async function runScript(main: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (thrown) {
    if (!(thrown instanceof Stop)) throw thrown;
    console.error(`\n${thrown.message}`);
    process.exitCode = 1;
  }
}
