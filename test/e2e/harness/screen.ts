import type { Locator, Page } from 'playwright-core';
import type { RunningConsole } from './launch.ts';

/** What an agent sees and does, by the words on the screen. */
export type Screen = {
  readonly page: Page;
  rows: () => Locator;
  /** References of the rows on the screen, from the top. */
  references: () => Promise<string[]>;
  /** Chooses a view by its name. */
  view: (name: string) => Promise<void>;
  /** Searches for the reference and opens its row. */
  open: (reference: string) => Promise<void>;
  /** One entry of the open conversation, by its text. */
  entry: (text: string) => Locator;
  statusBar: () => Locator;
  /** Cards of the conflicts view. */
  conflicts: () => Locator;
  press: (keys: string) => Promise<void>;
  /** Presses a key that opens a decision, and takes it with Enter once it is shown. */
  decide: (keys: string) => Promise<void>;
  /** Writes in the composer and sends by keyboard. */
  write: (key: 'r' | 'n', text: string) => Promise<void>;
  recordAttempt: (outcome: string, steps: string) => Promise<void>;
  escalate: (level: RegExp, reason: string, text: string) => Promise<void>;
};

export function screenOf(console: RunningConsole): Screen {
  const { page } = console;
  const list = page.getByRole('listbox');
  const press = async (keys: string) => {
    await page.keyboard.press(keys);
  };
  const form = async (key: string, name: RegExp, fill: (form: Locator) => Promise<void>) => {
    await list.focus();
    await press(key);
    const dock = page.getByRole('form', { name });
    await dock.waitFor();
    await fill(dock);
    await press('Control+Enter');
    await dock.waitFor({ state: 'detached' });
  };
  return {
    page,
    rows: () => page.getByRole('option'),
    references: async () => {
      const texts = await page.getByRole('option').allInnerTexts();
      return texts.flatMap((text) => /VH-\d+/.exec(text)?.[0] ?? []);
    },
    view: async (name) => {
      await page
        .getByRole('navigation', { name: 'Views' })
        .getByRole('button', { name: new RegExp(`^${name}`) })
        .click();
    },
    open: async (reference) => {
      const search = page.getByRole('searchbox');
      await search.fill(reference);
      await page.getByRole('option').filter({ hasText: reference }).click();
      await page.getByRole('region', { name: `Ticket ${reference}` }).waitFor();
      await page.getByRole('region', { name: 'Conversation' }).waitFor();
    },
    entry: (text) =>
      page.getByRole('region', { name: 'Conversation' }).getByText(text, { exact: false }),
    statusBar: () => page.getByRole('contentinfo'),
    conflicts: () => page.getByRole('region', { name: 'Conflicts' }).getByRole('article'),
    press,
    decide: async (keys) => {
      await press(keys);
      const dialog = page.getByRole('dialog');
      // The key that follows must find the button that has the focus.
      await dialog.locator('button[type=submit]:focus').waitFor();
      await press('Enter');
      await dialog.waitFor({ state: 'detached' });
    },
    write: async (key, text) => {
      await list.focus();
      await press(key);
      const box = page.getByRole('textbox', {
        name: key === 'r' ? /^Reply to/ : 'Internal note',
      });
      await box.fill(text);
      await press('Control+Enter');
      await page.waitForFunction(
        (element) => element instanceof HTMLTextAreaElement && element.value === '',
        await box.elementHandle(),
      );
      await press('Escape');
    },
    recordAttempt: (outcome, steps) =>
      form('p', /^Reproduction attempt/, async (dock) => {
        await dock.getByLabel('Product version').fill('6.2.1');
        await dock.getByLabel('Steps').fill(steps);
        await dock.getByLabel('Expected').fill('A result within a minute.');
        await dock.getByLabel('What happened').fill('Nothing at all.');
        await dock.getByText(outcome, { exact: true }).click();
      }),
    escalate: (level, reason, text) =>
      form('e', /^Escalate/, async (dock) => {
        await dock.getByText(level).first().click();
        await dock.getByText(reason, { exact: true }).click();
        await dock.getByRole('textbox').fill(text);
      }),
  };
}
