// Everything that can lie over the map as one list: sites, notices, work of our own. Pure.

import type { InPlace, Notices, SiteClass, Sites, Work } from "../api/answers";
import { counted, dayWords, monthLong } from "./format";
import type { Walk } from "./view";

/** Minutes that are the distance within which a notice is in place (400 m): the gaps begin with it. */
export const IN_PLACE_WALK: Walk = 5;

/** What is in place at a place, in the counts of its card, whatever walk is drawn around it. */
export function inPlaceWords(told: InPlace, within_m: number): string {
  const near = told.in_force > 0 ? `${told.in_force} in force` : "None in force";
  const soon = told.ends_soon > 0 ? ` (${told.ends_soon} ending soon)` : "";
  const ended = told.ended > 0 ? `, ${told.ended} ended,` : "";
  const ward = told.by_ward > 0 ? ` ${told.by_ward} in force told only as somewhere in the ward.` : "";
  return `${near}${soon}${ended} within ${within_m} metres.${ward}`;
}

/** One of a class, where the rail's label is of many. */
const ONE: Record<string, string> = {
  school: "School",
  childrens_home: "Children's home",
  hotel: "Hotel",
  bnb: "Bed and breakfast",
  takeaway: "Takeaway",
  park: "Park",
  bus_stop: "Bus stop",
  station: "Station",
  notice_cawn: "Warning notice",
  notice_closure: "Closure",
  notice_hotel: "Hotel notice",
  notice_cpn: "Community protection notice",
  notice_pspo: "Public spaces protection order",
  notice_dispersal: "Dispersal zone",
  work_session: "Youth session",
  work_patrol: "Patrol",
  work_awareness: "Awareness visit",
  work_planned: "Action planned",
  police_station: "Police station",
  library: "Library",
  leisure_centre: "Leisure centre",
  civic_centre: "Civic centre",
  hospital: "Hospital",
};

export type OverlayGroup = SiteClass["group"];
export type OverlayState = "active" | "ends_soon" | "ended";
export const STATE_WORDS: Record<OverlayState, string> = {
  active: "active",
  ends_soon: "ends soon",
  ended: "ended",
};

export const STAGE_WORDS = {
  served: "served, not begun",
  in_force: "in force",
  expires_soon: "expires soon",
  expired: "expired",
  ended_early: "ended early",
} as const;

/** One symbol, or what is only counted by an area (`at` is then null and `n` says how many). */
export interface Overlay {
  readonly key: string;
  readonly group: OverlayGroup;
  /** The class as the rail has it: "school", "notice_cawn", "work_session". */
  readonly code: string;
  readonly label: string;
  readonly name: string;
  readonly at: readonly [lon: number, lat: number] | null;
  /** The ward, or where only that is told the district, by its code. */
  readonly area: string;
  readonly n: number;
  /** Of notices alone: nothing else begins and ends. */
  readonly state: OverlayState | null;
  /** Of notices alone: where it stands, in words. */
  readonly stage: string;
  /** "breached twice, last in May 2026"; "" where no breach is told. */
  readonly breaches: string;
  readonly dates: string;
  readonly source: string;
  readonly coarse: boolean;
  /** The code by which to choose the place a notice is told by; "" where there is none. */
  readonly place: string;
}

export interface OverlayAnswers {
  sites: Sites | null;
  notices: Notices | null;
  work: Work | null;
}

/** The overlays of the classes shown, in the order of the rail, then by name. */
export function overlaysOf(
  { sites, notices, work }: OverlayAnswers,
  classes: readonly SiteClass[],
  shown: readonly string[],
): Overlay[] {
  const known = new Map(classes.map((c) => [c.code, c]));
  const on = new Set(shown);
  const found = [
    ...(sites ? sitesOf(sites, known) : []),
    ...(notices ? noticesOf(notices, known) : []),
    ...(work ? workOf(work, known) : []),
  ].filter((one) => on.has(one.code));
  const order = new Map(classes.map((c, k) => [c.code, k]));
  const place = (one: Overlay) => order.get(one.code) ?? classes.length;
  return found.sort((a, b) => place(a) - place(b) || a.name.localeCompare(b.name, "en-GB"));
}

type Classes = ReadonlyMap<string, SiteClass>;

function sitesOf(sites: Sites, known: Classes): Overlay[] {
  const points = sites.features.map(({ properties: p, geometry }, k) => ({
    ...common(`site-${k}`, p.class, known),
    name: p.name,
    at: pair(geometry),
    area: p.ward ?? "",
    dates: opened(p.opened ?? null, p.closed ?? null),
    source: p.source ?? "",
  }));
  const areas = (sites.areas ?? []).map((row, k) => ({
    ...common(`site-area-${k}`, row.class, known),
    name: "",
    area: row.code,
    n: row.n,
    coarse: true,
  }));
  return [...points, ...areas];
}

