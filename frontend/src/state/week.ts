// Hours and weekdays: words for the address and for readers, and the brush over the 7 × 24 grid. Pure.

import type { Run } from "./view";

export const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export const DAY_NAMES = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

const LEAST_SIDE = 0.36;

/** Side of an hour's mark as a share of its cell: the area follows its share of the busiest hour; whole where there is none. */
export function sideOf(count: number, most: number): number {
  return count === 0 ? 1 : Math.max(LEAST_SIDE, Math.sqrt(Math.min(1, count / most)));
}

export interface GridCell {
  readonly day: number;
  readonly hour: number;
}

/** Both ends count, as the API and the command line read it: 15:00–17:00 is `15-16`. */
export function hoursWord(run: Run): string {
  return run.end - run.first === 1 ? `${run.first}` : `${run.first}-${run.end - 1}`;
}

export function parseHours(text: string | null): Run | null {
  const match = /^(\d{1,2})(?:-(\d{1,2}))?$/.exec(text ?? "");
  if (!match) return null;
  return sane({ first: Number(match[1]), end: Number(match[2] ?? match[1]) + 1 }, 24);
}

export function weekdaysWord(run: Run): string {
  const [first, last] = [DAYS[run.first], DAYS[run.end - 1]];
  return first === last ? `${first}` : `${first}-${last}`;
}

export function parseWeekdays(text: string | null): Run | null {
  const [first, last] = (text ?? "").toLowerCase().split("-");
  const names: readonly string[] = DAYS;
  const start = names.indexOf(first ?? "");
  const end = names.indexOf(last ?? first ?? "");
  return start < 0 || end < 0 ? null : sane({ first: start, end: end + 1 }, 7);
}

/** A run that covers everything is no filter at all. */
function sane(run: Run, size: number): Run | null {
  if (run.first < 0 || run.end > size || run.first >= run.end) return null;
  return run.first === 0 && run.end === size ? null : run;
}

/** The two runs covered by a drag from one grid cell to another, in either direction. */
export function brushed(a: GridCell, b: GridCell): { hours: Run | null; weekdays: Run | null } {
  return {
    hours: sane({ first: Math.min(a.hour, b.hour), end: Math.max(a.hour, b.hour) + 1 }, 24),
    weekdays: sane({ first: Math.min(a.day, b.day), end: Math.max(a.day, b.day) + 1 }, 7),
  };
}

export function moved(cell: GridCell, key: string): GridCell {
  const { day, hour } = cell;
  if (key === "ArrowLeft") return { day, hour: Math.max(0, hour - 1) };
  if (key === "ArrowRight") return { day, hour: Math.min(23, hour + 1) };
  if (key === "ArrowUp") return { day: Math.max(0, day - 1), hour };
  if (key === "ArrowDown") return { day: Math.min(6, day + 1), hour };
  if (key === "Home") return { day, hour: 0 };
  if (key === "End") return { day, hour: 23 };
  return cell;
}

/** "Weekdays 15:00–17:00", "Saturday and Sunday", "22:00–24:00". Empty when nothing is filtered. */
export function weekSentence(hours: Run | null, weekdays: Run | null): string {
  return [weekdays ? daysSentence(weekdays) : "", hours ? hoursSentence(hours) : ""]
    .filter(Boolean)
    .join(" ");
}

function hoursSentence(run: Run): string {
  return `${String(run.first).padStart(2, "0")}:00–${String(run.end).padStart(2, "0")}:00`;
}

function daysSentence(run: Run): string {
  if (run.first === 0 && run.end === 5) return "Weekdays";
  if (run.first === 5 && run.end === 7) return "Weekends";
  const [first, last] = [DAY_NAMES[run.first] ?? "", DAY_NAMES[run.end - 1] ?? ""];
  return first === last ? first : `${first} to ${last}`;
}
