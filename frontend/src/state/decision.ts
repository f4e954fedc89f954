// A decision being written: what is offered, what is filled in, and what is still missing. Pure.

import type { CodedCount } from "../api/answers";

export interface KindOffered {
  code: string;
  label: string;
  /** The verb and its object: "make a licensing visit". */
  what: string;
  class: string;
  weeks: number;
  expected: string;
  seen: string;
}
export interface DayOffered {
  day: string;
  words: string;
  why: string;
}
export interface Offered {
  place: { number: number | null; name: string };
  /** Open places that share ground with it and are not it: the new place is another, unless one of them is chosen. */
  beside: { number: number; name: string }[];
  /** Which agencies read of it that are told less; "" for none. */
  read_by: string;
  meeting: { number: number; words: string; frozen: boolean } | null;
  today: string;
  kinds: KindOffered[];
  days: DayOffered[];
  open: { words: string; state: string; overdue: boolean }[];
}

/** The blanks of the sentence. `own` are those that somebody has worded: another kind leaves them alone. */
export interface Draft {
  readonly none: boolean;
  readonly agency: string;
  readonly kind: string;
  readonly what: string;
  readonly due: string;
  readonly expected: string;
  readonly seen: string;
  readonly because: string;
  readonly own: readonly Worded[];
  /** An open place on the same ground that is meant instead of a new one. */
  readonly place: number | null;
}
export const WORDED = ["what", "expected", "seen"] as const;
export type Worded = (typeof WORDED)[number];

const MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");

/** The agency that reports most stands there already, and the first of the days; what is to be done is chosen. */
export function begun(offered: Offered, reports: readonly CodedCount[]): Draft {
  return {
    none: false,
    agency: mostTold(reports),
    kind: "",
    what: "",
    due: offered.days[0]?.words ?? "",
    expected: "",
    seen: "",
    because: "",
    own: [],
    place: null,
  };
}

/** The agency of which most records are told; "" where nothing is. Published open data can do nothing. */
export function mostTold(reports: readonly CodedCount[]): string {
  const able = reports.filter((one) => one.code !== "open_data" && (one.count ?? 0) > 0);
  return (
    able.reduce<CodedCount | null>((a, b) => (a && (a.count ?? 0) >= (b.count ?? 0) ? a : b), null)?.code ??
    ""
  );
}

/** Another kind fills what nobody has worded; with no kind chosen that is empty. */
export function withKind(draft: Draft, code: string, kinds: readonly KindOffered[]): Draft {
  const kind = kinds.find((one) => one.code === code);
  if (code && !kind) return draft;
  const kept = (name: Worded) => (draft.own.includes(name) ? draft[name] : (kind?.[name] ?? ""));
  return { ...draft, kind: code, what: kept("what"), expected: kept("expected"), seen: kept("seen") };
}

/** Somebody worded a blank; left empty it is the kind's again. */
export function worded(draft: Draft, name: Worded, text: string): Draft {
  const others = draft.own.filter((one) => one !== name);
  return { ...draft, [name]: text, own: text.trim() ? [...others, name] : others };
}

/** "2026-12-09" for "+2w", "+10d", "9 December", "9/12", "09/12/2026" or "2026-12-09"; null for anything else. */
export function dueFrom(text: string, today: string): string | null {
  const told = text.trim().replace(/\s+/g, " ");
  const ahead = /^\+ ?(\d{1,3}) ?([dw])?$/i.exec(told);
  if (ahead) return addedDays(today, Number(ahead[1]) * (ahead[2]?.toLowerCase() === "d" ? 1 : 7));
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(told);
  if (iso) return dayOf(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const slashed = /^(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4}|\d{2}))?$/.exec(told);
  if (slashed) return inYear(Number(slashed[1]), Number(slashed[2]), yearOf(slashed[3]), today);
  const spoken = /^(\d{1,2})(?:st|nd|rd|th)? ([a-z]{3,9})\.?(?: (\d{4}))?$/i.exec(told);
  const month = MONTHS.indexOf((spoken?.[2] ?? "").slice(0, 3).toLowerCase()) + 1;
  return spoken && month ? inYear(Number(spoken[1]), month, yearOf(spoken[3]), today) : null;
}

function yearOf(text: string | undefined): number {
  const year = Number(text ?? 0);
  return year > 0 && year < 100 ? year + 2000 : year;
}

/** A day without its year is the next one. */
function inYear(day: number, month: number, year: number, today: string): string | null {
  if (year) return dayOf(year, month, day);
  const now = Number(today.slice(0, 4));
  const found = dayOf(now, month, day);
  return found !== null && found >= today ? found : dayOf(now + 1, month, day);
}

function dayOf(year: number, month: number, day: number): string | null {
  const at = new Date(Date.UTC(year, month - 1, day));
  const real = at.getUTCFullYear() === year && at.getUTCMonth() === month - 1 && at.getUTCDate() === day;
  return real ? at.toISOString().slice(0, 10) : null;
}

function addedDays(today: string, days: number): string {
  const at = new Date(`${today}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

/** What is still missing, in a sentence, and the blank it is missing from; null where it can be saved. */
export function missing(draft: Draft, today: string): { name: keyof Draft; words: string } | null {
  if (draft.none)
    return draft.because.trim() ? null : { name: "because", words: "Say why no action is taken." };
  if (!draft.agency) return { name: "agency", words: "Say which agency will do it." };
  if (!draft.kind) return { name: "kind", words: "Choose what is to be done." };
  const due = dueFrom(draft.due, today);
  if (due === null) return { name: "due", words: "Write the day as 9 December, 09/12/2026 or +2w." };
  if (due < today) return { name: "due", words: "That day is past." };
  return null;
}

/** What is sent. `query` is the map's question with the hotspot's letter. */
export function sent(
  draft: Draft,
  query: string,
  today: string,
  beside: Offered["beside"] = [],
): Record<string, unknown> {
  const among = { place: draft.place, beside: beside.map((one) => one.number) };
  const there = { query, ...(beside.length > 0 ? among : {}) };
  if (draft.none) return { ...there, kind: "no_action", because: draft.because.trim() };
  return {
    ...there,
    kind: draft.kind,
    agency: draft.agency,
    what: draft.what.trim(),
    due: dueFrom(draft.due, today) ?? "",
    expected_change: draft.expected.trim(),
    how_seen: draft.seen.trim(),
  };
}
