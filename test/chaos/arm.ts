import { dieAt, onFailpoint } from '../../shared/base/failpoint.ts';

/** Loaded by --import before a process that is to die at the failpoint which its environment names. */
const armed = process.env['AGENT_CONSOLE_FAILPOINT'];
if (armed !== undefined)
  onFailpoint(
    dieAt(armed, () => {
      process.kill(process.pid, 'SIGKILL');
    }),
  );
