import '@fontsource-variable/inter/index.css';
import './ui/tokens.css';
import './ui/base.css';
import { createRoot } from 'react-dom/client';
import { invariant } from '../shared/base/assert.ts';
import type { Timers } from '../shared/base/timers.ts';
import { App } from './app.tsx';
import { openBridge } from './bridge/bridge.ts';
import { connectConsole } from './store/connect-console.ts';
import { createConsole } from './store/console.ts';
import { createDeskClock, machineNow } from './store/desk-clock.ts';
import { notify } from './store/notices.ts';
import { createTicker } from './store/ticker.ts';
import { ConsoleContext } from './store/use-console.ts';
import { Empty } from './ui/empty.tsx';
import { ErrorBoundary } from './ui/error-boundary.tsx';

/** Puts the parts together and shows the console. */
export function startConsole(): void {
  const element = document.querySelector('#root');
  invariant(element !== null, 'the page has no #root');
  const root = createRoot(element);
  const api = window.agentConsole;
  if (api === undefined) {
    root.render(<Empty title="This page belongs to the Agent Console program" />);
    return;
  }
  const clock = createDeskClock(machineNow);
  const timers: Timers = {
    after: (delayMs, run) => {
      const timer = setTimeout(run, delayMs);
      return () => {
        clearTimeout(timer);
      };
    },
  };
  const ticker = createTicker({
    now: clock.now,
    after: timers.after,
    isHidden: () => document.hidden,
  });
  const bridge = openBridge(api, (message) => {
    notify(console, 'error', message);
  });
  const console = createConsole({ clock, ticker, bridge, timers });
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) ticker.wake();
  });
  // The page goes, or is only hidden: what was typed last is saved all the same (S17).
  for (const going of ['pagehide', 'blur'])
    window.addEventListener(going, () => {
      void console.drafts.flush();
    });
  root.render(
    <ErrorBoundary
      onReload={() => {
        window.location.reload();
      }}
    >
      <ConsoleContext value={console}>
        <App />
      </ConsoleContext>
    </ErrorBoundary>,
  );
  void connectConsole(console);
}
