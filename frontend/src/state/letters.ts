// Which place a letter stands for, from one question to the next: who is followed, and what is to be said. Pure.

import { getResolution, isValidCell, latLngToCell } from "h3-js";

export interface Lettered {
  readonly letter: string;
  readonly name: string;
  readonly code: string;
  readonly units: readonly string[];
  readonly lon: number;
  readonly lat: number;
}

const MOST_SAID = 3;

/** After the question changed: the hotspot that holds the peak of the one followed, on streets as on hexagons. */
export function followedIn<T extends Lettered>(followed: Lettered, now: readonly T[]): T | null {
  const same = now.find((one) => one.units.includes(followed.code));
  return same ?? now.find((one) => lies(followed, one) || lies(one, followed)) ?? null;
}

/** Whether a place has its point in one of the other's hexagons. */
function lies(place: Lettered, other: Lettered): boolean {
  const [unit] = other.units;
  if (!unit || !isValidCell(unit) || isValidCell(place.code)) return false;
  return other.units.includes(latLngToCell(place.lat, place.lon, getResolution(unit)));
}

/** What became of the letters and of the place that was chosen; "" where each place kept its own. */
export function letterChange(
  before: readonly Lettered[],
  now: readonly Lettered[],
  chosen: Lettered | null,
): string {
  const kept = chosen && followedIn(chosen, now);
  const own = chosen ? ofChosen(chosen, kept) : "";
  const were = new Map(before.map((one) => [one.letter, one]));
  const moved = now.filter((one) => {
    const was = were.get(one.letter);
    return was !== undefined && one.letter !== kept?.letter && followedIn(was, [one]) === null;
  });
  const said = moved
    .slice(0, MOST_SAID)
    .map((one, k) => `${one.letter} ${k === 0 ? "is now " : ""}${one.name}`);
  const more = moved.length > MOST_SAID ? ", and others too" : "";
  const letters = said.length > 0 ? `Letters have changed: ${said.join(", ")}${more}.` : "";
  return [own, letters].filter(Boolean).join(" ");
}

function ofChosen({ letter, name }: Lettered, kept: Lettered | null): string {
  if (!kept) return `${letter}, ${name}, is no hotspot in this view.`;
  const called = [kept.letter === letter ? "" : kept.letter, kept.name === name ? "" : kept.name].filter(
    Boolean,
  );
  if (called.length === 0) return "";
  return `${letter}, ${name}, is ${called.join(", ")}${called.length > 1 ? "," : ""} in this view.`;
}
