// The whole view as one value. Pure: no DOM, no clock, no request in this folder.

import type { Background } from "./background";
import type { Comparing } from "./compare";

export const LEVELS = ["district", "ward", "cell", "street"] as const;
export type Level = (typeof LEVELS)[number];
export const LEVEL_WORDS: Record<Level, string> = {
  district: "District",
  ward: "Ward",
  cell: "Hexagon",
  street: "Street",
};

/** A run `[first, end)`; hours of the day or days of the week (Monday is 0). */
export interface Run {
  readonly first: number;
  readonly end: number;
}

export interface Camera {
  readonly lon: number;
  readonly lat: number;
  readonly zoom: number;
}

/** What the evidence panel is about. A unit is held by its code, a hotspot by its number in the answer. */
export type Selection =
  | { readonly kind: "unit"; readonly level: Level; readonly code: string }
  | { readonly kind: "hotspot"; readonly id: number };

/** What is counted: records, or the events that they tell (records of several feeds that are probably one event count once). */
export const COUNTED = ["records", "events"] as const;
export type Counted = (typeof COUNTED)[number];
export const COUNTED_WORDS: Record<Counted, string> = { records: "Records", events: "Linked events" };

/** What colours the map: how many, how many for those who live there, or how many people stand behind it. */
export const MEASURES = ["count", "rate", "people"] as const;
export type Measure = (typeof MEASURES)[number];
export const MEASURE_WORDS: Record<Measure, string> = { count: "Counts", rate: "Rates", people: "People" };

/** Lists that are empty mean "all". `from` and `to` are ISO dates, `[from, to)`; null is the default year. */
export interface View {
  readonly level: Level;
  readonly from: string | null;
  readonly to: string | null;
  readonly themes: readonly string[];
  readonly agencies: readonly string[];
  readonly categories: readonly string[];
  /** How we came to know. */
  readonly detections: readonly string[];
  /** How well it is placed, A to E. */
  readonly qualities: readonly string[];
  readonly hours: Run | null;
  readonly weekdays: Run | null;
  readonly within: string | null;
  readonly known: string | null;
  /** A second period beside, or against, this one. */
  readonly comparing: Comparing | null;
  readonly counted: Counted;
  readonly measure: Measure;
  /** What hotspots are tested against; counts do not hang on it. */
  readonly background: Background;
  readonly shown: readonly string[];
  /** The day that notices are active, ending or ended on; null is the end of the period. */
  readonly on: string | null;
  /** Minutes of the walking rings around the chosen place; null draws none. */
  readonly walk: Walk | null;
  readonly selected: Selection | null;
  readonly camera: Camera | null;
  readonly table: boolean;
}

/** Minutes on foot that can be asked for. */
export const WALKS = [5, 10, 15] as const;
export type Walk = (typeof WALKS)[number];

export const DEFAULT_SHOWN: readonly string[] = ["school", "station"];

export const START: View = {
  level: "cell",
  from: null,
  to: null,
  themes: [],
  agencies: [],
  categories: [],
  detections: [],
  qualities: [],
  hours: null,
  weekdays: null,
  within: null,
  known: null,
  comparing: null,
  counted: "records",
  measure: "count",
  background: "",
  shown: DEFAULT_SHOWN,
  on: null,
  walk: null,
  selected: null,
  camera: null,
  table: false,
};

export const FACETS = ["themes", "agencies", "categories", "detections", "qualities"] as const;
export type Facet = (typeof FACETS)[number];
