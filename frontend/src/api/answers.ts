// The answers of the HTTP API, as this front end reads them.

import type { Compared } from "../state/background";
import type { Behind, Concern } from "../state/behind";
import type { Counted } from "../state/view";

export type { Silence, SilentArea, SilentFeed } from "./silence";

export interface Coded {
  code: string;
  name: string;
}
export interface CodedCount extends Coded {
  count: number | null;
  why?: string | null;
}
export interface Why {
  code?: string;
  sentence: string;
  clause?: string | null;
}

/** Where an answer's numbers come from, in words; made by the server, the same on every surface. */
export interface Trace {
  what: string;
  facts: [string, string][];
  /** Feed, agency, clause. */
  feeds: [string, string, string][];
  methods: [string, string][];
  left_out: string[];
  breaks: string[];
}

export interface About {
  period: [string, string];
  level: string;
  total: number;
  counted: Counted;
  unplaced: number;
  publication: number;
  feeds: (Coded & { agency: string })[];
  method?: string | null;
  why: Why[];
  denominator: string | null;
  attributions: string[];
  breaks: number[];
  /** Least rate of each class, of the unfiltered level and period. */
  rate_breaks: number[];
  people_sentence?: string;
  /** Records of feeds whose agreement keeps back how they came to be known. */
  without_route?: number;
  trace?: Trace;
}

export interface Units {
  id: number[] | null;
  code: string[];
  count: (number | null)[];
  rate: (number | null)[] | null;
  /** Bands of how many people, where they were asked for; 0 is not told. */
  people?: number[];
  people_least?: string[];
  people_most?: string[];
  name?: string[] | null;
  lon?: number[] | null;
  lat?: number[] | null;
}

/** A change of definition: `day` is its date, `name` what changed, `sentence` what that means for the chart. */
export interface Break {
  day: string;
  about: boolean;
  name: string;
  sentence: string;
}

export interface Silent {
  month: string;
  feeds: string[];
}

export interface Months {
  month: string[];
  count: (number | null)[];
  /** Months in which feeds that were asked sent nothing though it was due. */
  silent?: Silent[];
  breaks?: Break[];
}

export interface Picture {
  about: About;
  units: Units;
  months: Months;
  agencies: CodedCount[];
  themes: CodedCount[];
  categories: CodedCount[];
  detections: CodedCount[];
  qualities: CodedCount[];
  /** `breaks` are of all records of the period: filters do not move them. */
  week: { counts: number[][]; breaks: number[]; without_hour: number };
}

export interface Hotspot extends Behind {
  id: number;
  letter: string;
  name: string;
  ward: string;
  district: string;
  code: string;
  units: string[];
  count: number;
  around: number;
  expected: number;
  z: number;
  p: number;
  q: number;
  lon: number;
  lat: number;
}

export interface Hotspots {
  about: Compared & {
    method: string;
    counted: Counted;
    tested: number;
    q: number;
    withheld?: string[];
    left_out_of_test?: string | null;
    within_note?: string | null;
    trace?: Trace;
  };
  hotspots: Hotspot[];
  hot: string[];
  /** Hotspots told without a place, and so not among `hotspots`. */
  concerns: Concern[];
}

export interface Around {
  class: string;
  label: string;
  n: number;
  distances_m: number[];
  kept: "point" | "area";
  sentence?: string | null;
}

export interface Evidence {
  title: string;
  subtitle: string;
  count: number | null;
  counted: Counted;
  /** The leading themes in words; empty where a theme was chosen, or none leads. */
  harm: string;
  rate: number | null;
  denominator: string | null;
  months: Months & { expected_low?: number[]; expected_high?: number[]; expected_note?: string };
  agencies: CodedCount[];
  test: {
    sentence: string;
    detail?: string | null;
    uncertainty?: string | null;
    hot?: boolean | null;
    z?: number | null;
    p?: number | null;
    q?: number | null;
  } | null;
  around: Around[];
  cannot_show: (string | Why)[];
  /** Of the count, then of the test where there was one. */
  trace?: Trace[];
}

export interface SiteClass {
  code: string;
  label: string;
  group: "vulnerable" | "transport" | "disruption" | "work" | "guardian";
  kept: "point" | "area";
  n?: number | null;
}

export interface Choices {
  county: string;
  agencies: Coded[];
  feeds: (Coded & { agency: string; open?: boolean; attribution?: string | null })[];
  themes: Coded[];
  categories: (Coded & { feed?: string })[];
  detections: Coded[];
  qualities: Coded[];
  classes: SiteClass[];
  period: [string, string];
  districts: Coded[];
  bbox: [number, number, number, number] | null;
  has_streets: boolean;
  street_kind: "segment" | "anchor" | null;
  basemap: string | null;
}

export interface Found {
  kind: "ward" | "district" | "street" | "locality" | "site" | "route";
  code: string;
  name: string;
  detail: string;
  lon: number;
  lat: number;
  bbox?: [number, number, number, number] | null;
}

