// Symbols over the map: a source a group, so that what stands together is counted by its group and never mixed.

import type {
  ExpressionSpecification as Expression,
  LayerSpecification as Layer,
  SourceSpecification as Source,
} from "maplibre-gl";
import type { Shape } from "./glyphs";
import type { Tokens } from "./tokens";

/** An image of nothing, as large as a letter's plate. */
export const PLATE_ROOM = "plate-room";

/** From here on a symbol keeps its place against names; further out the names of towns are worth more. */
const CLOSE = 13;
/** Nothing is gathered from here on: every symbol stands by itself. */
const APART = 14;
const GATHERED_PX = 56;
const TEXT_PX = 13;

/** Stations are few and say where one is: they are not gathered with the stops. */
export const SYMBOL_SOURCES = [
  "vulnerable",
  "station",
  "transport",
  "disruption",
  "work",
  "guardian",
] as const;
export type SymbolSource = (typeof SYMBOL_SOURCES)[number];
const SHAPE: Record<SymbolSource, Shape> = {
  vulnerable: "circle",
  station: "square",
  transport: "square",
  disruption: "diamond",
  work: "triangle",
  guardian: "pentagon",
};
const FROM: Record<SymbolSource, number> = {
  vulnerable: 10.6,
  station: 10.4,
  transport: 12.4,
  disruption: 9.6,
  work: 10.6,
  guardian: 10.4,
};

export function sourceName(source: SymbolSource): string {
  return `over_${source}`;
}

/** Every layer whose symbols can be pressed. */
export const PRESSED_LAYERS = [
  ...SYMBOL_SOURCES.flatMap((one) => [sourceName(one), `${sourceName(one)}-far`]),
  "over-coarse",
];

/** Where the count of a group stands beside the others', px: towns have some of every group in one place. */
const ASIDE: Record<SymbolSource, [number, number]> = {
  vulnerable: [-17, 0],
  station: [0, 0],
  transport: [17, 24],
  disruption: [17, 0],
  work: [-17, 26],
  guardian: [0, -26],
};

const NOTHING: GeoJSON.FeatureCollection = { type: "FeatureCollection", features: [] };

export function symbolSources(): Record<string, Source> {
  const gathered = (one: SymbolSource): Source => ({
    type: "geojson",
    data: NOTHING,
    ...(one === "station"
      ? {}
      : {
          cluster: true,
          clusterMaxZoom: APART - 1,
          clusterRadius: GATHERED_PX,
          clusterProperties: { on: ["+", ["case", ["==", ["get", "state"], "ended"], 0, 1]] },
        }),
  });
  return {
    ...Object.fromEntries(SYMBOL_SOURCES.map((one) => [sourceName(one), gathered(one)])),
    over_coarse: { type: "geojson", data: NOTHING },
  };
}

/** Under the names: so that a town is not lost beneath its own schools. */
export function farSymbolLayers(tokens: Tokens): Layer[] {
  return SYMBOL_SOURCES.map((one) => symbols(one, tokens, true));
}

export function symbolLayers(tokens: Tokens): Layer[] {
  return [
    ...SYMBOL_SOURCES.map((one) => symbols(one, tokens, false)),
    coarseMarks(tokens),
    platesKeepTheirPlace(),
  ];
}

const GATHERED: Expression = ["has", "point_count"];
const IN_FORCE: Expression = [">", ["coalesce", ["get", "on"], 0], 0];

function symbols(one: SymbolSource, tokens: Tokens, far: boolean): Layer {
  const whole = `cluster/${SHAPE[one]}`;
  const name = sourceName(one);
  return {
    id: far ? `${name}-far` : name,
    type: "symbol",
    source: name,
    minzoom: far ? FROM[one] : CLOSE,
    ...(far ? { maxzoom: CLOSE } : {}),
    layout: {
      "icon-image": ["case", GATHERED, ["case", IN_FORCE, whole, `${whole}/ended`], ["get", "image"]],
      "icon-offset": ["case", GATHERED, ["literal", ASIDE[one]], ["literal", [0, 0]]],
      "icon-allow-overlap": true,
      "icon-ignore-placement": far,
      "icon-size": [
        "interpolate",
        ["linear"],
        ["zoom"],
        12.9,
        ["case", GATHERED, 1, 0.8],
        14.4,
        1,
        15.5,
        1.26,
      ],
      "text-field": [
        "case",
        GATHERED,
        ["to-string", ["case", IN_FORCE, ["get", "on"], ["get", "point_count"]]],
        "",
      ],
      "text-font": ["Public Sans Bold", "Public Sans"],
      "text-size": TEXT_PX,
      "text-offset": [ASIDE[one][0] / TEXT_PX, ASIDE[one][1] / TEXT_PX + (one === "work" ? 0.32 : 0)],
      "text-allow-overlap": true,
      "text-ignore-placement": true,
      "symbol-sort-key": ["case", GATHERED, 1, 0],
    },
    paint: {
      "text-color": ["case", IN_FORCE, tokens["on-symbol"], tokens.ink],
    },
  } as Layer;
}

/** What is kept to an area stands at its label point in a dotted ring, each class and state beside the next. */
function coarseMarks(tokens: Tokens): Layer {
  const beside = (of: (place: number) => [number, number]): Expression =>
    [
      "match",
      ["get", "place"],
      ...[0, 1, 2, 3, 4].flatMap((place) => [place, ["literal", of(place)]]),
      ["literal", of(5)],
    ] as unknown as Expression;
  return {
    id: "over-coarse",
    type: "symbol",
    source: "over_coarse",
    minzoom: 10.6,
    layout: {
      "icon-image": ["get", "image"],
      "icon-allow-overlap": ["step", ["zoom"], false, 12, true],
      "icon-size": 0.9,
      "icon-offset": beside((place) => [38 * (place % 3), 46 * Math.floor(place / 3)]),
      "text-field": ["get", "words"],
      "text-font": ["Public Sans SemiBold", "Public Sans"],
      "text-size": 14,
      "text-anchor": "top",
      "text-offset": beside((place) => [2.4 * (place % 3), 1.1 + 2.9 * Math.floor(place / 3)]),
      "text-optional": true,
    },
    paint: {
      "text-color": tokens.ink,
      "text-halo-color": tokens["map-casing"],
      "text-halo-width": 2.4,
    },
  } as Layer;
}

/** Nothing is drawn: letters hang over the map, and this keeps the names of places out from under them. */
function platesKeepTheirPlace(): Layer {
  return {
    id: "plates",
    type: "symbol",
    source: "plates",
    layout: {
      "icon-image": PLATE_ROOM,
      "icon-anchor": "bottom-right",
      "icon-allow-overlap": true,
      "icon-padding": 4,
    },
  };
}
