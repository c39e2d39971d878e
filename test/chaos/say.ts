/** A figure that a run found, for whoever reads its output. */
export function say(line: string): void {
  process.stdout.write(`chaos: ${line}\n`);
}
