// What stands behind a hotspot, in words: how many people, since when, how steady, who tells of it. Pure.

import { counted, monthLong, sentenceCase } from "./format";

export interface Behind {
  people?: string;
  since?: string;
  stays?: number | null;
  agencies?: readonly string[];
  discovered?: number;
  unknown?: number;
}

export interface Concern {
  letter: string;
  people: string;
}

/** "At least 50 people.", in bands as the gate says it, or "Perhaps fewer than 5 people, perhaps 10 to 19; …". */
export function peopleSentence({ people }: Behind): string {
  return people ? `${sentenceCase(people)}.` : "";
}

/** The share of redrawn maps in which the place is hot again, as a count of a hundred. */
export function staysSentence({ stays }: Behind): string {
  if (stays === null || stays === undefined) return "";
  return `It stays a hotspot in ${Math.round(stays * 100)} of 100 redraws of uncertain locations.`;
}

/** "3 of 7 agencies". */
export function tellersWords({ agencies }: Behind, all: number): string {
  if (!agencies || agencies.length === 0) return "";
  return `${agencies.length} of ${counted(all, "agency", "agencies")}`;
}

/** Each a sentence, what matters most first. */
export function behindSentences(behind: Behind, all: number): string[] {
  const tellers = tellersWords(behind, all);
  const { since, discovered = 0, unknown = 0 } = behind;
  return [
    peopleSentence(behind),
    tellers && `Told by ${tellers}.`,
    since ? `More than its own past since ${monthLong(since)}.` : "",
    staysSentence(behind),
    discovered > 0
      ? `${counted(discovered, "record")} that our own work discovered here took no part in the test.`
      : "",
    unknown > 0
      ? `Of ${counted(unknown, "record")} it is not known how they came to light; they are kept.`
      : "",
  ].filter(Boolean);
}

/** What is said in place of a hotspot that would point to somebody: never a place. */
export function concernSentence({ people }: Concern): string {
  return `${sentenceCase(people)}.`;
}
