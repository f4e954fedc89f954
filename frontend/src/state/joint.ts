// Joint insight: which places the agencies that are on still show, and what that means in words. Pure.

import type { About } from "../api/answers";
import { counted, number } from "./format";

export interface JointAgency {
  readonly code: string;
  readonly name: string;
  readonly events: number;
  readonly told_alone: number;
  readonly hotspots: number;
  readonly lost_without: number;
}

export interface OtherAgency {
  readonly code: string;
  readonly name: string;
  readonly why: string;
}

export interface JointPlace {
  readonly id: number;
  readonly letter: string;
  readonly name: string;
  readonly ward: string;
  readonly district: string;
  readonly code: string;
  readonly units: readonly string[];
  readonly count: number;
  readonly people: string;
  readonly alone: readonly string[];
  readonly joined_only: boolean;
  readonly gone_without: readonly string[];
  readonly lon: number;
  readonly lat: number;
  readonly shares: Readonly<Record<string, number | null>>;
}

export interface JointAnswer {
  readonly about: About & {
    readonly sentence: string;
    readonly withheld: readonly string[];
    readonly events_of_several: number;
    readonly tellings_of_several: number;
    readonly left_out_of_test: string;
  };
  readonly agencies: readonly JointAgency[];
  readonly others: readonly OtherAgency[];
  readonly places: readonly JointPlace[];
  readonly concerns: readonly { letter: string; people: string }[];
  readonly bits: readonly string[];
  readonly shows: readonly (readonly number[])[];
  readonly without_place: readonly number[];
  readonly agreement: readonly {
    agency: string;
    beside: string;
    alike: number | null;
    differing: number | null;
  }[];
}

/** What is switched off; or every agency by itself. */
export interface Switches {
  readonly off: readonly string[];
  readonly each: boolean;
}

/** `unknown`: this group was not tried, and must be asked for. */
export type Standing = "stays" | "gone" | "unknown";

export function groupOf(bits: readonly string[], off: readonly string[]): number {
  return bits.reduce((group, code, at) => (off.includes(code) ? group : group | (1 << at)), 0);
}

/** The places that the agencies left still show; null where the answer does not tell this group. */
export function shownBy(answer: JointAnswer, off: readonly string[]): ReadonlySet<number> | null {
  const known = off.filter((code) => answer.bits.includes(code));
  if (known.length === 0) return new Set(answer.places.map((one) => one.id));
  if (known.length === answer.bits.length) return new Set();
  const told = answer.shows[groupOf(answer.bits, known)];
  if (told) return new Set(told);
  const [only] = known;
  if (known.length > 1 || only === undefined) return null;
  return new Set(answer.places.filter((one) => !one.gone_without.includes(only)).map((one) => one.id));
}

/** Each place by itself: those that at least one agency sees alone stay, in the picture of each alone. */
export function standings(
  answer: JointAnswer,
  { off, each }: Switches,
  asked: ReadonlySet<number> | null = null,
): Map<number, Standing> {
  const shown = each ? new Set(answer.places.filter((p) => !p.joined_only).map((p) => p.id)) : null;
  const kept = shown ?? shownBy(answer, off) ?? asked;
  const standing = (id: number): Standing => (kept === null ? "unknown" : kept.has(id) ? "stays" : "gone");
  return new Map(answer.places.map((one) => [one.id, standing(one.id)]));
}

/** How many more places would go if this agency were off too; or, off, how many it took along. Null: not known. */
export function takesAlong(answer: JointAnswer, off: readonly string[], code: string): number | null {
  const rest = off.filter((one) => one !== code);
  const [with_, without] = [shownBy(answer, rest), shownBy(answer, [...rest, code])];
  if (!with_ || !without) return null;
  return [...with_].filter((id) => !without.has(id)).length;
}

/** Under an agency's name: "without it, 1 place goes". */
export function switchWords(
  answer: JointAnswer,
  { off, each }: Switches,
  { code, hotspots }: JointAgency,
  silent: boolean,
): string {
  if (each) return `by itself, ${hotspots === 0 ? "no place" : counted(hotspots, "place")}`;
  const many = takesAlong(answer, off, code);
  if (off.includes(code)) return offWords(many);
  const also = off.length > 0 ? " too" : "";
  if (silent) return `part silent; ${many === null ? "some" : many || "none"} would go`;
  if (many === null) return `turn it off to see what goes`;
  if (many === 0) return `without it${also}, none go`;
  return `without it${also}, ${counted(many, "place")} ${many === 1 ? "goes" : "go"}`;
}

function offWords(many: number | null): string {
  if (many === null) return "off";
  if (many === 0) return "off: nothing has gone";
  return `off: ${counted(many, "place")} ${many === 1 ? "has" : "have"} gone`;
}

/** Names that two places share are told with their ward. */
export function placeNames(places: readonly JointPlace[]): Map<number, string> {
  const times = new Map<string, number>();
  for (const { name } of places) times.set(name, (times.get(name) ?? 0) + 1);
  return new Map(
    places.map((one) => [
      one.id,
      (times.get(one.name) ?? 0) > 1 && one.ward ? `${one.name}, ${one.ward}` : one.name,
    ]),
  );
}

export function listed(words: readonly string[], last = "and"): string {
  if (words.length < 2) return words[0] ?? "";
  return `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1)}`;
}

