import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, dialog, powerMonitor, session } from 'electron';
import type { BridgeEvent, BridgeEventName } from '../shared/bridge/events.ts';
import type { JournalOwner } from './journal/records.ts';
import { osNotifier } from './alerts/notifier.ts';
import { quietedTickets } from './alerts/quieting.ts';
import { scheduleAlerts } from './alerts/scheduler.ts';
import { openLog } from './app-log.ts';
import { bridgeHandlers } from './bridge-handlers.ts';
import { atMostEvery, coalesce } from './coalesce.ts';
import { connectionWhile, consoleStart, currentAgent, syncStatus } from './console-state.ts';
import type { Waiting, Working } from './console-state.ts';
import { embeddedDesk } from './desk/embedded-desk.ts';
import { lastWords } from './drafts/last-words.ts';
import { shownCommands } from './journal/pending.ts';
import { toldCommands } from './journal/told-commands.ts';
import { presence } from './presence/presence.ts';
import { openProfile } from './profile/open-profile.ts';
import { findProfile, readProfile } from './profile/profile-file.ts';
import { chooseTarget, targetKey } from './profile/target.ts';
import { registerAppScheme, serveApp } from './security/app-protocol.ts';
import { harden, hardenStorage } from './security/harden.ts';
import { sendEvent, serveBridge } from './security/ipc.ts';
import type { Caller } from './security/ipc.ts';
import { openSettings } from './settings/settings.ts';
import { appLife } from './shell/app-life.ts';
import { countPromises, countsInWords } from './shell/counts.ts';
import { setMenu } from './shell/menu.ts';
import { firstPicture } from './shell/screenshot.ts';
import { consoleTray } from './shell/tray.ts';
import type { ConsoleTray } from './shell/tray.ts';
import { consoleWindow } from './shell/window.ts';
import { deskClient } from './sync/desk-client.ts';
import { deskClock } from './sync/desk-clock.ts';
import type { DeskFault } from './sync/desk-fault.ts';
import { openReplicaPort } from './sync/electron-port.ts';
import { firstContact } from './sync/first-contact.ts';
import { syncLoop } from './sync/loop.ts';
import { machineClocks, watchClocks } from './sync/machine-clocks.ts';

/** The composition root: the only file that wires the parts of main together. */

const { wall, steady, timers } = machineClocks();
const random = (): number => Math.random();

/** out/main, where this file is built to. */
const here = fileURLToPath(new URL('.', import.meta.url));
const icons = join(here, '../icons');

if (!app.commandLine.hasSwitch('user-data-dir'))
  app.setPath('userData', join(app.getPath('appData'), 'agent-console'));

if (app.requestSingleInstanceLock()) startConsole(app.getPath('userData'));
else app.quit();

