// The floor of the start bench: the least that Electron can show. It says so once its first frame is painted.
import { app, BrowserWindow } from 'electron';

async function show() {
  const window = new BrowserWindow({ width: 1440, height: 900, show: true });
  await window.loadFile(`${import.meta.dirname}/index.html`);
  await window.webContents.executeJavaScript(
    'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(0))))',
  );
  process.stdout.write('bare shown\n');
}

// No top-level await: Electron is ready only after this module has been read to its end.
void app.whenReady().then(show);
