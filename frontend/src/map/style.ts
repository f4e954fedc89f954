// The whole map style from tokens: no glyph server, no sprite, nothing from another host.

import type {
  DataDrivenPropertyValueSpecification as DataDriven,
  ExpressionSpecification as Expression,
  LayerSpecification as Layer,
  SourceSpecification as Source,
  StyleSpecification as Style,
} from "maplibre-gl";
import { baseLayers, labelLayers, overCellLayers } from "./style_base";
import { faded, type Tokens } from "./tokens";

export const STREET_WIDTHS = [4, 5.5, 7.5, 10, 12];
const STREET_COLOURS = ["count-2", "count-3", "count-4", "count-5", "count-6"] as const;
const NOTHING: GeoJSON.FeatureCollection = { type: "FeatureCollection", features: [] };
const CLASS: Expression = ["coalesce", ["feature-state", "c"], 0];
const HOT: Expression = ["boolean", ["feature-state", "hot"], false];
const CHOSEN: Expression = ["boolean", ["feature-state", "sel"], false];

export interface StyleOptions {
  tokens: Tokens;
  dark: boolean;
  basemap: string | null;
}

export function buildStyle(options: StyleOptions): Style {
  const { tokens, basemap } = options;
  return {
    version: 8,
    sources: sources(basemap),
    layers: [
      {
        id: "ground",
        type: "background",
        paint: { "background-color": basemap ? tokens.sea : tokens.neighbour },
      },
      ...(basemap ? baseLayers(tokens) : []),
      ...areaGround(tokens, basemap === null),
      ...unitFills(options),
      ...(basemap ? overCellLayers(tokens) : []),
      ...boundaries(tokens),
      ...(basemap ? streetValues(options) : []),
      anchors(options),
      ...chosenUnit(tokens),
      ...hotspotLines(tokens),
      ...labelLayers(tokens, basemap !== null),
      ...symbols(tokens),
    ],
  };
}

function sources(basemap: string | null): Record<string, Source> {
  const drawn = (extra: object): Source => ({ type: "geojson", data: NOTHING, ...extra }) as Source;
  return {
    ...(basemap
      ? { base: { type: "vector", url: `pmtiles://${basemap}`, promoteId: { street: "id" } } }
      : {}),
    cells: drawn({ maxzoom: 13, tolerance: 0, buffer: 8 }),
    district: drawn({ maxzoom: 12, tolerance: 0.4 }),
    ward: drawn({ maxzoom: 12, tolerance: 0.4 }),
    anchors: drawn({ maxzoom: 14 }),
    chosen: drawn({}),
    hotspots: drawn({ tolerance: 0 }),
    area_labels: drawn({}),
    area_counts: drawn({}),
    sites: drawn({}),
    notices: drawn({}),
  };
}

/** Class colours with their opacity inside, so that one property changes. Class 1 at 58%, 2 at 82%. */
function rampColour({ tokens, dark }: StyleOptions): DataDriven<string> {
  const strength = dark ? [1, 1, 1, 1, 1, 1] : [0.58, 0.82, 0.93, 0.93, 0.93, 0.93];
  const stops = strength.flatMap((alpha, k) => [k + 1, faded(tokens[`count-${k + 1}` as "count-1"], alpha)]);
  return ["match", CLASS, ...stops, "rgba(0,0,0,0)"] as unknown as DataDriven<string>;
}

function unitFills(options: StyleOptions): Layer[] {
  const paint = { "fill-color": rampColour(options), "fill-antialias": true };
  return [
    { id: "cell-fill", type: "fill", source: "cells", paint: { ...paint, "fill-antialias": false } },
    { id: "ward-fill", type: "fill", source: "ward", paint },
    { id: "district-fill", type: "fill", source: "district", paint },
  ];
}

function areaGround(tokens: Tokens, needed: boolean): Layer[] {
  if (!needed) return [];
  return [{ id: "county-ground", type: "fill", source: "district", paint: { "fill-color": tokens.land } }];
}

