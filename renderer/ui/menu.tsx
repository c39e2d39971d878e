import { Menu as Base } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { Kbd } from './kbd.tsx';
import styles from './menu.module.css';

export type MenuEntry = {
  id: string;
  label: ReactNode;
  /** A second line in smaller type. */
  detail?: ReactNode;
  /** The key that does the same. */
  keys?: string;
  checked?: boolean;
  disabled?: boolean;
  run: () => void;
};

/** A button that opens a list of things to choose from. `trigger` is the button. */
export function Menu({
  trigger,
  entries,
}: {
  trigger: ReactElement;
  entries: readonly MenuEntry[];
}) {
  return (
    <Base.Root modal={false}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner className={styles['positioner']} sideOffset={4} align="start">
          <Base.Popup className={styles['popup']}>
            {entries.map((entry) => (
              <Base.Item
                key={entry.id}
                className={styles['item']}
                disabled={entry.disabled ?? false}
                onClick={entry.run}
              >
                <span className={styles['check']}>
                  {entry.checked === true && <Check size={14} aria-label="now" />}
                </span>
                <span>{entry.label}</span>
                {entry.keys === undefined ? <span /> : <Kbd keys={entry.keys} />}
                {entry.detail !== undefined && (
                  <span className={styles['detail']}>{entry.detail}</span>
                )}
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
