// A bare window for the peers of a first sync: it shows a page that the bench serves, and passes on its title.
import { app, BrowserWindow } from 'electron';

async function show() {
  const window = new BrowserWindow({ width: 400, height: 300, show: true });
  window.on('page-title-updated', (_event, title) => {
    process.stdout.write(`${title}\n`);
  });
  await window.loadURL(process.argv.find((each) => each.startsWith('http://127.0.0.1:')) ?? '');
}

void app.whenReady().then(show);
