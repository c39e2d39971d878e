import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { plantedBugs } from './planted-bugs.ts';
import type { PlantedBug, Suite } from './planted-bug.ts';
import { Stop, runScript } from '../../build/message.ts';
import { projectDir } from '../../build/paths.ts';

/**
 * `npm run planted-bugs [-- WORDS OF A NAME]`: plants one deliberate fault after the other in a copy of the sources,
 * runs the suites that should see it, and says how many were caught. Nothing of it is in the product: the sources
 * themselves are changed, in the copy only.
 */
const copy = join(projectDir, '.cache', 'planted');

async function main(): Promise<number> {
  const words = process.argv.slice(2).join(' ');
  const chosen = plantedBugs.filter((bug) => bug.name.includes(words));
  if (chosen.length === 0) throw new Stop(`No planted bug is named like "${words}".`);
  copySources();
  const sound = chosen.flatMap((bug) => bug.suites);
  if (!unique(sound).every((suite) => passes(suite)))
    throw new Stop('The suites fail without any planted bug.');
  let caught = 0;
  for (const bug of chosen) {
    const by = findBy(bug);
    if (by !== null) caught += 1;
    console.log(
      `${by === null ? 'MISSED' : 'caught'}  ${bug.rule.padEnd(4)} ${bug.name}${by ?? ''}`,
    );
  }
  rmSync(copy, { recursive: true, force: true });
  console.log(`\n${caught} of ${chosen.length} planted bugs caught`);
  return caught === chosen.length ? 0 : 1;
}

function copySources(): void {
  rmSync(copy, { recursive: true, force: true });
  const { stdout } = spawnSync('git', ['ls-files', '-co', '--exclude-standard'], {
    cwd: projectDir,
    encoding: 'utf8',
  });
  for (const file of stdout.split('\n').filter((each) => each !== '')) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(join(projectDir, file), join(copy, file));
  }
  symlinkSync(join(projectDir, 'node_modules'), join(copy, 'node_modules'));
}

/** By what it was found, in words; null where nothing saw it. */
function findBy(bug: PlantedBug): string | null {
  const path = join(copy, bug.file);
  const source = readFileSync(path, 'utf8');
  if (source.split(bug.right).length !== 2)
    throw new Stop(`"${bug.name}": its place in ${bug.file} is not there exactly once.`);
  writeFileSync(
    path,
    source.replace(bug.right, () => bug.wrong),
  );
  try {
    const found = bug.suites.find((suite) => !passes(suite));
    return found === undefined ? null : `: ${inWords(found)}`;
  } finally {
    writeFileSync(path, source);
  }
}

function passes(suite: Suite): boolean {
  const { status } = spawnSync(process.execPath, commandOf(suite), {
    cwd: copy,
    stdio: 'ignore',
    // A fault may also make a suite hang: that is seen, too.
    timeout: 600_000,
  });
  return status === 0;
}

function commandOf(suite: Suite): string[] {
  return suite.kind === 'simulation'
    ? ['build/sim.ts', '--seeds', String(suite.seeds), '--no-shrink']
    : [
        'node_modules/vitest/vitest.mjs',
        'run',
        '--bail=1',
        '--project',
        suite.project,
        ...suite.files,
      ];
}

function inWords(suite: Suite): string {
  return suite.kind === 'simulation'
    ? `simulation, ${suite.seeds} seeds`
    : `${suite.project} tests ${suite.files.join(' ')}`;
}

function unique(suites: readonly Suite[]): Suite[] {
  return [...new Map(suites.map((suite) => [JSON.stringify(suite), suite])).values()];
}

await runScript(main);
