import { expect, test } from 'vitest';
import { launchConsole, privateUserData } from './harness/launch.ts';
import type { RunningConsole } from './harness/launch.ts';
import { screenOf } from './harness/screen.ts';

/** The embedded desk's process; null while it does not run. */
async function deskPid({ app }: RunningConsole): Promise<number | null> {
  return app.evaluate(({ app: electron }) => {
    const found = electron.getAppMetrics().find(({ name }) => name === 'Agent Console desk');
    return found?.pid ?? null;
  });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test('[S10] the embedded desk is started again when it dies, and ends with the console', async () => {
  const data = await privateUserData();
  const console_ = await launchConsole({ userDataDir: data.dir });
  try {
    const screen = screenOf(console_);
    await screen.rows().first().waitFor({ timeout: 60_000 });
    await screen.view('All open');
    const count = await screen.page.getByRole('listbox').getAttribute('aria-label');
    expect(count).not.toBeNull();
    await expect.poll(() => screen.statusBar().innerText()).toMatch(/Online/);
    const first = await deskPid(console_);
    if (first === null) throw new Error('no embedded desk');
    const [reference = ''] = await screen.references();
    await screen.open(reference);

    process.kill(first, 'SIGKILL');
    await screen.write('n', 'Written while the desk was down.');
    await screen.entry('Written while the desk was down.').waitFor();
    await expect
      .poll(() => screen.statusBar().innerText(), { timeout: 60_000 })
      .toMatch(/^(?![^]*waiting)[^]*Online/);
    const second = await deskPid(console_);
    if (second === null) throw new Error('no embedded desk after its restart');
    expect(second).not.toBe(first);

    await console_.kill();
    await expect.poll(() => isAlive(second), { timeout: 20_000 }).toBe(false);
  } finally {
    await console_.kill();
    await data.remove();
  }
});
