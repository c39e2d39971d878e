import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { startHeadless } from './headless/headless.ts';
import { Stop, runScript } from './message.ts';
import { projectDir } from './paths.ts';
import { requireSystem, thisSystem } from './system.ts';

const SUFFIX = '.bench.ts';
const dir = join(projectDir, 'test', 'bench');
/** They start no window. */
const withoutDisplay = new Set(['sla', 'sync']);

/**
 * `npm run bench -- NAME --json FILE`: runs test/bench/NAME.bench.ts, which gets the arguments
 * after the name, on a display and a bus of its own where it starts windows.
 */
async function main(): Promise<number> {
  const [name, ...args] = process.argv.slice(2);
  const known = readdirSync(dir)
    .filter((file) => file.endsWith(SUFFIX))
    .map((file) => file.slice(0, -SUFFIX.length));
  if (name === undefined || !known.includes(name)) {
    throw new Stop(`npm run bench -- NAME --json FILE, where NAME is one of: ${known.join(', ')}`);
  }
  const run = (env: Readonly<Record<string, string>>) =>
    spawnSync(process.execPath, [join(dir, `${name}${SUFFIX}`), ...args], {
      env: { ...process.env, ...env },
      stdio: 'inherit',
    }).status ?? 1;
  if (withoutDisplay.has(name)) return run({});
  requireSystem('headless', thisSystem(), (line) => {
    console.log(line);
  });
  const session = await startHeadless(process.env, 'bare');
  try {
    return run(session.env);
  } finally {
    await session.end();
  }
}

await runScript(main);
