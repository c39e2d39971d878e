import { bundle } from './bundle.ts';
import { runScript } from './message.ts';
import { packReleaseDir, packTargets, packTestDir } from './pack.ts';
import { findRuntime } from './runtime.ts';

const say = (line: string): void => {
  console.log(line);
};

/** `npm run package [-- --dir [--test]]`: the real targets, or an unpacked folder. */
async function main(): Promise<number> {
  const args = process.argv.slice(2);
  const runtime = await findRuntime(say);
  const isForTests = args.includes('--test');
  bundle(say, isForTests ? 'test' : 'release');
  const startedAt = performance.now();
  let made: string;
  if (isForTests) made = await packTestDir(runtime);
  else if (args.includes('--dir')) made = await packReleaseDir(runtime);
  else made = await packTargets(runtime);
  say(`Packed in ${((performance.now() - startedAt) / 1000).toFixed(1)} s: ${made}`);
  return 0;
}

await runScript(main);
