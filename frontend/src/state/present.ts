// The presentation as a value: which slides there are, which key leads where, what stands on the stamp. Pure.

import type { Trace } from "../api/answers";

export interface PresentPlace {
  letter: string;
  name: string;
  where: string;
  since: string;
  sees: string;
  chance: string;
  people: string;
  /** The leading themes in words; empty where none may be told. */
  harm: string;
  around: { class: string; label: string; n: number }[];
  question: string;
  lon: number;
  lat: number;
  outline: GeoJSON.Geometry | null;
}

/** What /api/present tells: nothing in it may not be seen from the corridor. */
export interface Present {
  about: {
    county: string;
    quadrant: string;
    period: string;
    since: string;
    version: number;
    at: string;
    /** The meeting whose kept answers these are; null for what is known today. */
    frozen: { meeting: number; words: string; stamp: string } | null;
    notes: string[];
    bbox: [number, number, number, number] | null;
    basemap: string | null;
    traces: Trace[];
  };
  places: PresentPlace[];
  questions: { letter: string; question: string }[];
  changes: { letter: string; words: string; name: string; where: string }[];
  health: { name: string; months: { state: string; words: string }[]; phrase: string }[];
  not_shown: string;
  cells: { code: string[]; class: number[] };
  sites: { class: string; at: [number, number] }[];
  runs: { run: string }[];
}

export type Slide =
  | { readonly kind: "place"; readonly place: PresentPlace }
  | { readonly kind: "questions" | "changes" | "health" | "nothing" };

/** The places in letter order, then what the meeting asks, what changed, and who has sent. */
export function slidesOf(told: Present): Slide[] {
  const places = told.places.map((place): Slide => ({ kind: "place", place }));
  const first: Slide[] = places.length > 0 ? places : [{ kind: "nothing" }];
  const further: Slide[] = [{ kind: "health" }];
  if (told.changes.length > 0) further.unshift({ kind: "changes" });
  if (told.questions.length > 0) further.unshift({ kind: "questions" });
  return [...first, ...further];
}

/** Where a key leads: to a slide, out, or nowhere (null). Clickers send PageUp and PageDown. */
export function keyLeads(key: string, at: number, slides: readonly Slide[]): number | "leave" | null {
  const last = slides.length - 1;
  if (["ArrowRight", "ArrowDown", "PageDown", " "].includes(key)) return Math.min(at + 1, last);
  if (["ArrowLeft", "ArrowUp", "PageUp", "Backspace"].includes(key)) return Math.max(at - 1, 0);
  if (key === "Home") return 0;
  if (key === "End") return last;
  if (key === "Escape") return "leave";
  const letter = key.length === 1 ? key.toUpperCase() : "";
  const found = slides.findIndex((one) => one.kind === "place" && one.place.letter === letter);
  return letter && found >= 0 ? found : null;
}

const TITLES = {
  questions: "Questions for the meeting",
  changes: "Changed since the last meeting",
  health: "Who has sent",
  nothing: "Nothing passes the test",
};

export function titleOf(slide: Slide): string {
  return slide.kind === "place" ? slide.place.name : TITLES[slide.kind];
}

/** What the reader hears when a slide comes: "A, Station Parade, more since March 2026. 1 of 9." */
export function spokenOf(slides: readonly Slide[], at: number): string {
  const slide = slides[at];
  if (!slide) return "";
  const count = `${at + 1} of ${slides.length}.`;
  if (slide.kind !== "place") return `${titleOf(slide)}. ${count}`;
  const { letter, name, since, harm, sees, people, question } = slide.place;
  return `${letter}, ${name}. ${[since, harm, sees, people, question, count].filter(Boolean).join(" ")}`;
}

/** A picture that was frozen: when, of which version, and a print of all it says. */
export interface Frozen {
  readonly at: string;
  readonly version: number;
  readonly print: string;
}

export function frozenWords({ at, version }: Frozen): string {
  const months = "January February March April May June July August September October November December";
  const day = `${Number(at.slice(8, 10))} ${months.split(" ")[Number(at.slice(5, 7)) - 1]}`;
  return `Frozen ${day}, ${at.slice(11, 16)}, version ${version}`;
}

/** What is asked for: a meeting as it was frozen, the same as known today, or a quadrant of today. */
export function presentQuery(quadrant: string, meeting: string, asFrozen: boolean): URLSearchParams {
  if (asFrozen) return new URLSearchParams({ meeting });
  return new URLSearchParams(quadrant ? { quadrant } : {});
}

/** The address keeps which picture was frozen, never what it says: restricted answers stay in memory alone. */
export function frozenQuery(asked: URLSearchParams, frozen: Frozen | null): string {
  const params = new URLSearchParams(asked);
  if (frozen) params.set("frozen", `${frozen.at},${frozen.version},${frozen.print}`);
  const query = params.toString();
  return query ? `?${query}` : "";
}

export function frozenFrom(query: string): Frozen | null {
  const [at, version, print] = (new URLSearchParams(query).get("frozen") ?? "").split(",");
  if (!at || !print || !/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(at) || !/^\d+$/.test(version ?? "")) return null;
  return { at, version: Number(version), print };
}

/** A print of what the room would be shown: the same for the same picture, whenever it was asked for. */
export function printOf(told: Present): string {
  const { at: _, ...about } = told.about;
  const text = JSON.stringify({ ...told, about, runs: [] });
  let print = 0x811c9dc5;
  for (let k = 0; k < text.length; k++) print = Math.imul(print ^ text.charCodeAt(k), 0x01000193);
  return (print >>> 0).toString(36);
}

/** After a reload: is this still the picture that was frozen? An empty sentence says that it is. */
export function differs(frozen: Frozen, told: Present): string {
  if (told.about.version !== frozen.version)
    return `The picture frozen was of version ${frozen.version}. Version ${told.about.version} is in use now, and is shown. Freeze again to keep it.`;
  if (printOf(told) !== frozen.print)
    return `Something has changed since the picture was frozen, though the version is the same. What is known now is shown.`;
  return "";
}
