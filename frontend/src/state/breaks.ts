// Where a change of definition falls on a row of months. Pure.

/** The day in months since the first month's first day (1.5: the middle of the second); null where it is on neither. */
export function breakPlace(months: readonly string[], day: string): number | null {
  const k = months.indexOf(day.slice(0, 7));
  if (k < 0) return null;
  const length = new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 0)).getUTCDate();
  return k + (Number(day.slice(8, 10)) - 1) / length;
}