function noticesOf(notices: Notices, known: Classes): Overlay[] {
  const points = notices.features.map(({ properties: p, geometry }, k) => ({
    ...common(`notice-${k}`, `notice_${p.kind}`, known),
    name: p.basis ?? "",
    at: pair(geometry),
    area: p.ward ?? "",
    state: p.state,
    stage: p.stage ? STAGE_WORDS[p.stage] : STATE_WORDS[p.state],
    breaches: breachWords(p.breaches ?? 0, p.last_breach ?? null),
    dates: noticeDates(p.starts ?? p.served ?? null, p.ends ?? null, p.state),
    source: p.source ?? "",
    place: p.place ?? "",
  }));
  const areas = (notices.areas ?? []).map((p, k) => ({
    ...common(`notice-area-${k}`, `notice_${p.kind}`, known),
    name: p.basis ?? "",
    area: p.code ?? "",
    state: p.state,
    stage: p.stage ? STAGE_WORDS[p.stage] : STATE_WORDS[p.state],
    breaches: breachWords(p.breaches ?? 0, p.last_breach ?? null),
    dates: noticeDates(p.starts ?? p.served ?? null, p.ends ?? null, p.state),
    source: p.source ?? "",
    place: p.place ?? "",
    coarse: true,
  }));
  return [...points, ...areas];
}

function workOf(work: Work, known: Classes): Overlay[] {
  return work.features.map(({ properties: p, geometry }, k) => ({
    ...common(`work-${k}`, `work_${p.class}`, known),
    name: p.name,
    at: pair(geometry),
    area: p.ward_code,
    n: p.count,
    dates:
      p.class === "planned"
        ? plannedDates(p.count, p.first, p.last)
        : p.count === 1
          ? `on ${dayWords(p.last)}`
          : `${counted(p.count, "time")}, last on ${dayWords(p.last)}`,
    source: "",
  }));
}

function common(key: string, code: string, known: Classes): Overlay {
  const found = known.get(code);
  return {
    key,
    code,
    group: found?.group ?? "vulnerable",
    label: ONE[code] ?? found?.label ?? code,
    name: "",
    at: null,
    area: "",
    n: 1,
    state: null,
    stage: "",
    breaches: "",
    dates: "",
    source: "",
    coarse: false,
    place: "",
  };
}

function pair(geometry: GeoJSON.Point): [number, number] {
  return [geometry.coordinates[0] ?? 0, geometry.coordinates[1] ?? 0];
}

function opened(from: string | null, to: string | null): string {
  if (from && to) return `open from ${dayWords(from)} to ${dayWords(to)}`;
  if (to) return `closed on ${dayWords(to)}`;
  return from ? `open since ${dayWords(from)}` : "";
}

/** "from 1 May 2026, ends 4 December 2026". A notice without an end says so. */
export function noticeDates(from: string | null, to: string | null, state: OverlayState): string {
  const begins = from ? `from ${dayWords(from)}` : "";
  const ends = to
    ? `${state === "ended" ? "ended" : "ends"} ${dayWords(to)}`
    : state === "ended"
      ? "ended"
      : "no end told";
  return [begins, ends].filter(Boolean).join(", ");
}

/** "by 3 December 2026", "2 actions, the first by 3 December 2026". */
function plannedDates(many: number, first: string, last: string): string {
  return many === 1 ? `by ${dayWords(last)}` : `${counted(many, "action")}, the first by ${dayWords(first)}`;
}

/** "breached 3 times, last in May 2026": how often and when, never by whom. */
export function breachWords(many: number, last: string | null): string {
  if (many < 1) return "";
  const times = many === 1 ? "once" : many === 2 ? "twice" : `${many} times`;
  return `breached ${times}${last ? `, last in ${monthLong(last)}` : ""}`;
}

/** Symbols that stand for an area, one for each class and state: how many, and which mark it is of its area. */
export interface AreaMark {
  readonly key: string;
  readonly code: string;
  readonly group: OverlayGroup;
  readonly area: string;
  readonly state: OverlayState | null;
  readonly n: number;
  readonly place: number;
  readonly label: string;
}

export function areaMarks(overlays: readonly Overlay[]): AreaMark[] {
  const found = new Map<string, AreaMark>();
  const marks = new Map<string, number>();
  for (const one of overlays) {
    if (!one.coarse || !one.area) continue;
    const key = [one.area, one.code, one.state ?? ""].join("/");
    const known = found.get(key);
    if (known) {
      found.set(key, { ...known, n: known.n + one.n });
      continue;
    }
    const place = marks.get(one.area) ?? 0;
    marks.set(one.area, place + 1);
    const { code, group, area, state, n, label } = one;
    found.set(key, { key, code, group, area, state, n, place, label });
  }
  return [...found.values()];
}
