import type { KeyboardEvent } from 'react';

const STEP_PX = 24;

/** The edge between two panes; dragged, or moved with the arrow keys. */
export function Splitter({
  className,
  label,
  widthPx,
  onChange,
}: {
  className: string | undefined;
  label: string;
  widthPx: number;
  onChange: (widthPx: number) => void;
}) {
  function move(event: KeyboardEvent): void {
    const by = event.key === 'ArrowLeft' ? -STEP_PX : event.key === 'ArrowRight' ? STEP_PX : 0;
    if (by === 0) return;
    event.preventDefault();
    onChange(widthPx + by);
  }
  return (
    // A separator that can be moved is a control, whatever the rule's list says.
    <div
      className={className}
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={widthPx}
      tabIndex={0}
      onKeyDown={move}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
        const left = event.currentTarget.parentElement?.getBoundingClientRect().left ?? 0;
        onChange(event.clientX - left);
      }}
    />
  );
}
