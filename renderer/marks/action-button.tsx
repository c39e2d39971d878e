import { consoleAction } from '../store/actions.ts';
import type { ActionId } from '../store/actions.ts';
import { useConsole } from '../store/use-console.ts';
import { Button } from '../ui/button.tsx';
import type { ButtonLook } from '../ui/button.tsx';
import { Kbd } from '../ui/kbd.tsx';

/** A button for an action of the catalogue, with its key beside it. */
export function ActionButton({
  action: id,
  label,
  look = 'plain',
}: {
  action: ActionId;
  label?: string;
  look?: ButtonLook;
}) {
  const console = useConsole();
  const action = consoleAction(id);
  return (
    <Button
      look={look}
      title={action.label}
      onClick={() => {
        action.run(console);
      }}
    >
      {label ?? action.label} <Kbd keys={action.shownKeys} />
    </Button>
  );
}
