// Journeys between areas and to stations: the page as one value, its address, and what may be drawn. Pure.

import type { About } from "../api/answers";
import { addPeriod, cameraFrom, cameraWord, periodFrom, queryOf } from "./address";
import { counted, number } from "./format";
import type { Camera } from "./view";

export interface Flow {
  readonly from_code: string;
  readonly from_name: string;
  readonly to_code: string;
  readonly to_name: string;
  readonly journeys: number;
  readonly people: string;
  readonly same: boolean;
  readonly rail: number | null;
  readonly bus: number | null;
  readonly direct: string;
}

/** The other flows of an area, as one; `journeys` is null where even that is withheld. */
export interface Together {
  readonly from_code: string;
  readonly from_name: string;
  readonly told: "together" | "withheld";
  readonly journeys: number | null;
}

export interface ToStation {
  readonly from_code: string;
  readonly from_name: string;
  readonly station: string;
  /** Bands: "5 to 9". */
  readonly journeys: string;
  readonly people: string;
  readonly rail: number;
  readonly bus: number;
  readonly direct: string;
  readonly lon: number;
  readonly lat: number;
}

export interface JourneysAnswer {
  readonly about: About & {
    readonly flow: string;
    readonly sentence: string;
    readonly least_people: number;
    readonly without_an_end: number;
    readonly withheld: readonly string[];
  };
  readonly flows: readonly Flow[];
  readonly together: readonly Together[];
  readonly stations: readonly ToStation[];
  readonly returns: { readonly share: string; readonly people: string; readonly sentence: string };
}

export const FLOWS = ["missing", "home"] as const;
export type FlowKind = (typeof FLOWS)[number];
export const FLOW_WORDS: Record<FlowKind, string> = {
  missing: "Missing from, found at",
  home: "Home, where it happened",
};
export const ENDS = ["district", "ward", "station"] as const;
export type Ends = (typeof ENDS)[number];
export const ENDS_WORDS: Record<Ends, string> = { district: "District", ward: "Ward", station: "Station" };

export interface JourneysView {
  readonly flow: FlowKind;
  readonly ends: Ends;
  readonly from: string | null;
  readonly to: string | null;
  readonly feed: string;
  /** The area whose journeys alone are shown. */
  readonly place: string | null;
  readonly table: boolean;
  readonly camera: Camera | null;
}

export const JOURNEYS_START: JourneysView = {
  flow: "missing",
  ends: "district",
  from: null,
  to: null,
  feed: "",
  place: null,
  table: false,
  camera: null,
};

export function sameJourneys(a: JourneysView, b: JourneysView): boolean {
  return (
    areaLevel(a) === areaLevel(b) &&
    a.flow === b.flow &&
    a.from === b.from &&
    a.to === b.to &&
    a.feed === b.feed
  );
}

/** Journeys to stations begin in districts. */
export function areaLevel({ ends }: JourneysView): "district" | "ward" {
  return ends === "ward" ? "ward" : "district";
}

export function journeysParams(view: JourneysView, period: { from: string; to: string }): URLSearchParams {
  const params = new URLSearchParams({
    level: areaLevel(view),
    from: view.from ?? period.from,
    to: view.to ?? period.to,
    flow: view.flow,
  });
  if (view.feed) params.set("feed", view.feed);
  return params;
}

export function journeysQuery(view: JourneysView): string {
  const params = new URLSearchParams();
  if (view.flow !== JOURNEYS_START.flow) params.set("flow", view.flow);
  if (view.ends !== JOURNEYS_START.ends) params.set("level", view.ends);
  addPeriod(params, view);
  if (view.feed) params.set("feed", view.feed);
  if (view.place) params.set("within", view.place);
  if (view.table) params.set("view", "table");
  if (view.camera) params.set("at", cameraWord(view.camera));
  return queryOf(params);
}

export function journeysFrom(query: string): JourneysView {
  const params = new URLSearchParams(query);
  return {
    flow: FLOWS.find((one) => one === params.get("flow")) ?? JOURNEYS_START.flow,
    ends: ENDS.find((one) => one === params.get("level")) ?? JOURNEYS_START.ends,
    ...periodFrom(params),
    feed: params.get("feed") ?? "",
    place: params.get("within") || null,
    table: params.get("view") === "table",
    camera: cameraFrom(params.get("at")),
  };
}

/** A line on the map: from one point to another, `weight` 1 to 5. */
export interface Line {
  readonly from: string;
  readonly to: string;
  readonly weight: number;
  readonly words: string;
}

/** Least journeys of each width. */
export const WEIGHTS: readonly number[] = [1, 10, 20, 50, 100];

export function weightOf(journeys: number): number {
  return Math.max(1, WEIGHTS.filter((least) => journeys >= least).length);
}

/** The least of a band: "10 to 19" is 10, "50 or more" is 50, "fewer than 5" is 1. */
export function leastOf(band: string): number {
  const first = Number.parseInt(band, 10);
  return Number.isNaN(first) ? 1 : first;
}

