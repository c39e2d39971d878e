import { Combobox as Base } from '@base-ui/react/combobox';
import { Check, ChevronDown } from 'lucide-react';
import { findsItem } from './find-item.ts';
import styles from './combobox.module.css';
import type { Tied } from './checked-input.tsx';

export type ComboboxItem = { value: string; label: string; detail?: string };

/** One of many, found by typing a part of it. What is not in the list cannot be chosen. */
export function Combobox({
  tied,
  items,
  value,
  emptyText,
  onChange,
}: {
  tied: Tied;
  items: readonly ComboboxItem[];
  value: string;
  emptyText: string;
  onChange: (value: string) => void;
}) {
  const chosen = items.find((item) => item.value === value) ?? { value, label: value };
  return (
    <Base.Root
      items={items}
      value={chosen}
      limit={200}
      autoHighlight
      filter={findsItem}
      isItemEqualToValue={(a, b) => a.value === b.value}
      onValueChange={(item) => {
        if (item !== null) onChange(item.value);
      }}
    >
      <div className={styles['group']}>
        <Base.Input
          {...tied}
          className={styles['input']}
          spellCheck={false}
          onFocus={(event) => {
            event.currentTarget.select();
          }}
        />
        <Base.Trigger className={styles['trigger']} aria-label="Show the list">
          <ChevronDown size={14} />
        </Base.Trigger>
      </div>
      <Base.Portal>
        <Base.Positioner className={styles['positioner']} sideOffset={4} align="start">
          <Base.Popup className={styles['popup']}>
            <Base.Empty>
              <p className={styles['empty']}>{emptyText}</p>
            </Base.Empty>
            <Base.List className={styles['list']}>
              {(item: ComboboxItem) => (
                <Base.Item key={item.value} value={item} className={styles['item']}>
                  <span className={styles['check']}>
                    <Base.ItemIndicator>
                      <Check size={14} />
                    </Base.ItemIndicator>
                  </span>
                  <span>{item.label}</span>
                  <span className={styles['detail']}>{item.detail}</span>
                </Base.Item>
              )}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
