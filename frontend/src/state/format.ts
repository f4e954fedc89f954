// Words for numbers and dates, as readers say them. Pure.

import type { Counted } from "./view";

const MONTHS = "January February March April May June July August September October November December".split(
  " ",
);

export function counted(n: number, one: string, many = `${one}s`): string {
  return `${number(n)} ${n === 1 ? one : many}`;
}

/** What an answer counts, with its number: "2,501 linked events". */
export function tellings(n: number, of: Counted): string {
  return counted(n, of === "events" ? "linked event" : "record");
}

/** "records", or "linked events", without a number. */
export function countedNoun(of: Counted): string {
  return of === "events" ? "linked events" : "records";
}

export function sentenceCase(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function number(n: number): string {
  return n.toLocaleString("en-GB");
}

export function rate(n: number | null): string {
  return n === null ? "" : n.toLocaleString("en-GB", { maximumFractionDigits: 1, minimumFractionDigits: 1 });
}

/** "August 2025: silent, not quiet. Education sent nothing." */
export function silentWords(month: string, feeds: readonly string[]): string {
  return `${monthLong(month)}: silent, not quiet. ${feeds.join(", ")} sent nothing.`;
}

/** "Nov 2025" */
export function monthShort(month: string): string {
  return `${monthName(month).slice(0, 3)} ${month.slice(0, 4)}`;
}

export function monthLong(month: string): string {
  return `${monthName(month)} ${month.slice(0, 4)}`;
}

function monthName(month: string): string {
  return MONTHS[Number(month.slice(5, 7)) - 1] ?? "";
}

/** The half-open period as readers say it: "12 months to 31 October 2026", else both ends. */
export function periodWords(from: string, to: string): string {
  const months = monthsBetween(from, to);
  const last = dayBefore(to);
  if (months === 1) return monthLong(from);
  if (months !== null) return `${months} months to ${dayWords(last)}`;
  return `${dayWords(from)} to ${dayWords(last)}`;
}

/** "in 12 months", for the legend. */
export function periodShort(from: string, to: string): string {
  const months = monthsBetween(from, to);
  if (months === null) return periodWords(from, to);
  return months === 1 ? `in ${monthLong(from)}` : `in ${months} months`;
}

function monthsBetween(from: string, to: string): number | null {
  if (!from.endsWith("-01") || !to.endsWith("-01")) return null;
  return (
    (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 +
    Number(to.slice(5, 7)) -
    Number(from.slice(5, 7))
  );
}

export function dayWords(day: string): string {
  return `${Number(day.slice(8, 10))} ${monthName(day)} ${day.slice(0, 4)}`;
}

/** "1 Apr 2026" */
export function dayShort(day: string): string {
  return `${Number(day.slice(8, 10))} ${monthShort(day)}`;
}

function dayBefore(day: string): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() - 1);
  return at.toISOString().slice(0, 10);
}

export function distances(metres: readonly number[]): string {
  const sorted = [...metres].sort((a, b) => a - b).map((m) => Math.round(m / 10) * 10);
  if (sorted.length === 0) return "";
  if (sorted.length <= 3) return `${sorted.join(", ")} m`;
  return `${sorted[0]} to ${sorted[sorted.length - 1]} m`;
}

export function letterOf(index: number): string {
  const tail = String.fromCharCode(65 + (index % 26));
  return index < 26 ? tail : letterOf(Math.floor(index / 26) - 1) + tail;
}
