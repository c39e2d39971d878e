import { join } from 'node:path';
import { BrowserWindow, app, dialog } from 'electron';
import type { WebContents } from 'electron';

/** The system's dialogs for files. The page names no path: only the agent chooses one, here (X2). */
export type FileDialogs = {
  /** Empty where the agent chose none. */
  chooseFiles: () => Promise<string[]>;
  /** Null where the agent wants it nowhere. `name` is clean (S16). */
  chooseTarget: (name: string) => Promise<string | null>;
};

/** Over the console's window, where it has one. */
export function fileDialogs(contents: () => WebContents | null): FileDialogs {
  const window = (): BrowserWindow | null => {
    const shown = contents();
    return shown === null ? null : BrowserWindow.fromWebContents(shown);
  };
  return {
    chooseFiles: async () => {
      const options = {
        title: 'Attach files',
        properties: ['openFile' as const, 'multiSelections' as const, 'dontAddToRecent' as const],
      };
      const parent = window();
      const { filePaths } = await (parent === null
        ? dialog.showOpenDialog(options)
        : dialog.showOpenDialog(parent, options));
      return filePaths;
    },
    chooseTarget: async (name) => {
      const options = {
        title: 'Save the file',
        defaultPath: join(app.getPath('downloads'), name),
        properties: ['showOverwriteConfirmation' as const, 'dontAddToRecent' as const],
      };
      const parent = window();
      const { canceled, filePath } = await (parent === null
        ? dialog.showSaveDialog(options)
        : dialog.showSaveDialog(parent, options));
      return canceled || filePath === '' ? null : filePath;
    },
  };
}