function startConsole(dataDir: string): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const log = openLog(dataDir);
  process.on('uncaughtException', (thrown) => {
    log.error(`uncaught: ${thrown.stack ?? thrown.message}`);
  });
  process.on('unhandledRejection', (thrown) => {
    log.error(`unhandled: ${thrown instanceof Error ? thrown.stack : String(thrown)}`);
  });
  harden(log);
  registerAppScheme();

  const settings = openSettings(dataDir, wall, log);
  const target = chooseTarget(process.env, settings.get().desk);
  const profilesDir = join(dataDir, 'profiles');
  const clock = deskClock(wall, steady);
  const desk =
    target.kind === 'embedded'
      ? embeddedDesk({
          script: join(here, 'embedded-desk.js'),
          dataDir: join(dataDir, 'desk'),
          log,
          changed: () => {
            if (desk?.address() !== null) working?.sync.wake();
            tellStatus();
          },
        })
      : null;
  const client = deskClient(
    () =>
      target.kind === 'address'
        ? { url: target.url, token: target.token ?? '' }
        : (desk?.address() ?? null),
    () => steady().ms,
  );
  const knownConsoleId = settings.get().profiles[targetKey(target)];
  /** Of the profile that will be made at the first contact. */
  const newConsoleId = `c-${randomUUID()}`;

  let working: Working | null = null;
  let waiting: Waiting = { connection: 'connecting', reason: null, sinceAt: clock.nowMs() };
  let paused = false;
  let openTicketId: string | null = null;
  let pageListens = false;
  let wantsReplica: Caller | null = null;
  let tray: ConsoleTray | null = null;
  let quitting = false;
  const picture = firstPicture(process.env['AGENT_CONSOLE_SCREENSHOT'], log);
  const leaving = new AbortController();

  const window = consoleWindow({
    preload: join(here, '../preload/preload.cjs'),
    icon: join(icons, '256x256.png'),
    bounds: () => settings.get().window,
    saveBounds: (bounds) => {
      settings.change({ window: bounds });
    },
    closeHides: () => !quitting && tray?.isSeen() === true,
    loaded: () => {
      pageListens = false;
    },
    log,
  });

  const tell = <Name extends BridgeEventName>(name: Name, event: BridgeEvent<Name>): void => {
    const contents = window.contents();
    if (contents !== null) sendEvent(contents, name, event);
  };
  const words = lastWords(() => {
    tell('drafts.flush', {});
    return pageListens && window.contents() !== null;
  }, timers);
  const people = presence({
    client,
    consoleId: () => working?.profile.owner.consoleId ?? null,
    isOnline: () => working?.sync.status().connection === 'online',
    timers,
    tell,
  });
  const status = () => syncStatus(working, waiting, clock, desk?.trouble() ?? null);
  let lastStatus = '';
  const tellStatus = coalesce(() => {
    const next = status();
    const text = JSON.stringify(next);
    if (text !== lastStatus) tell('sync.status', next);
    lastStatus = text;
  });
  const stopClocks = watchClocks({ wall, steady }, ({ setMs, sleptMs }) => {
    log.info(`clock: set by ${Math.round(setMs)} ms, slept ${Math.round(sleptMs)} ms`);
    // What the next run begins with, should no answer come until then.
    working?.profile.watch.noteDesk(clock.facts());
    // Told also where its words are the same: the page's own time has moved.
    lastStatus = '';
    tellStatus();
    working?.sync.wake();
    working?.alerts.tick();
  });
  const told = toldCommands();
  const tellCommands = coalesce(() => {
    if (working === null) return;
    const news = told.changes(working.profile.journal.state);
    if (news !== null) tell('commands.changed', news);
    tellStatus();
  });
  const tellAgents = (): void => {
    if (working === null) return;
    const { profile } = working;
    tell('agents.changed', { agent: currentAgent(profile), agents: profile.watch.meta().agents });
  };
  const showCounts = (): void => {
    const counts =
      working === null
        ? ''
        : countsInWords(countPromises(working.profile.watch.tickets().values()));
    window.setTitle(counts);
    tray?.update({ counts, offline: paused });
  };

  const pause = (next: boolean): void => {
    paused = next;
    working?.sync.pause(next);
    showMenu();
    showCounts();
    tellStatus();
  };
  const showTicket = (ticketId: string): void => {
    openTicketId = ticketId;
    window.show();
    if (!pageListens) return;
    openTicketId = null;
    tell('ticket.open', { ticketId });
  };
  const showMenu = (): void => {
    setMenu(
      {
        syncNow: () => working?.sync.wake(),
        workOffline: pause,
        about: () => {
          app.showAboutPanel();
        },
        quit: () => {
          app.quit();
        },
      },
      { offline: paused },
    );
  };

  /** Opens a profile and sets its alerts and its sync going. */
  const work = async (owner: JournalOwner): Promise<void> => {
    const profile = await openProfile(owner, { root: profilesDir, wall, clock, log });
    if (!profile.ok) {
      log.error(`profile: ${profile.error}`);
      waiting = { connection: 'stopped', reason: profile.error, sinceAt: clock.nowMs() };
      tellStatus();
      return;
    }
    const { journal, watch, ledger } = profile.value;
    const alerts = scheduleAlerts({
      watch,
      ledger,
      notifier: osNotifier(),
      deskTime: clock,
      wall,
      steady,
      clockChanged: () => working?.sync.wake(),
      agent: () => currentAgent(profile.value),
      quieted: () =>
        quietedTickets(shownCommands(journal.state), watch.meta().cursor?.version ?? 0),
      open: showTicket,
      told: (record) => {
        tell('alert.changed', record);
        // A machine that cannot notify still has a taskbar.
        if (['shown', 'failed'].includes(record.state) && record.severity === 'critical')
          window.flash();
      },
      ticked: showCounts,
      log,
    });
    /** A busy desk sends many pages: each look goes through every ticket. */
    const lookAfterPage = atMostEvery(1_000, alerts.tick);
    const sync = syncLoop({
      client: people.hearing(client),
      journal,
      watch,
      clock,
      random,
      timers,
      log,
      told: {
        status: tellStatus,
        commands: tellCommands,
        page: (stored) => {
          const { policy } = watch.meta();
          if (stored.policyChanged && policy !== null) tell('policy.changed', policy);
          if (stored.agentsChanged) tellAgents();
          tellStatus();
          lookAfterPage();
        },
        info: tellStatus,
      },
    });
    working = { profile: profile.value, sync, alerts };
    if (wantsReplica !== null) connectReplica(wantsReplica);
    alerts.tick();
    if (paused) sync.pause(true);
    tellCommands();
  };

  const connectReplica = (caller: Caller): void => {
    wantsReplica = null;
    if (working === null) wantsReplica = caller;
    else working.sync.feed.connect(openReplicaPort(caller.frame));
  };

  /** The profile of the last time, so that the console opens without its desk. */
  const openKnown = async (): Promise<void> => {
    if (knownConsoleId === undefined) return;
    const owner = await readProfile(profilesDir, knownConsoleId);
    if (owner !== null) await work(owner);
  };

  /** A console that never met this desk asks it who it is, and for whom the sign-in stands. */
  const meetDesk = async (): Promise<void> => {
    const failed = (fault: DeskFault): void => {
      const connection = connectionWhile(fault);
      const sinceAt = waiting.connection === connection ? waiting.sinceAt : clock.nowMs();
      waiting = { connection, reason: fault.message, sinceAt };
      tellStatus();
    };
    const met = await firstContact(client, random, failed, leaving.signal);
    if (met === null) return;
    const { deskId, agent } = met.info;
    clock.measure(met.info.now, met.askedMs);
    const known = await findProfile(profilesDir, deskId, agent.id);
    const owner = known ?? { deskId, agentId: agent.id, consoleId: newConsoleId };
    const { profiles } = settings.get();
    settings.change({ profiles: { ...profiles, [targetKey(target)]: owner.consoleId } });
    await work(owner);
    // The page has a replica by the name of its console: another name means another page.
    if (owner.consoleId !== newConsoleId) window.reload();
  };

  const opening = openKnown().catch((thrown: unknown) => {
    log.error(`profile: ${String(thrown)}`);
  });
  const opened = async (): Promise<Working | null> => {
    await opening;
    return working;
  };

  const shown = (rows: number): void => {
    window.painted();
    const startedAt = process.getCreationTime();
    if (process.env['AGENT_CONSOLE_TIMING'] === '1' && startedAt !== null)
      process.stdout.write(`console shown ${Math.round(wall.nowMs() - startedAt)}\n`);
    const contents = window.contents();
    if (rows > 0 && contents !== null) picture(contents);
  };

  const handlers = bridgeHandlers({
    client,
    working: opened,
    start: async () => {
      const current = await opened();
      pageListens = true;
      const asked = openTicketId;
      openTicketId = null;
      setImmediate(() => {
        for (const text of current?.profile.notices ?? []) tell('console.notice', { text });
        people.tellAgain();
      });
      return consoleStart(current, {
        appVersion: app.getVersion(),
        consoleId: newConsoleId,
        status: status(),
        openTicketId: asked,
        commands: told.all,
      });
    },
    shown,
    pause,
    commandsChanged: tellCommands,
    draftsFlushed: words.heard,
    present: people.set,
    connectReplica,
  });

  const run = async (): Promise<void> => {
    await app.whenReady();
    hardenStorage(session.defaultSession);
    serveApp(join(here, '../renderer'));
    serveBridge(handlers, window.isOwn, log);
    showMenu();
    window.show();
    await opening;
    tray = consoleTray(
      icons,
      {
        open: window.show,
        quit: () => {
          app.quit();
        },
        workOffline: pause,
      },
      log,
    );
    showCounts();
    desk?.start();
    powerMonitor.on('resume', () => {
      working?.sync.wake();
      working?.alerts.tick();
    });
    // A profile that cannot be opened is told, not asked for anew.
    if (working === null && waiting.connection !== 'stopped') await meetDesk();
    if (!paused) working?.sync.start();
  };

  /** Quitting waits for the journal. */
  const leave = async (): Promise<void> => {
    quitting = true;
    leaving.abort();
    await words.ask();
    people.stop();
    stopClocks();
    window.remember();
    working?.sync.stop();
    await working?.alerts.stop();
    await opening;
    await Promise.allSettled([working?.profile.close(), desk?.stop()]);
    tray?.destroy();
  };

  appLife({
    show: window.show,
    goesOnUnseen: () => tray?.isSeen() === true,
    leave,
  });

  run().catch((thrown: unknown) => {
    log.error(
      `start: ${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}`,
    );
    dialog.showErrorBox('Agent Console did not start', String(thrown));
  });
}
