import { consoleAction } from '../../store/actions.ts';
import type { Done } from '../../store/undo.ts';
import { undoSteps } from '../../store/undo.ts';
import { useConsole, useConsoleState, useTicket } from '../../store/use-console.ts';
import { useAtTime } from '../../store/use-time.ts';
import { Button } from '../../ui/button.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { toastChangesAt, toastFor } from './toast-words.ts';
import styles from './undo-toast.module.css';

/** What the last key press did, and the way back, while there is one (S17). It takes no focus and moves nothing. */
export function UndoToast() {
  const done = useConsoleState((state) => state.done.at(-1));
  return done === undefined ? null : <Offer key={done.commands[0]?.id} done={done} />;
}

function Offer({ done }: { done: Done }) {
  const console = useConsole();
  const commands = useConsoleState((state) => state.commands);
  const consoleId = useConsoleState((state) => state.consoleId);
  const agents = useConsoleState((state) => state.agents);
  const online = useConsoleState((state) => state.status?.connection === 'online');
  const undoneAt = useConsoleState((state) => state.undoneAt);
  const item = useTicket(done.ticketId);
  const steps =
    item === undefined ? [] : undoSteps(done, { commands, shown: item.shown, consoleId });
  const nameOf = (agentId: string): string =>
    agents.find((agent) => agent.id === agentId)?.name ?? agentId;
  const text = useAtTime(
    (now) => {
      const toast = toastFor(done, steps, online, now, nameOf);
      const isOld = toast?.seconds === null && done.at <= undoneAt;
      return toast === null || isOld ? '' : `${toast.seconds ?? ''}|${toast.what}`;
    },
    (now) => toastChangesAt(done, steps, online, now),
  );
  if (text === '') return null;
  const [seconds = '', ...rest] = text.split('|');
  const what = rest.join('|');
  return (
    <section className={styles['toast']} aria-label="What you did last">
      {/* Spoken once: a countdown is not. */}
      <span className="visually-hidden" role="status">
        {what}. Press z to undo.
      </span>
      <p className={styles['words']} aria-hidden="true">
        {what}
        {seconds !== '' && <span className={styles['seconds']}>{goingIn(Number(seconds))}</span>}
        <span className={styles['reference']}>{done.reference}</span>
      </p>
      <Button
        look="link"
        onClick={() => {
          consoleAction('undo').run(console);
        }}
      >
        Undo <Kbd keys="z" />
      </Button>
    </section>
  );
}

function goingIn(seconds: number): string {
  return seconds === 0 ? ' now' : ` in ${seconds} s`;
}
