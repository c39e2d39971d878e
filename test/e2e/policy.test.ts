import { afterAll, beforeAll, expect, test } from 'vitest';
import { compilePolicy } from '../../shared/policy/compiled-policy.ts';
import { urgencyOf } from '../../shared/policy/urgency.ts';
import { launchConsole, privateUserData } from './harness/launch.ts';
import type { RunningConsole } from './harness/launch.ts';
import { screenOf } from './harness/screen.ts';
import type { Screen } from './harness/screen.ts';
import { teamDesk } from './harness/team-desk.ts';
import type { TeamDesk } from './harness/team-desk.ts';

/** A lead changes the support policy, and it is in force everywhere, without a desk too. */

let desk: TeamDesk;
let data: Awaited<ReturnType<typeof privateUserData>>;
let console_: RunningConsole;
let screen: Screen;

beforeAll(async () => {
  desk = await teamDesk(120, 'lead');
  data = await privateUserData();
  await start();
});

afterAll(async () => {
  await console_.close();
  await data.remove();
  await desk.end();
});

async function start(): Promise<void> {
  console_ = await launchConsole({ userDataDir: data.dir, env: desk.env });
  screen = screenOf(console_);
  await screen.rows().first().waitFor();
}

async function openPolicy(): Promise<void> {
  await screen.page.getByRole('listbox').focus();
  await screen.press('g');
  await screen.press('p');
  await screen.page.getByRole('heading', { name: 'Support policy' }).waitFor();
}

test('[C14] [C15] previewed with numbers, saved, and in force for every row', async () => {
  const { page } = screen;
  await openPolicy();
  await page.getByText(/^Rules 1, in force since/).waitFor();
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  const save = page.getByRole('button', { name: 'Save' });
  const low = page.getByLabel('Low: answer within, hours');
  // What is wrong stands at its field, and there is nothing to save.
  await low.fill('-1');
  await page.getByText('must be more than 0').first().waitFor();
  expect(await save.getAttribute('aria-disabled')).toBe('true');
  await low.fill('30');
  await page.getByRole('button', { name: 'Preview' }).click();
  await page
    .getByText(/\d+ of \d+ open tickets/)
    .first()
    .waitFor();
  await save.click();
  await page.getByText(/^Rules 2, in force since .*, saved by Test Agent$/).waitFor();

  const saved = await desk.api.policy();
  expect(saved).toMatchObject({ rules: 2, agentId: 'test-agent' });
  await screen.press('Escape');
  await screen.view('All open');
  const policy = compilePolicy(saved);
  const heads = new Map((await desk.api.heads()).map((head) => [head.reference, head]));
  // Each row counts towards the due that the new rules give it.
  await expect
    .poll(async () => {
      const now = Date.now();
      const texts = await screen.rows().allInnerTexts();
      return texts.flatMap((text) => {
        const head = heads.get(/VH-\d+/.exec(text)?.[0] ?? '');
        const dueAt = head === undefined ? null : urgencyOf(head, policy, now).dueAt;
        if (dueAt === null || dueAt - now < 3_600_000 || dueAt - now > 40 * 3_600_000) return [];
        const [, hours = 0, minutes = 0] = /(\d+):(\d\d)\s*h/.exec(text) ?? [];
        const shownMs = (Number(hours) * 60 + Number(minutes)) * 60_000;
        return Math.abs(dueAt - now - shownMs) < 90_000 ? [] : [text];
      });
    })
    .toEqual([]);
});

test('[C15] in force without a desk: after a kill of both, the console counts by the new rules', async () => {
  await desk.process.kill();
  await console_.kill();
  await start();
  await screen
    .statusBar()
    .getByText(/Offline|Connecting/)
    .waitFor();
  await openPolicy();
  await screen.page.getByText(/^Rules 2, in force since/).waitFor();
  await screen.page.getByRole('button', { name: 'Edit', exact: true }).click();
  await screen.page.getByLabel('Low: answer within, hours').fill('40');
  await screen.page
    .getByText('Not online: preview and save need the desk.', { exact: false })
    .waitFor();
  await desk.process.restart();
  await screen.page.getByText('Preview it, then you can save.').waitFor({ timeout: 60_000 });
});

test('[C15] rules that somebody else saved meanwhile are not overwritten', async () => {
  const { page } = screen;
  const { document } = await desk.api.policy();
  await desk.api.savePolicy({ ...document, holidays: ['2026-12-25'] }, 2);
  await page.getByText('Newer rules are in force: load them first.').waitFor();
  expect(await page.getByRole('button', { name: 'Save' }).getAttribute('aria-disabled')).toBe(
    'true',
  );
  expect((await desk.api.policy()).document.targetHours.low).toBe(30);
});
