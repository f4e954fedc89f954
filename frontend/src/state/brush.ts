// The period brush: whole months on a line of bars. Pure.

/** Half-open run of months, by their place in the history. */
export interface MonthRun {
  readonly first: number;
  readonly end: number;
}

export type Grip = "first" | "end" | "whole";

/** First day of the month n months after `month` ("2025-11", 1 → "2025-12-01"). */
export function monthStart(month: string, n = 0): string {
  const [year, index] = month.split("-").map(Number);
  const total = (year ?? 0) * 12 + (index ?? 1) - 1 + n;
  return `${Math.floor(total / 12)}-${String((total % 12) + 1).padStart(2, "0")}-01`;
}

/** Whole months that hold the period `[from, to)`, cut to the history. */
export function runOf(months: readonly string[], from: string, to: string): MonthRun {
  const first = months.findIndex((m) => monthStart(m, 1) > from);
  const end = months.filter((m) => monthStart(m) < to).length;
  if (first < 0 || end <= first) return { first: Math.max(0, months.length - 1), end: months.length };
  return { first, end };
}

export function periodOf(months: readonly string[], run: MonthRun): { from: string; to: string } | null {
  const [first, last] = [months[run.first], months[run.end - 1]];
  return first && last ? { from: monthStart(first), to: monthStart(last, 1) } : null;
}

/** The run after a grip moved by `by` months: never empty, never outside the history. */
export function dragged(run: MonthRun, grip: Grip, by: number, size: number): MonthRun {
  if (grip === "first") return { first: clamp(run.first + by, 0, run.end - 1), end: run.end };
  if (grip === "end") return { first: run.first, end: clamp(run.end + by, run.first + 1, size) };
  const shift = clamp(by, -run.first, size - run.end);
  return { first: run.first + shift, end: run.end + shift };
}

/** The run drawn out by a drag over empty ground, from one month to another in either direction. */
export function drawn(a: number, b: number, size: number): MonthRun {
  const [x, y] = [clamp(a, 0, size - 1), clamp(b, 0, size - 1)];
  return { first: Math.min(x, y), end: Math.max(x, y) + 1 };
}

/** How far a key moves a grip: arrows a month, page keys a year. Zero for any other key. */
export function keySteps(key: string): number {
  const steps: Record<string, number> = {
    ArrowLeft: -1,
    ArrowDown: -1,
    ArrowRight: 1,
    ArrowUp: 1,
    PageDown: -12,
    PageUp: 12,
    Home: -1000,
    End: 1000,
  };
  return steps[key] ?? 0;
}

/**
 * The default period: the last twelve months of the history that are over by `today` (an ISO day), or all of it when it
 * is shorter. A month that still runs would look like a fall.
 */
export function lastYear(full: readonly [string, string], today: string): { from: string; to: string } {
  const [start, last] = full;
  const over = monthStart(today.slice(0, 7), 0);
  const end = last > today && over > start ? over : last;
  const from = monthStart(end.slice(0, 7), -12);
  return { from: [from, start].sort()[1] ?? start, to: end };
}

function clamp(n: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, n));
}
