import { FAILPOINT_PATH, dieAt, onFailpoint } from '../../shared/base/failpoint.ts';

/**
 * For test builds: what is armed in main's environment is armed in this worker too. A worker cannot kill the
 * program, so it asks main to, and goes no further: the request holds it until main is gone.
 */
export function armFailpoint(): void {
  const armed = ask(FAILPOINT_PATH);
  if (armed === '') return;
  onFailpoint(
    dieAt(armed, () => {
      ask(`${FAILPOINT_PATH}/die`);
      for (;;);
    }),
  );
}

function ask(path: string): string {
  const request = new XMLHttpRequest();
  request.open('GET', new URL(path, globalThis.location.origin), false);
  request.send();
  return request.responseText;
}
