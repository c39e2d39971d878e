import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, dialog, powerMonitor, session } from 'electron';
import type { JournalOwner } from './journal/records.ts';
import { logFaults, openLog } from './app-log.ts';
import { bridgeHandlers } from './bridge-handlers.ts';
import { coalesce } from './coalesce.ts';
import { connectionWhile, consoleStart, currentAgent, syncStatus } from './console-state.ts';
import type { Waiting, Working } from './console-state.ts';
import { embeddedDesk } from './desk/embedded-desk.ts';
import { lastWords } from './drafts/last-words.ts';
import { toldCommands } from './journal/told-commands.ts';
import { presence } from './presence/presence.ts';
import { openProfile } from './profile/open-profile.ts';
import { findProfile, readProfile } from './profile/profile-file.ts';
import { deskSession } from './profile/session.ts';
import { chooseTarget, targetKey } from './profile/target.ts';
import { registerAppScheme, serveApp } from './security/app-protocol.ts';
import { harden, hardenStorage } from './security/harden.ts';
import { sendEvent, serveBridge } from './security/ipc.ts';
import type { Caller } from './security/ipc.ts';
import { openSettings } from './settings/settings.ts';
import { appLife } from './shell/app-life.ts';
import { countPromises, countsInWords } from './shell/counts.ts';
import { fileDialogs } from './shell/file-dialogs.ts';
import { setMenu } from './shell/menu.ts';
import { firstPicture } from './shell/screenshot.ts';
import { consoleTray } from './shell/tray.ts';
import type { ConsoleTray } from './shell/tray.ts';
import { consoleWindow } from './shell/window.ts';
import { deskClient } from './sync/desk-client.ts';
import type { DeskClient } from './sync/desk-client.ts';
import { deskClock } from './sync/desk-clock.ts';
import type { DeskFault } from './sync/desk-fault.ts';
import { openReplicaPort } from './sync/electron-port.ts';
import { firstContact } from './sync/first-contact.ts';
import type { FirstContact } from './sync/first-contact.ts';
import { machineClocks, watchClocks } from './sync/machine-clocks.ts';
import { workOn } from './work.ts';
import type { Tell } from './work.ts';

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
  logFaults(log);
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
  const clientFor = (token: () => string): DeskClient =>
    deskClient(
      () =>
        target.kind === 'address' ? { url: target.url, token: token() } : (desk?.address() ?? null),
      () => steady().ms,
    );
  const signedIn = deskSession({
    target,
    clientFor: (token) => clientFor(() => token),
    consoleName: hostname().slice(0, 100) || 'console',
    owner: () => {
      const profile = working?.profile;
      if (profile === undefined) return null;
      return { owner: profile.owner, name: currentAgent(profile)?.name ?? profile.owner.agentId };
    },
    signedIn: () => {
      contact?.again();
      working?.sync.signedIn();
    },
  });
  const client = clientFor(signedIn.token);
  const knownConsoleId = settings.get().profiles[targetKey(target)];
  /** Of the profile that will be made at the first contact. */
  const newConsoleId = `c-${randomUUID()}`;

  let working: Working | null = null;
  let contact: FirstContact | null = null;
  let waiting: Waiting = { connection: 'connecting', reason: null, sinceAt: clock.nowMs() };
  let paused = false;
  let openTicketId: string | null = null;
  let pageListens = false;
  let wantsReplica: Caller | null = null;
  let tray: ConsoleTray | null = null;
  let quitting = false;
  const picture = firstPicture(process.env['AGENT_CONSOLE_SCREENSHOT'], log);

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

  const tell: Tell = (name, event) => {
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
    working = workOn(profile.value, {
      client: people.hearing(client),
      clock,
      wall,
      steady,
      timers,
      random,
      log,
      tell,
      tellStatus,
      tellCommands,
      showTicket,
      flash: window.flash,
      isPaused: () => paused,
      ticked: showCounts,
    });
    if (wantsReplica !== null) connectReplica(wantsReplica);
    working.alerts.tick();
    if (paused) working.sync.pause(true);
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
    contact = firstContact(client, timers, random, failed);
    const met = await contact.met;
    contact = null;
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
    dialogs: fileDialogs(window.contents),
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
    signIn: signedIn.signIn,
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
    contact?.giveUp();
    await words.ask();
    people.stop();
    stopClocks();
    window.remember();
    working?.sync.stop();
    working?.blobs.stop();
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
