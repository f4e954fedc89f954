// Playing by month: which window comes next, and what must be said while a month passes. Pure.

import type { Months } from "../api/answers";
import { type MonthRun, monthStart, runOf } from "./brush";

export const WINDOWS = [1, 3, 12] as const;
export type Window = (typeof WINDOWS)[number];
export const WINDOW_WORDS: Record<Window, string> = { 1: "one month", 3: "3 months", 12: "12 months" };
export const MONTH_MS = 700;

/** The window as long as a period; one month where no window is. */
export function windowOf(from: string, to: string): Window {
  return WINDOWS.find((n) => monthStart(from.slice(0, 7), n) === to && from.endsWith("-01")) ?? 1;
}

/** The window that ends with month `last`, cut to the history. */
export function windowEnding(last: number, window: number, size: number): MonthRun {
  const end = Math.min(Math.max(last, 0), size - 1) + 1;
  return { first: Math.max(0, end - window), end };
}

/** The window one step on or back from where a period ends; null where the history is over. */
export function stepped(
  months: readonly string[],
  [from, to]: readonly [string, string],
  by: 1 | -1,
  window: number,
): MonthRun | null {
  const next = runOf(months, from, to).end - 1 + by;
  return next < 0 || next >= months.length ? null : windowEnding(next, window, months.length);
}

/** Where playing begins: after the period shown, or at the first whole window where that is the last. */
export function firstFrame(
  months: readonly string[],
  period: readonly [string, string],
  window: number,
): MonthRun {
  return stepped(months, period, 1, window) ?? windowEnding(window - 1, window, months.length);
}

/** The busiest window of the run: its classes serve every frame, so that no colour changes its meaning. */
export function busiest(count: readonly (number | null)[], window: number): MonthRun {
  const sum = (run: MonthRun) => count.slice(run.first, run.end).reduce<number>((n, c) => n + (c ?? 0), 0);
  const runs = count.map((_, k) => windowEnding(k, window, count.length));
  return runs.reduce((a, b) => (sum(b) > sum(a) ? b : a), windowEnding(0, window, count.length));
}

/** What is said while a month passes: who is silent, and what was counted otherwise from then on. */
export function passing(month: string, { silent, breaks }: Months): { silence: string; change: string } {
  const feeds = silent?.find((one) => one.month === month)?.feeds ?? [];
  const named = (breaks ?? []).filter((b) => b.day >= monthStart(month) && b.day < monthStart(month, 1));
  return {
    silence: feeds.length > 0 ? `Silent: ${feeds.join(", ")}.` : "",
    change: named.map((b) => `${b.name}.`).join(" "),
  };
}