/** The finding, first: "Without Return interviews, we lose Whitstow Bridge." */
export function headline(
  answer: JointAnswer,
  switches: Switches,
  standing: ReadonlyMap<number, Standing>,
): string {
  const { places } = answer;
  if (places.length === 0) return "No place that may be named passes with these choices.";
  if (switches.each) return eachHeadline(places);
  if (switches.off.length === 0) return togetherHeadline(places);
  const without = listed(namesOf(answer, switches.off), "or");
  if ([...standing.values()].includes("unknown")) return `Without ${without}: asking what is left.`;
  const gone = places.filter((one) => standing.get(one.id) === "gone");
  if (gone.length === 0) return `Without ${without}, we lose none of these places.`;
  if (gone.length === places.length && gone.length > 1) return `Without ${without}, we lose every place.`;
  const names = placeNames(places);
  const lost =
    gone.length > 2 ? `${spoken(gone.length)} places` : listed(gone.map((one) => names.get(one.id) ?? ""));
  return `Without ${without}, we lose ${lost}.`;
}

function eachHeadline(places: readonly JointPlace[]): string {
  const unseen = places.filter((one) => one.joined_only).length;
  if (unseen === 0) return "Each place is seen by at least one agency alone.";
  return `Each alone, we miss ${unseen === places.length ? "every place" : placesWords(unseen)}.`;
}

function togetherHeadline(places: readonly JointPlace[]): string {
  const only = places.filter((one) => one.joined_only);
  if (only.length === 0) return `Together we see ${placesWords(places.length)}.`;
  const [one] = only;
  if (only.length === 1 && one)
    return `Only our joined records show ${placeNames(places).get(one.id) ?? one.name}.`;
  return `Only our joined records show ${spoken(only.length)} of ${placesWords(places.length)}.`;
}

export function namesOf(answer: JointAnswer, codes: readonly string[]): string[] {
  return answer.agencies.filter((one) => codes.includes(one.code)).map((one) => one.name);
}

/** Under the headline: how many pass joined, how many no single agency could see, how many cannot be judged. */
export function leadWords(
  answer: JointAnswer,
  unsure: number,
): { passes: string; unseen: string; unsure: string } {
  const all = answer.places.length;
  const only = answer.places.filter((one) => one.joined_only).length;
  return {
    passes: `${sentenceNumber(all)} ${all === 1 ? "place passes" : "places pass"} with everything joined.`,
    unseen:
      only === 0
        ? "Each is seen by at least one agency alone."
        : `${sentenceNumber(only)} of them no single agency could see.`,
    unsure:
      unsure === 0 ? "" : `At ${spoken(unsure)} of them a feed is silent: less may be known than there is.`,
  };
}

const SPOKEN = "none one two three four five six seven eight nine ten eleven twelve".split(" ");

export function spoken(n: number): string {
  return SPOKEN[n] ?? number(n);
}

function placesWords(n: number): string {
  return `${spoken(n)} ${n === 1 ? "place" : "places"}`;
}

function sentenceNumber(n: number): string {
  const word = n === 0 ? "no" : spoken(n);
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** Side of a square whose area is the share, px; 0 where a dot stands for none. */
export function squareSide(share: number | null | undefined, most = 26): number {
  if (!share || share < 0.005) return 0;
  return Math.max(4, Math.round(most * Math.sqrt(Math.min(share, 1)) * 10) / 10);
}

/** A share as people say it: "about half". */
export function shareWords(share: number): string {
  const known: [number, string][] = [
    [0.05, "little"],
    [0.1, "a tenth"],
    [0.25, "a quarter"],
    [1 / 3, "a third"],
    [0.5, "half"],
    [2 / 3, "two thirds"],
    [0.75, "three quarters"],
    [0.9, "most"],
    [1, "nearly all"],
  ];
  const nearest = known.reduce((a, b) => (Math.abs(b[0] - share) < Math.abs(a[0] - share) ? b : a));
  return nearest[1];
}

export interface Ask {
  readonly agency: string;
  readonly question: string;
}

/** What to ask an agency: of what has gone with those that are off, or else of what rests most on one. */
export function askOf(
  answer: JointAnswer,
  { off }: Switches,
  standing: ReadonlyMap<number, Standing>,
): Ask | null {
  const gone = answer.places.filter((one) => standing.get(one.id) === "gone");
  const from =
    off.length > 0 && gone.length > 0 ? gone : answer.places.filter((p) => p.gone_without.length > 0);
  let best: { place: JointPlace; agency: string; share: number } | null = null;
  for (const place of from)
    for (const code of off.length > 0 && gone.length > 0 ? off : place.gone_without) {
      const share = place.shares[code] ?? 0;
      if (share > 0 && share > (best?.share ?? 0)) best = { place, agency: code, share };
    }
  if (!best) return null;
  const name = namesOf(answer, [best.agency])[0] ?? best.agency;
  const where = placeNames(answer.places).get(best.place.id) ?? best.place.name;
  return {
    agency: name,
    question: `${shareWords(best.share)} of what shows us ${where} comes from you. Is it still arriving?`,
  };
}

/** One event told to two agencies is counted once. */
export function linkedWords({
  events_of_several: events,
  tellings_of_several: told,
}: JointAnswer["about"]): string {
  const rule = "One event told to two agencies is counted once.";
  if (events === 0) return rule;
  return `${rule} Joining adds sight, not numbers: ${number(told)} tellings were linked to ${counted(events, "event")}.`;
}

/** A whole number of percent, for the table. */
export function percentWords(share: number | null | undefined): string {
  if (share === null || share === undefined) return "";
  return `${Math.round(share * 100)}%`;
}
