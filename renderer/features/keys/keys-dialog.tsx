import { actionGroups, consoleActions } from '../../store/actions.ts';
import { focusOn } from '../../store/focus.ts';
import { useConsole } from '../../store/use-console.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import styles from './keys-dialog.module.css';

/** Every key, from the same catalogue that the buttons use. */
export function KeysDialog() {
  const console = useConsole();
  return (
    <Dialog
      title="Keys"
      description="They work whenever you are not typing. Ctrl+Enter sends what you write."
      widthPx={620}
      onClose={() => {
        console.state.setState({ panel: null });
        focusOn(console, 'list');
      }}
    >
      <div className={styles['groups']}>
        {actionGroups.map((group) => (
          <section key={group} className={styles['group']}>
            <h3>{group}</h3>
            {consoleActions
              .filter((action) => action.group === group)
              .map((action) => (
                <div key={action.id} className={styles['key']}>
                  <span>{action.label}</span>
                  <Kbd keys={action.shownKeys} />
                </div>
              ))}
          </section>
        ))}
      </div>
    </Dialog>
  );
}
