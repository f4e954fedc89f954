// The answers of the HTTP API, as this front end reads them.

import type { Compared } from "../state/background";
import type { Behind, Concern } from "../state/behind";
import type { Counted } from "../state/view";

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
  trace?: Trace;
}

export interface Units {
  id: number[] | null;
  code: string[];
  count: (number | null)[];
  rate: (number | null)[] | null;
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

export interface Months {
  month: string[];
  count: (number | null)[];
  silent?: string[];
  breaks?: Break[];
}

export interface Picture {
  about: About;
  units: Units;
  months: Months;
  agencies: CodedCount[];
  themes: CodedCount[];
  categories: CodedCount[];
  week: { counts: number[][]; without_hour: number };
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
  rate: number | null;
  denominator: string | null;
  months: Months & { expected_low?: number[]; expected_high?: number[] };
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
  group: "vulnerable" | "transport" | "disruption";
  kept: "point" | "area";
  n?: number | null;
}

export interface Choices {
  county: string;
  agencies: Coded[];
  feeds: (Coded & { agency: string; open?: boolean; attribution?: string | null })[];
  themes: Coded[];
  categories: (Coded & { feed?: string })[];
  classes: SiteClass[];
  period: [string, string];
  districts: Coded[];
  bbox: [number, number, number, number] | null;
  has_streets: boolean;
  street_kind: "segment" | "anchor" | null;
  basemap: string | null;
}

export interface Found {
  kind: "ward" | "district" | "street" | "locality" | "site";
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
}
export type Sites = GeoJSON.FeatureCollection<GeoJSON.Point, SiteProperties> & {
  areas?: { class: string; code: string; n: number; level?: string }[];
};

export interface NoticeProperties {
  kind: string;
  state: "active" | "ends_soon" | "ended";
  served?: string | null;
  ends?: string | null;
  coarse?: boolean;
}
/** `areas`: notices whose place is kept coarse, one row each, by the area they lie in. */
export type Notices = GeoJSON.FeatureCollection<GeoJSON.Point, NoticeProperties> & {
  areas?: { code: string | null; kind: string; state: NoticeProperties["state"] }[];
};