function boundaries(tokens: Tokens): Layer[] {
  return [
    {
      id: "ward-line",
      type: "line",
      source: "ward",
      minzoom: 10,
      paint: { "line-color": tokens.boundary, "line-width": 1, "line-dasharray": [1, 3] },
    },
    {
      id: "district-line",
      type: "line",
      source: "district",
      paint: { "line-color": tokens.boundary, "line-width": 1.4, "line-dasharray": [7, 3, 1.5, 3] },
    },
  ];
}

function streetValues({ tokens }: StyleOptions): Layer[] {
  const width = ["match", CLASS, ...STREET_WIDTHS.flatMap((w, k) => [k + 1, w]), 0] as unknown as Expression;
  const colour = [
    "match",
    CLASS,
    ...STREET_COLOURS.flatMap((name, k) => [k + 1, tokens[name]]),
    "rgba(0,0,0,0)",
  ] as unknown as DataDriven<string>;
  const line = (id: string, paint: object): Layer =>
    ({
      id,
      type: "line",
      source: "base",
      "source-layer": "street",
      layout: { "line-cap": "round", "line-join": "round" },
      paint,
    }) as Layer;
  const hotWidth = (extra: number): Expression => ["case", HOT, ["+", width, extra], 0];
  return [
    line("street-hot-casing", { "line-color": tokens["map-casing"], "line-width": hotWidth(9) }),
    line("street-hot", { "line-color": tokens.ink, "line-width": hotWidth(5) }),
    line("street-value", { "line-color": colour, "line-width": width }),
  ];
}

function anchors({ tokens }: StyleOptions): Layer {
  const pick = (values: (string | number)[], none: string | number) =>
    ["match", CLASS, ...values.flatMap((v, k) => [k + 1, v]), none] as unknown as Expression;
  return {
    id: "anchor-value",
    type: "circle",
    source: "anchors",
    paint: {
      "circle-color": pick(
        STREET_COLOURS.map((name) => tokens[name]),
        "rgba(0,0,0,0)",
      ),
      "circle-radius": [
        "interpolate",
        ["linear"],
        ["zoom"],
        9,
        pick([1, 1.5, 2, 3, 4], 0),
        14,
        pick([4, 5, 6.5, 8.5, 11], 0),
      ],
      "circle-stroke-width": ["case", [">", CLASS, 0], 0.8, 0],
      "circle-stroke-color": tokens["map-casing"],
    },
  };
}

function chosenUnit(tokens: Tokens): Layer[] {
  return [
    {
      id: "chosen-casing",
      type: "line",
      source: "chosen",
      paint: { "line-color": tokens["map-casing"], "line-width": 9 },
    },
    {
      id: "chosen-line",
      type: "line",
      source: "chosen",
      paint: { "line-color": tokens.ink, "line-width": 4.6 },
    },
  ];
}

function hotspotLines(tokens: Tokens): Layer[] {
  const layout = { "line-join": "round" } as const;
  return [
    {
      id: "hotspot-casing",
      type: "line",
      source: "hotspots",
      layout,
      paint: { "line-color": tokens["map-casing"], "line-width": ["case", CHOSEN, 9, 7] },
    },
    {
      id: "hotspot-line",
      type: "line",
      source: "hotspots",
      layout,
      paint: { "line-color": tokens.ink, "line-width": ["case", CHOSEN, 4.6, 2.6] },
    },
  ];
}

function symbols(tokens: Tokens): Layer[] {
  const icon = (id: string, source: string, minzoom: number, name: Expression): Layer => ({
    id,
    type: "symbol",
    source,
    minzoom,
    layout: {
      "icon-image": name,
      "icon-allow-overlap": true,
      "icon-size": ["interpolate", ["linear"], ["zoom"], 10, 0.74, 13, 1, 15.5, 1.26],
    },
  });
  return [
    {
      id: "area-counts",
      type: "symbol",
      source: "area_counts",
      layout: {
        "text-field": ["get", "words"],
        "text-font": ["Public Sans SemiBold", "Public Sans"],
        "text-size": 14,
      },
      paint: {
        "text-color": tokens.vulnerable,
        "text-halo-color": tokens["map-casing"],
        "text-halo-width": 2.4,
      },
    },
    icon("sites", "sites", 10.4, ["get", "class"]),
    icon("notices", "notices", 9.6, ["get", "image"]),
  ];
}
