import { expect, test } from 'vitest';
import { putAgent } from '../../server/agents/add-agent.ts';
import { hashToken, newToken } from '../../server/agents/tokens.ts';
import { startDesk } from '../../server/desk.ts';
import { listen } from '../../server/http/listen.ts';
import { takeSubmission } from '../../server/intake/intake.ts';
import { memoryStore } from '../../server/store/memory.ts';
import { thisMachine } from '../../server/surroundings.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../shared/base/time.ts';
import { startNotificationService } from './harness/dbus.ts';
import { launchConsole, privateUserData } from './harness/launch.ts';
import { deskApi } from './harness/team-desk.ts';

test('[A1] [A2] [A6] a Critical nears its due with the window hidden: one notification, whose click opens the ticket', async () => {
  // The desk runs in this process, so that the ticket can come in at the instant that suits the test.
  const around = thisMachine(() => undefined);
  const desk = await startDesk(memoryStore({ deskId: 'desk-1', epoch: 'epoch-1' }), around);
  const agentToken = newToken();
  const colleagueToken = newToken();
  const add = (id: string, token: string) =>
    putAgent(desk, { id, name: id, role: 'agent', teamIds: ['team-1'] }, hashToken(token));
  await add('agent', agentToken);
  await add('colleague', colleagueToken);
  const submit = (id: string, subject: string, asked: 'critical' | null, receivedAt: number) =>
    takeSubmission(desk, {
      id,
      subject,
      text: 'Nothing works.',
      customer: {
        id: 'customer-1',
        organisation: 'Harbour Freight IT',
        contact: 'R. Haas',
        address: 'r.haas@example.com',
        licence: 'saas',
      },
      channel: 'email',
      teamId: 'team-1',
      asked,
      receivedAt,
    });
  await submit('calm', 'How do I export a report?', null, Date.now());
  const listener = await listen(desk, { host: '127.0.0.1', port: 0 });
  const colleague = deskApi(listener.url, colleagueToken);
  const notifications = await startNotificationService();
  const data = await privateUserData();
  const console_ = await launchConsole({
    userDataDir: data.dir,
    env: { AGENT_CONSOLE_DESK_URL: listener.url, AGENT_CONSOLE_DESK_TOKEN: agentToken },
  });
  const { app, page } = console_;
  const isVisible = () =>
    app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible() ?? false);
  try {
    await page.getByRole('option').first().waitFor();
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
    await expect.poll(isVisible).toBe(false);

    // Critical by the colleague's triage, as the customer asked: 2 h from submission, 15 min before it in 3 s.
    const dueAt = Date.now() + 15 * MINUTE_MS + 3 * SECOND_MS;
    await submit('urgent', 'Portal answers 502 for everybody', 'critical', dueAt - 2 * HOUR_MS);
    await colleague.act('urgent', { kind: 'set-severity', severity: 'critical', reason: null });

    await expect
      .poll(async () => (await notifications.seen()).length, { timeout: 30_000 })
      .toBeGreaterThan(0);
    const reference = (await colleague.ticket('urgent')).head.reference;
    const seen = await notifications.seen();
    expect(seen).toHaveLength(1);
    expect(seen[0]?.summary).toBe(`Critical, 15 min left: ${reference}`);
    expect(seen[0]?.body).toContain('Portal answers 502 for everybody');
    expect(await isVisible()).toBe(false);

    await notifications.click(seen[0]?.id ?? 0);
    await expect.poll(isVisible).toBe(true);
    await page.getByRole('region', { name: `Ticket ${reference}` }).waitFor();

    // Restarted within the same threshold, it does not say it again (A2).
    await console_.kill();
    const again = await launchConsole({
      userDataDir: data.dir,
      env: { AGENT_CONSOLE_DESK_URL: listener.url, AGENT_CONSOLE_DESK_TOKEN: agentToken },
    });
    await again.page.getByRole('option').first().waitFor();
    await expect.poll(() => again.page.getByRole('contentinfo').innerText()).toMatch(/Online/);
    expect(await notifications.seen()).toHaveLength(1);
    await again.close();
  } finally {
    await console_.kill();
    await listener.close();
    await notifications.end();
    await data.remove();
  }
});
