// A bare window for the peers of the first sync: it shows a page that the bench serves, and passes on what that says.
import { app, BrowserWindow } from 'electron';

async function show() {
  const window = new BrowserWindow({ width: 400, height: 300, show: true });
  window.webContents.on('console-message', (...args) => {
    const text = typeof args[2] === 'string' ? args[2] : args[0].message;
    process.stdout.write(`${text}\n`);
  });
  await window.loadURL(process.argv.find((each) => each.startsWith('http://127.0.0.1:')) ?? '');
}

void app.whenReady().then(show);