export interface AreaProperties {
  code: string;
  name: string;
  parent?: string | null;
  lon: number;
  lat: number;
}
export type Shapes = GeoJSON.FeatureCollection<GeoJSON.MultiPolygon | GeoJSON.Polygon, AreaProperties>;

export interface SiteProperties {
  class: string;
  name: string;
  status?: string | null;
  kept?: string | null;
  opened?: string | null;
  closed?: string | null;
  ward?: string;
  source?: string;
}
export type Sites = GeoJSON.FeatureCollection<GeoJSON.Point, SiteProperties> & {
  areas?: { class: string; code: string; n: number; level?: string }[];
};

export interface NoticeProperties {
  kind: string;
  state: "active" | "ends_soon" | "ended";
  stage?: "served" | "in_force" | "expires_soon" | "expired" | "ended_early";
  /** How often it is told to have been breached by the day, and the month of the last time. */
  breaches?: number;
  last_breach?: string | null;
  served?: string | null;
  starts?: string | null;
  ends?: string | null;
  coarse?: boolean;
  basis?: string | null;
  place?: string;
  source?: string;
  ward?: string;
}
/** `areas`: notices whose place is kept coarse, one row each, by the area they lie in. */
export type Notices = GeoJSON.FeatureCollection<GeoJSON.Point, NoticeProperties> & {
  areas?: (Omit<NoticeProperties, "ward"> & { code: string | null })[];
};

/** What the answers of the overlays say of themselves. */
export interface AnswerAbout {
  sentence?: string | null;
  method?: string | null;
  attributions: string[];
  why: Why[];
  trace?: Trace;
}

export interface WorkProperties {
  class: string;
  code: string;
  name: string;
  count: number;
  first: string;
  last: string;
  ward_code: string;
}
/** Work of our own, a point a street or hexagon; `classes` says of every class whether anybody tells of it here. */
export type Work = GeoJSON.FeatureCollection<GeoJSON.Point, WorkProperties> & {
  classes: { class: string; name: string; count: number; last: string | null; known: boolean }[];
};

export interface RouteProperties {
  line: string;
  name: string;
  mode: string;
  operator: string;
  departures: number;
  words: string;
  feed: string;
  /** What narrows a question to the route. */
  within: string;
}
export type Routes = GeoJSON.FeatureCollection<GeoJSON.LineString, RouteProperties>;

/** One route and the ground within `radius_m` of it. */
export interface Along {
  within: string;
  name: string;
  radius_m: number;
  ground: GeoJSON.Polygon | GeoJSON.MultiPolygon;
  lines: GeoJSON.Feature<GeoJSON.LineString, RouteProperties>[];
}

/** How much of each class this home holds; `refused` where a kind may not be told. */
export interface OverlayCounts {
  classes: Record<string, { n: number; by_area: number; shared: boolean; last: string | null }>;
  refused: Record<string, string>;
}

export interface Ring {
  minutes: number;
  distance_m: number;
  way: "walk" | "straight line";
  outline: GeoJSON.Polygon | GeoJSON.MultiPolygon;
}
export interface AroundNotice {
  kind: string;
  state: NoticeProperties["state"] | "not_begun";
  served: string | null;
  starts: string | null;
  ends: string | null;
  distance_m: number | null;
  way: string;
  kept: string;
  /** The code by which to ask what it changed. */
  place: string;
}
/** Notices within `in_place_m` of a place, whatever walk is drawn: the same counts as on its card. */
export interface InPlace {
  in_force: number;
  ends_soon: number;
  ended: number;
  by_ward: number;
}

export interface AroundAnswer {
  about: AnswerAbout & {
    around: string;
    minutes: number;
    straight_lines: number;
    compared_with: string;
    unlike_note: string;
    on?: string;
    in_place_m: number;
    in_place: InPlace;
  };
  classes: {
    class: string;
    label: string;
    n: number;
    distances_m: number[];
    straight: boolean;
    names: string[];
    opened: (string | null)[];
    words: string;
  }[];
  areas: { code: string; name: string; class: string; label: string; count: number }[];
  notices: AroundNotice[];
  work: {
    class: string;
    name: string;
    known: boolean;
    count: number;
    last: string | null;
    nearest_m: number | null;
    way: string;
  }[];
  gaps: string[];
  rings: Ring[];
}

export interface Gaps {
  about: AnswerAbout & { hotspots: number; without_notice: number; without_concern: number; on: string };
  hotspots: {
    letter: string;
    code: string;
    name: string;
    ward: string;
    district: string;
    in_place: number;
    ends_soon: number;
    ended: number;
    by_ward: number;
    gap: boolean;
  }[];
  notices: {
    kind: string;
    state: NoticeProperties["state"];
    served: string | null;
    ends: string | null;
    kept: string;
    ward: string;
    ward_code: string;
    place: string;
    records: number | null;
    hotspots: string[];
    gap: boolean;
  }[];
}
