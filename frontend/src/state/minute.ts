// A minute being written beside the map: what it is about, and what there is to choose. Pure.

import { getResolution } from "h3-js";
import type { Selection } from "./view";

export interface MinuteOffered {
  meetings: { number: number; words: string }[];
  meeting: number;
  name: string;
  place: number | null;
  item: number | null;
  about_place: boolean;
  /** Which agencies read of it that are told less; "" for none. */
  read_by: string;
  /** Under what it is found on the meeting's page. */
  stands: string;
  text: string;
  version: number;
  before: { words: string; text: string }[];
  /** Places that the meeting's list had and does not tell of since it was restated, where the minute stands under it. */
  lost: { letter: string; name: string; why: string }[];
  agenda: { number: number; words: string }[];
  places: { number: number; name: string }[];
}

/** What somebody else saved meanwhile. */
export interface Meanwhile {
  readonly now: string;
  readonly version: number;
}

/** The words that name a unit; null for one that no place can be drawn as: a ward, a district, an anchor point. */
export function unitWords(selected: Selection, segments: boolean): URLSearchParams | null {
  if (selected.kind !== "unit") return null;
  const { level, code } = selected;
  if (level === "street") return segments ? new URLSearchParams({ unit: code, unit_level: level }) : null;
  if (level !== "cell") return null;
  const resolution = getResolution(code);
  if (resolution < 8 || resolution > 10) return null;
  return new URLSearchParams({ unit: code, unit_level: `cell:${resolution}` });
}

/** What is chosen in the list: "chosen" is what the map has chosen, "item:4" an item, "place:2" a named place. */
export function aboutQuery(about: string, chosen: URLSearchParams | null, meeting: number | null): string {
  const [kind = "", number = ""] = about.split(":");
  const named = kind === "item" || kind === "place";
  const query = named ? new URLSearchParams({ [kind]: number }) : new URLSearchParams(chosen ?? undefined);
  if (meeting !== null) query.set("meeting", String(meeting));
  return query.toString();
}

/** What the list shows as chosen. */
export function aboutOf(about: string, offered: MinuteOffered): string {
  if (about !== "" || offered.about_place) return about || "chosen";
  return offered.item === null ? "" : `item:${offered.item}`;
}

/** What a refused save says somebody else wrote; null for any other refusal. */
export function meanwhileOf(status: number, told: unknown): Meanwhile | null {
  if (status !== 409 || typeof told !== "object" || told === null) return null;
  const { now, version } = told as { now?: unknown; version?: unknown };
  return typeof now === "string" && typeof version === "number" ? { now, version } : null;
}
