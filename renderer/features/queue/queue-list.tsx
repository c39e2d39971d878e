import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect } from 'react';
import type { KeyboardEvent } from 'react';
import { consoleAction } from '../../store/actions.ts';
import { useFocusTarget } from '../../store/focus.ts';
import type { QueueLine } from '../../store/queue-lines.ts';
import { moveSelection, selectEnd, selectTicket } from '../../store/selection.ts';
import { useConsole, useConsoleState } from '../../store/use-console.ts';
import { classes } from '../../ui/classes.ts';
import { groupWords } from '../../words.ts';
import styles from './queue-list.module.css';
import { QueueRow, rowId } from './queue-row.tsx';
import { lineHeight, useSteadyScroll } from './use-steady-scroll.ts';

/**
 * The shell of the list: only what is in sight is drawn. It holds the focus, and names the selected row as its
 * active one. Kept thin: the compiler leaves alone what uses the virtualizer.
 */
export function QueueList({ label }: { label: string }) {
  const console = useConsole();
  const lines = useConsoleState((state) => state.lines);
  const selectedId = useConsoleState((state) => state.selectedId);
  const listed = useConsoleState((state) => `${state.view} ${state.search}`);
  const ref = useFocusTarget<HTMLDivElement>('list');
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => ref.current,
    estimateSize: (index) => lineHeight(lines[index]),
    getItemKey: (index) => keyOf(lines[index], index),
    overscan: 6,
    initialRect: { width: 400, height: 900 },
  });
  useSteadyScroll(ref, lines, selectedId, listed);
  useEffect(() => {
    // The sizes of lines belong to their places; another list has other places.
    virtualizer.measure();
  }, [lines, virtualizer]);
  useEffect(() => {
    const index = lines.findIndex((line) => line.kind === 'ticket' && line.id === selectedId);
    // The first row brings its heading along. Only a new selection scrolls: sync and time never do.
    if (index >= 0) virtualizer.scrollToIndex(index === 1 ? 0 : index, { align: 'auto' });
    // oxlint-disable-next-line react/exhaustive-deps
  }, [selectedId]);
  const drawn = virtualizer.getVirtualItems();
  const activeIsDrawn = drawn.some((each) => {
    const line = lines[each.index];
    return line?.kind === 'ticket' && line.id === selectedId;
  });
  return (
    <div
      ref={ref}
      className={styles['list']}
      role="listbox"
      tabIndex={0}
      aria-label={label}
      {...(selectedId !== null && activeIsDrawn
        ? { 'aria-activedescendant': rowId(selectedId) }
        : {})}
      onKeyDown={(event) => {
        const move = moveFor(event);
        if (move === null) return;
        event.preventDefault();
        move(console);
      }}
    >
      <div className={styles['canvas']} style={{ height: virtualizer.getTotalSize() }}>
        {drawn.map((each) => {
          const line = lines[each.index];
          return (
            <div
              key={each.key}
              className={styles['line']}
              role="presentation"
              style={{ height: each.size, transform: `translateY(${each.start}px)` }}
            >
              {line?.kind === 'section' && <Section line={line} />}
              {line?.kind === 'ticket' && (
                <QueueRow
                  id={line.id}
                  onPick={(id) => {
                    selectTicket(console, id);
                    console.state.setState({ pane: 'ticket' });
                  }}
                />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function Section({ line }: { line: Extract<QueueLine, { kind: 'section' }> }) {
  return (
    <div className={classes(styles['section'], styles[line.group])} role="presentation">
      {groupWords[line.group]} <span className={styles['count']}>{line.count}</span>
    </div>
  );
}

const PAGE_ROWS = 10;

function moveFor(
  event: KeyboardEvent,
): ((console: Parameters<typeof moveSelection>[0]) => void) | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  switch (event.key) {
    case 'ArrowDown':
      return (console) => {
        moveSelection(console, 1);
      };
    case 'ArrowUp':
      return (console) => {
        moveSelection(console, -1);
      };
    case 'PageDown':
      return (console) => {
        moveSelection(console, PAGE_ROWS);
      };
    case 'PageUp':
      return (console) => {
        moveSelection(console, -PAGE_ROWS);
      };
    case 'Home':
      return (console) => {
        selectEnd(console, 'first');
      };
    case 'End':
      return (console) => {
        selectEnd(console, 'last');
      };
    case 'Enter':
      return consoleAction('open').run;
    default:
      return null;
  }
}

function keyOf(line: QueueLine | undefined, index: number): string | number {
  if (line === undefined) return index;
  return line.kind === 'ticket' ? line.id : `section ${line.group}`;
}
