// What colours the map: counts, rates, or people in bands; which can be had, their classes and their words. Pure.

import type { About, Units } from "../api/answers";
import { breakWords, classOf, streetBreaks } from "./classes";
import type { Level, Measure, View } from "./view";

/** Bands of people as the gate tells them: class 1 is fewer than 5; class 0 of a unit with records is not told. */
const BAND_SHORT: readonly string[] = ["<5", "5–9", "10–19", "20–49", "50+"];
/** The class of "we cannot tell": a mark of its own, beyond the six colours. */
export const CANNOT_TELL = 7;
/** The class of a number that is kept back: a white cell with a dash. It is not zero. */
export const WITHHELD = 8;

/** People below the district are told of all agencies together: then the question says so, else it asks for counts. */
export function peopleAsked(view: Pick<View, "measure" | "level" | "agencies" | "categories">): boolean {
  return view.measure === "people" && whyNot(view) === "";
}

/** Why the measure cannot be had here; empty where it can. */
export function whyNot(view: Pick<View, "measure" | "level" | "agencies" | "categories">): string {
  if (view.measure === "rate" && !hasRates(view.level))
    return "Rates need to know who lives there: districts and wards have a population. Here are counts.";
  if (
    view.measure === "people" &&
    view.level !== "district" &&
    view.agencies.length + view.categories.length > 0
  )
    return "Below the district, people are told of all agencies together. Here are counts.";
  return "";
}

export function hasRates(level: Level): boolean {
  return level === "district" || level === "ward";
}

/** The measure that an answer can show: counts where it has no rates, or no people. */
export function measureShown(measure: Measure, units: Units): Measure {
  if (measure === "rate" && units.rate) return "rate";
  return measure === "people" && units.people ? "people" : "count";
}

/** The class of each unit: 1 to 6 by the breaks of the measure, CANNOT_TELL, or WITHHELD; 0 is left out. */
export function classesBy(measure: Measure, units: Units, breaks: readonly number[]): Map<string, number> {
  const found = new Map<string, number>();
  units.code.forEach((code, k) => {
    const its = classAt(measure, units, breaks, k);
    if (its > 0) found.set(code, its);
  });
  return found;
}

function classAt(measure: Measure, units: Units, breaks: readonly number[], k: number): number {
  const count = units.count[k] ?? null;
  if (count === null) return WITHHELD;
  if (measure === "people") return count > 0 ? units.people?.[k] || CANNOT_TELL : 0;
  if (measure === "count") return classOf(count, breaks);
  const rate = units.rate?.[k];
  if (count > 0 && (rate === null || rate === undefined)) return CANNOT_TELL;
  return count > 0 ? classOf(rate ?? 0, breaks) : 0;
}

/** The breaks that colour a level: those the server fixed for it and the period, whatever is filtered. */
export function breaksOf(
  level: Level,
  measure: Measure,
  about: Pick<About, "breaks" | "rate_breaks">,
): readonly number[] {
  if (measure === "rate") return about.rate_breaks;
  return level === "street" ? streetBreaks(about.breaks) : about.breaks;
}

/** Words of the legend's classes from `first` on. Below the district fewer than five are never told. */
export function legendClasses(
  level: Level,
  measure: Measure,
  about: Pick<About, "breaks" | "rate_breaks">,
): { first: number; words: readonly string[] } {
  const few = level === "district" ? 0 : 1;
  if (measure === "people") return { first: 1 + few, words: BAND_SHORT.slice(few) };
  return { first: 1, words: breakWords(breaksOf(level, measure, about), level === "street") };
}

/** What the colours say, before where and when: "Records", "Records per 1,000 residents aged 10–17", "People, at least,". */
export function measuredWords(measure: Measure, counted: string, denominator: string | null): string {
  if (measure === "rate") return `${counted} per 1,000 ${denominator ?? "residents"}`;
  return measure === "people" ? "People, at least," : counted;
}

/** Of a unit of which nothing is said below the district, in the legend, the table and the panel. */
export function untoldWords(level: Level): string {
  return level === "district" ? "cannot tell" : "fewer than 5 or cannot tell: not shown";
}

/** "at least 10 people, perhaps 50 or more": the band of the fewest there can be, then that of the most. */
export function peopleWords(least: string | undefined, most: string | undefined, level: Level): string {
  if (!least || !most) return untoldWords(level);
  if (least === most) return `${least} people`;
  const from = /^\d+/.exec(least)?.[0];
  return from ? `at least ${from} people, perhaps ${most}` : `perhaps ${least} people, perhaps ${most}`;
}
