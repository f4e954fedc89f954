// Two periods compared: the second period in the address, and which second periods are worth offering. Pure.

import { monthStart } from "./brush";
import { dayShort, letterOf, monthShort } from "./format";

export const COMPARE_MODES = ["side", "difference"] as const;
export type CompareMode = (typeof COMPARE_MODES)[number];
export const COMPARE_WORDS: Record<CompareMode, string> = { side: "Side by side", difference: "Difference" };

/** The second period `[from, to)`, ISO dates, and how the two are shown. */
export interface Comparing {
  readonly mode: CompareMode;
  readonly from: string;
  readonly to: string;
}

export interface Span {
  readonly from: string;
  readonly to: string;
}

const PERIOD = /^(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})$/;

export function comparingFrom(params: URLSearchParams): Comparing | null {
  const [, from, to] = PERIOD.exec(params.get("with") ?? "") ?? [];
  if (!from || !to || from >= to) return null;
  const mode = COMPARE_MODES.find((one) => one === params.get("compare")) ?? "side";
  return { mode, from, to };
}

export function addComparing(params: URLSearchParams, comparing: Comparing | null): void {
  if (!comparing) return;
  params.set("with", `${comparing.from}..${comparing.to}`);
  params.set("compare", comparing.mode);
}

/** As long a time just before; and the same time a year before, because seasons differ. Only what the history reaches. */
export function suggested(
  { from, to }: Span,
  history: readonly [string, string],
): (Span & { words: string })[] {
  const before = justBefore(from, to);
  const year = { from: yearEarlier(from), to: yearEarlier(to) };
  const options = [
    { ...year, words: `A year before: ${spanWords(year)}` },
    { ...before, words: `Just before: ${spanWords(before)}` },
  ];
  const apart = options.filter((o) => !overlap(o, { from, to }) && o.to > history[0]);
  return apart.filter((o, k) => apart.findIndex((p) => p.from === o.from && p.to === o.to) === k);
}

export function overlap(a: Span, b: Span): boolean {
  return a.from < b.to && b.from < a.to;
}

/** The second period moved by as many months as the first was, so that the two keep their distance. */
export function moved(comparing: Comparing, before: string, now: string): Comparing {
  const by = monthsApart(before, now);
  if (by === null || !wholeMonths(comparing.from, comparing.to)) return comparing;
  return { ...comparing, from: monthStart(comparing.from, by), to: monthStart(comparing.to, by) };
}

/** "Nov 2025 to Oct 2026", "May to Oct 2026", "Nov 2025", or both days. */
export function spanWords({ from, to }: Span): string {
  if (!wholeMonths(from, to)) return `${dayShort(from)} to ${dayShort(dayBefore(to))}`;
  const last = monthStart(to, -1);
  if (from.slice(0, 7) === last.slice(0, 7)) return monthShort(from);
  const first = monthShort(from);
  return `${from.slice(0, 4) === last.slice(0, 4) ? first.slice(0, 3) : first} to ${monthShort(last)}`;
}

function justBefore(from: string, to: string): Span {
  if (!wholeMonths(from, to)) return { from: plusDays(from, -daysBetween(from, to)), to: from };
  return { from: monthStart(from, -(monthsApart(from, to) ?? 0)), to: from };
}

function yearEarlier(day: string): string {
  const year = String(Number(day.slice(0, 4)) - 1).padStart(4, "0");
  return day.slice(5) === "02-29" ? `${year}-02-28` : `${year}${day.slice(4)}`;
}

function wholeMonths(from: string, to: string): boolean {
  return from.endsWith("-01") && to.endsWith("-01");
}

function monthsApart(a: string, b: string): number | null {
  if (!wholeMonths(a, b)) return null;
  return (Number(b.slice(0, 4)) - Number(a.slice(0, 4))) * 12 + Number(b.slice(5, 7)) - Number(a.slice(5, 7));
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

function plusDays(day: string, by: number): string {
  return new Date(Date.parse(day) + by * 86_400_000).toISOString().slice(0, 10);
}

export function dayBefore(day: string): string {
  return plusDays(day, -1);
}

interface Lettered {
  readonly letter: string;
  readonly units: readonly string[];
}

/**
 * Letters for the places of a second period: that of the first period's place with which one shares a unit, each used
 * once; a place of the second period alone goes on after the last letter of the first.
 */
export function sameLetters(first: readonly Lettered[], second: readonly Lettered[]): string[] {
  const taken = new Set<string>();
  let next = first.length;
  return second.map(({ units }) => {
    const same = first.find((f) => !taken.has(f.letter) && f.units.some((unit) => units.includes(unit)));
    const letter = same?.letter ?? letterOf(next++);
    taken.add(letter);
    return letter;
  });
}
