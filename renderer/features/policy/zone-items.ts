import type { ComboboxItem } from '../../ui/combobox.tsx';

/** Every time zone of this machine, with its offset at an instant; UTC first. `chosen` is there even if unknown. */
export function zoneItems(chosen: string, at: number): ComboboxItem[] {
  const known = zonesAt(at);
  if (known.some((item) => item.value === chosen) || chosen === '') return known;
  return [{ value: chosen, label: chosen.replaceAll('_', ' ') }, ...known];
}

// Four hundred formatters take a while, and the answer holds for an hour.
let kept: { at: number; items: ComboboxItem[] } | null = null;

function zonesAt(at: number): ComboboxItem[] {
  if (kept?.at === at) return kept.items;
  const names = Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC');
  const items = ['UTC', ...names].map((value) => ({
    value,
    label: value.replaceAll('_', ' '),
    detail: offsetWords(value, at),
  }));
  kept = { at, items };
  return items;
}

/** `+01:00`, as a zone's clock differs from UTC at an instant. */
export function offsetWords(timeZone: string, at: number): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  const name = parts.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ?? '';
  const offset = name.replace('GMT', '').replace('-', '−');
  return offset === '' ? '+00:00' : offset;
}