/** So many lines can be told apart; of an area chosen, all its own are drawn. */
export const MOST_LINES = 24;

/** Flows between two areas of the county, the heaviest of them, lightest first so that the heaviest lie on top. */
export function linesOf(flows: readonly Flow[], place: string | null): Line[] {
  const apart = waysOf(flows, place);
  return (place === null ? apart.slice(0, MOST_LINES) : apart)
    .map((one) => ({
      from: one.from_code,
      to: one.to_code,
      weight: weightOf(one.journeys),
      words: `${one.from_name} to ${one.to_name}: ${counted(one.journeys, "journey")}, ${one.people} people at least`,
    }))
    .reverse();
}

/** Those that can be drawn as a line: between two areas of the county. */
export function waysOf(flows: readonly Flow[], place: string | null): Flow[] {
  return ofPlace(flows, place).filter((one) => !one.same && one.from_code !== "" && one.to_code !== "");
}

/** How many of the ways are drawn, where it is not all. */
export function drawnWords(flows: readonly Flow[], place: string | null): string {
  const all = waysOf(flows, place).length;
  if (place !== null || all <= MOST_LINES) return "";
  return `The ${MOST_LINES} largest of ${all} ways are drawn. Press an area for all of its own.`;
}

export function ofPlace<T extends { from_code: string; to_code?: string }>(
  rows: readonly T[],
  place: string | null,
): T[] {
  return rows.filter((one) => place === null || one.from_code === place || one.to_code === place);
}

/** How much is not drawn, and why. */
export function withheldWords({ about, together }: JourneysAnswer): string {
  const rule = `fewer than ${about.least_people} children went that way, or mostly one`;
  if (together.some((one) => one.told === "withheld"))
    return `Some journeys cannot be shown: ${rule}. How many is withheld too.`;
  const many = together.reduce((sum, one) => sum + (one.journeys ?? 0), 0);
  if (many === 0) return "";
  return `${counted(many, "journey")} cannot be shown: ${rule}.`;
}

/** How many of the journeys shown end in the area they began in. */
export function sameAreaWords(flows: readonly Flow[], level: "district" | "ward"): string {
  const all = flows.reduce((sum, one) => sum + one.journeys, 0);
  const same = flows.filter((one) => one.same).reduce((sum, one) => sum + one.journeys, 0);
  if (all === 0) return "";
  return `Of ${counted(all, "journey")} shown, ${number(same)} end in the ${level} they began in.`;
}

/** How the journeys shown could be made without a change: "direct by rail in most". */
export function directWords(flows: readonly Flow[]): string {
  const apart = flows.filter((one) => one.rail !== null && one.bus !== null);
  const all = apart.reduce((sum, one) => sum + one.journeys, 0);
  if (all === 0) return "";
  const by = (test: (one: Flow) => boolean) =>
    apart.filter(test).reduce((sum, one) => sum + one.journeys, 0) / all;
  const [rail, bus, none] = [
    by((one) => (one.rail ?? 0) > 0),
    by((one) => (one.bus ?? 0) > 0),
    by((one) => (one.rail ?? 0) + (one.bus ?? 0) === 0),
  ];
  return `Between areas: direct by rail in ${partWords(rail)}, by bus in ${partWords(bus)}, by neither in ${partWords(none)}.`;
}

export function partWords(share: number): string {
  if (share === 0) return "none";
  if (share < 0.2) return "few";
  if (share < 0.45) return "some";
  if (share <= 0.55) return "about half";
  return share < 0.95 ? "most" : "nearly all";
}

/** Part of the way that is drawn: names and arrows keep off each other at its ends. */
const CLEAR = { first: 0.05, last: 0.9 };

/** Bow of a line to its left, so that the way there and the way back lie apart: points from a to b, lon and lat. */
export function bowed(
  a: readonly [number, number],
  b: readonly [number, number],
  steps = 24,
): [number, number][] {
  const squeeze = Math.cos((((a[1] + b[1]) / 2) * Math.PI) / 180);
  const [dx, dy] = [(b[0] - a[0]) * squeeze, b[1] - a[1]];
  const bow = 0.16;
  const middle = [(a[0] + b[0]) / 2 - (dy * bow) / squeeze, (a[1] + b[1]) / 2 + dx * bow] as const;
  return Array.from({ length: steps + 1 }, (_, k) => {
    const t = CLEAR.first + (k / steps) * (CLEAR.last - CLEAR.first);
    const at = (i: 0 | 1) => (1 - t) ** 2 * a[i] + 2 * t * (1 - t) * middle[i] + t ** 2 * b[i];
    return [at(0), at(1)];
  });
}

/** Degrees clockwise from north in which a line ends, as it is seen on the map. */
export function bearing(line: readonly (readonly [number, number])[]): number {
  const [a, b] = [line.at(-3), line.at(-1)];
  if (!a || !b) return 0;
  const squeeze = Math.cos((b[1] * Math.PI) / 180);
  return (Math.atan2((b[0] - a[0]) * squeeze, b[1] - a[1]) * 180) / Math.PI;
}
