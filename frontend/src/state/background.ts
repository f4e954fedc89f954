// What hotspots are tested against: the choices, and which one an answer used, in words. Pure.

import { sentenceCase } from "./format";

/** The word of the address; empty leaves it to the question. */
export const BACKGROUNDS = ["", "records", "children", "even", "past"] as const;
export type Background = (typeof BACKGROUNDS)[number];

export const BACKGROUND_WORDS: Record<Background, string> = {
  "": "What suits the question",
  records: "All records here",
  children: "Children living here",
  even: "Spread evenly over the county",
  past: "The place’s own past",
};

/** As they stand after "Tested against". */
const NAMED: Record<Exclude<Background, "">, string> = {
  records: "all records here",
  children: "the children living here",
  even: "an even spread over the county",
  past: "the place’s own past",
};

export interface Compared {
  background?: string;
  background_why?: string;
  stands_on?: string;
  sentence: string;
}

export function backgroundFrom(text: string | null): Background {
  return BACKGROUNDS.find((one) => one === text) ?? "";
}

/** "Tested against all records here, because a theme was chosen." Empty where the answer names none. */
export function comparedSentence({ background, background_why: why }: Compared): string {
  const used = backgroundFrom(background ?? "");
  if (!used) return "";
  return ended(`Tested against ${NAMED[used]}${why ? `, ${why}` : ""}`);
}

/** What else has to be said of the comparison: what its figures stand on. */
export function standsOn({ stands_on: words }: Compared): string {
  return words ? ended(sentenceCase(words)) : "";
}

function ended(words: string): string {
  return words.endsWith(".") ? words : `${words}.`;
}
