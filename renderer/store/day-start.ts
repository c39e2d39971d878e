/** Start of the local day that holds an instant, ms since epoch. */
export function dayStart(at: number): number {
  const day = new Date(at);
  day.setHours(0, 0, 0, 0);
  return day.getTime();
}

/** Start of the next local day; days have 23 to 25 hours where the clock is changed. */
export function nextDayStart(at: number): number {
  const day = new Date(at);
  day.setHours(24, 0, 0, 0);
  return day.getTime();
}
