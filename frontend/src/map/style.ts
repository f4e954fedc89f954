// The whole map style from tokens: no glyph server, no sprite, nothing from another host.

import type {
  ExpressionSpecification as Expression,
  LayerSpecification as Layer,
  SourceSpecification as Source,
  StyleSpecification as Style,
} from "maplibre-gl";
import { alongLayers } from "./along";
import { hatchLayer } from "./change";
import { SIGNS_SOURCE, signLayer } from "./change_signs";
import { unseenUntilFilled } from "./filled";
import { groundSources, hatchLayers, ringLayers, routeLayers, veilLayers } from "./ground";
import { baseLayers, labelLayers, overCellLayers } from "./style_base";
import { DRAWN_SOURCE, drawnLayers } from "./style_drawn";
import { farSymbolLayers, SYMBOL_SOURCES, sourceName, symbolLayers, symbolSources } from "./style_symbols";
import { anchorValues, streetValues, unitFills } from "./style_values";
import type { Tokens } from "./tokens";
import { WITHHELD_SOURCE, withheldLayers } from "./withheld";

const NOTHING: GeoJSON.FeatureCollection = { type: "FeatureCollection", features: [] };
const CHOSEN: Expression = ["boolean", ["feature-state", "sel"], false];

export interface StyleOptions {
  tokens: Tokens;
  dark: boolean;
  basemap: string | null;
}

export function buildStyle(options: StyleOptions): Style {
  const { basemap } = options;
  return {
    version: 8,
    transition: { duration: 0, delay: 0 },
    sources: sources(basemap),
    layers: unseenUntilFilled(layers(options), NOW_AND_THEN),
  };
}

/** Sources of what is drawn only now and then. */
const NOW_AND_THEN: ReadonlySet<string> = new Set([
  ...[
    "routes",
    "along",
    "chosen",
    "not_compared",
    "hotspots",
    "plates",
    "rings",
    "veil",
    "area_labels",
    "over_coarse",
  ],
  ...[DRAWN_SOURCE, WITHHELD_SOURCE, SIGNS_SOURCE],
  ...SYMBOL_SOURCES.map(sourceName),
]);

function layers({ tokens, dark, basemap }: StyleOptions): Layer[] {
  return [
    {
      id: "ground",
      type: "background",
      paint: { "background-color": basemap ? tokens.sea : tokens.neighbour },
    },
    ...countyGround(tokens),
    ...(basemap ? baseLayers(tokens) : []),
    ...unitFills(tokens, dark),
    ...hatchLayers(),
    ...(basemap ? overCellLayers(tokens) : []),
    ...routeLayers(tokens),
    ...boundaries(tokens),
    ...withheldLayers(tokens),
    hatchLayer(),
    ...alongLayers(tokens),
    ...(basemap ? streetValues(tokens) : []),
    anchorValues(tokens),
    ...chosenUnit(tokens),
    ...drawnLayers(tokens, basemap !== null),
    ...hotspotLines(tokens),
    ...veilLayers(tokens),
    ...ringLayers(tokens),
    ...farSymbolLayers(tokens),
    ...labelLayers(tokens, basemap !== null),
    signLayer(),
    ...symbolLayers(tokens),
  ];
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
    along: drawn({ tolerance: 0.2 }),
    chosen: drawn({}),
    [DRAWN_SOURCE]: drawn({ tolerance: 0 }),
    [WITHHELD_SOURCE]: drawn({ maxzoom: 13, tolerance: 0.2 }),
    [SIGNS_SOURCE]: drawn({ maxzoom: 13, tolerance: 0.2 }),
    not_compared: drawn({ maxzoom: 13, tolerance: 0.2 }),
    hotspots: drawn({ tolerance: 0 }),
    plates: drawn({}),
    area_labels: drawn({}),
    ...groundSources(),
    ...symbolSources(),
  };
}

/** The county stands as land before its base map has come, and where there is none. */
function countyGround(tokens: Tokens): Layer[] {
  return [
    {
      id: "county-ground",
      type: "fill",
      source: "district",
      paint: { "fill-color": tokens.land, "fill-antialias": false },
    },
  ];
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
