// What changed between two periods: classes to draw, words to say. Pure.

import type { Change } from "../api/change";
import { counted, number, sentenceCase } from "./format";
import type { Counted } from "./view";

/** Classes on the map: 101 (halved or less) to 107 (doubled or more), 104 between; 108 cannot be compared. */
export const NO_DIFFERENCE = 104;
export const NOT_COMPARED = 108;

export const STRENGTH_WORDS: readonly string[] = [
  "halved or less",
  "fewer by a third or more",
  "fewer",
  "no difference we can tell",
  "more",
  "more by half or more",
  "doubled or more",
];

export function changeClass(strength: number | null): number {
  return strength === null ? NOT_COMPARED : NO_DIFFERENCE + strength;
}

export function changeClasses({ units }: Change): Map<string, number> {
  return new Map(units.code.map((code, k) => [code, changeClass(units.strength[k] ?? null)]));
}

export interface Place {
  readonly code: string;
  readonly name: string;
  readonly earlier: number;
  readonly later: number;
  readonly comparedEarlier: number;
  readonly comparedLater: number;
  readonly ratio: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly strength: number | null;
}

export function placesOf({ units }: Change): Place[] {
  return units.code.map((code, k) => ({
    code,
    name: units.name[k] ?? code,
    earlier: units.earlier[k] ?? 0,
    later: units.later[k] ?? 0,
    comparedEarlier: units.compared_earlier[k] ?? 0,
    comparedLater: units.compared_later[k] ?? 0,
    ratio: units.ratio[k] ?? null,
    low: units.low[k] ?? null,
    high: units.high[k] ?? null,
    strength: units.strength[k] ?? null,
  }));
}

export function stateWords(strength: number | null): string {
  return strength === null ? "cannot be compared" : (STRENGTH_WORDS[strength + 3] ?? "");
}

/** "Records fell by 9, from 20 to 11. We cannot tell this from chance." */
export function changeSentences(place: Place, of: Counted): string[] {
  const noun = of === "events" ? "linked events" : "records";
  const whole = moveWords(place.earlier, place.later, noun);
  const left = place.earlier + place.later - place.comparedEarlier - place.comparedLater;
  if (place.strength === null) return [`${whole} This cannot be compared: ${LEFT_OUT}`];
  const rest =
    left > 0
      ? [
          `Without feeds that cannot be compared: ${number(place.comparedEarlier)} and ${number(place.comparedLater)}.`,
        ]
      : [];
  if (place.strength === 0) return [whole, ...rest, "We cannot tell this from chance.", ...limits(place)];
  return [whole, ...rest, "Chance seldom does this.", ...limits(place)];
}

const LEFT_OUT =
  "most of them come from a feed that was silent, or counted otherwise, in one of the periods.";

function moveWords(earlier: number, later: number, noun: string): string {
  if (earlier === later) return `${sentenceCase(noun)} stayed at ${number(later)}.`;
  const way = later > earlier ? "rose" : "fell";
  const by = Math.abs(later - earlier);
  return `${sentenceCase(noun)} ${way} by ${number(by)}, from ${number(earlier)} to ${number(later)}.`;
}

function limits({ low, high, comparedEarlier, comparedLater }: Place): string[] {
  if (low === null && high === null) return [];
  if (comparedEarlier + comparedLater === 0) return [];
  const factor = (n: number) => n.toLocaleString("en-GB", { maximumFractionDigits: n < 10 ? 2 : 0 });
  if (high === null)
    return [`Allowing for chance, at least ${factor(low ?? 0)} times as many a day as before.`];
  if (!low) return [`Allowing for chance, at most ${factor(high)} times as many a day as before.`];
  return [`Allowing for chance, between ${factor(low)} and ${factor(high)} times as many a day as before.`];
}

export interface Tally {
  readonly fewer: number;
  readonly same: number;
  readonly more: number;
  readonly notCompared: number;
}

export function tallyOf({ units }: Change): Tally {
  const is = (test: (s: number | null) => boolean) => units.strength.filter(test).length;
  return {
    fewer: is((s) => s !== null && s < 0),
    same: is((s) => s === 0),
    more: is((s) => s !== null && s > 0),
    notCompared: is((s) => s === null),
  };
}

/** "3 places have more, 1 has fewer; 40 show no difference we can tell." */
export function tallyWords({ fewer, same, more, notCompared }: Tally): string {
  const have = (n: number, words: string) => `${counted(n, "place")} ${n === 1 ? "has" : "have"} ${words}`;
  const told = [
    more > 0 && have(more, "more"),
    fewer > 0 && have(fewer, "fewer"),
    same > 0 && `${counted(same, "place")} ${same === 1 ? "shows" : "show"} no difference we can tell`,
    notCompared > 0 && `${counted(notCompared, "place")} cannot be compared`,
  ].filter((one) => one !== false);
  return told.length > 0 ? `${told.join(", ")}.` : "Nothing was recorded in either period.";
}
