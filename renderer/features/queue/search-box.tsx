import { Search, X } from 'lucide-react';
import { focusOn, useFocusTarget } from '../../store/focus.ts';
import { moveSelection, selectEnd, setSearch } from '../../store/selection.ts';
import { useConsole, useConsoleState } from '../../store/use-console.ts';
import { Button } from '../../ui/button.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import styles from './queue.module.css';

/** Finds as you type, over every ticket that is here. */
export function SearchBox() {
  const console = useConsole();
  const search = useConsoleState((state) => state.search);
  const ref = useFocusTarget<HTMLInputElement>('search');
  return (
    <div className={styles['search']}>
      <Search size={14} aria-hidden="true" />
      <input
        ref={ref}
        className={styles['input']}
        type="search"
        aria-label="Search all tickets"
        placeholder="Search subject, customer or reference"
        value={search}
        onChange={(event) => {
          setSearch(console, event.target.value);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            event.stopPropagation();
            setSearch(console, '');
            focusOn(console, 'list');
          } else if (event.key === 'Enter') {
            selectEnd(console, 'first');
            focusOn(console, 'list');
          } else if (event.key === 'ArrowDown') {
            event.preventDefault();
            focusOn(console, 'list');
            moveSelection(console, 1);
          }
        }}
      />
      {search === '' ? (
        <Kbd keys="/" />
      ) : (
        <Button
          look="link"
          aria-label="Clear the search"
          onClick={() => {
            setSearch(console, '');
            focusOn(console, 'search');
          }}
        >
          <X size={14} />
        </Button>
      )}
    </div>
  );
}
