// Base map layers: quiet, so that the answer is loud. Bottom to top as the design orders them.

import type { ExpressionSpecification as Expression, LayerSpecification as Layer } from "maplibre-gl";
import { faded, type Tokens } from "./tokens";

const MOST_LABELS = 25;
const BOLD = ["Public Sans Bold", "Public Sans"];
const SEMI = ["Public Sans SemiBold", "Public Sans"];
const WATER = ["Water Serif Italic", "Water Serif"];

/** Edges are smoothed once, by the sea that lies over them: smoothing is a second drawing of every edge. */
const ROUGH = { "fill-antialias": false };

function fill(id: string, layer: string, colour: string, extra: object = {}): Layer {
  return {
    id,
    type: "fill",
    source: "base",
    "source-layer": layer,
    paint: { "fill-color": colour, ...extra },
  };
}

export function baseLayers(t: Tokens): Layer[] {
  return [
    fill("land", "land", t.land, ROUGH),
    fill("neighbour", "neighbour_land", t.neighbour, ROUGH),
    fill("wood", "wood", t.wood, ROUGH),
    fill("built", "built", t.built, ROUGH),
    fill("park", "park", t.park, ROUGH),
    street("street-casing", t["street-casing"], 1.4, { opacity: 0.55, minzoom: GROUND_STREETS }),
    street("street-ground", t.street, 0, { opacity: 1, minzoom: GROUND_STREETS }),
  ];
}

/** Drawn over the cells, so that places stay recognisable and cells end at the shore. */
export function overCellLayers(t: Tokens): Layer[] {
  return [
    fill("sea-over", "sea", t.sea),
    fill("water-over", "water", t.sea),
    {
      id: "river",
      type: "line",
      source: "base",
      "source-layer": "river",
      paint: { "line-color": t.sea, "line-width": ["interpolate", ["linear"], ["zoom"], 8, 0.8, 14, 4] },
    },
    street("street-over", t.street, 0, { opacity: ["interpolate", ["linear"], ["zoom"], 10, 0.5, 13, 0.8] }),
    line("rail-casing", "rail", { "line-color": t["map-casing"], "line-width": 3, "line-opacity": 0.8 }),
    line("rail", "rail", { "line-color": t.rail, "line-width": 1.6 }),
    line("rail-ties", "rail", { "line-color": t["map-casing"], "line-width": 1, "line-dasharray": [6, 6] }),
  ];
}

function line(id: string, layer: string, paint: object): Layer {
  return { id, type: "line", source: "base", "source-layer": layer, paint } as Layer;
}

/** From this zoom all streets are drawn; further out the main roads, for a street is then thinner than a hair. */
const ALL_STREETS = 10;
/** Further out `street-over` alone shows them: drawn twice, a town's streets were a quarter of a frame in software. */
const GROUND_STREETS = 13.4;
/** Further out a street is a pixel wide, and its round ends and corners are nearly a third of its triangles. */
const ROUND_STREETS = 13;
const RANK: Expression = [
  "match",
  ["get", "road_class"],
  ["Motorway", "A Road", "motorway", "a_road"],
  3,
  ["B Road", "b_road"],
  2,
  1,
];

interface StreetWishes {
  opacity: number | Expression;
  minzoom?: number;
}

/** Streets by class, 2 / 3 / 4.4 px at town, then true width on the ground. */
function street(id: string, colour: string, extra: number, { opacity, minzoom = 0 }: StreetWishes): Layer {
  const widths = (one: number, two: number, three: number): Expression => [
    "match",
    RANK,
    3,
    three + extra,
    2,
    two + extra,
    one + extra,
  ];
  return {
    id,
    type: "line",
    source: "base",
    "source-layer": "street",
    minzoom,
    filter: ["step", ["zoom"], [">", RANK, 1], ALL_STREETS, true],
    layout: {
      "line-cap": ["step", ["zoom"], "butt", ROUND_STREETS, "round"],
      "line-join": ["step", ["zoom"], "bevel", ROUND_STREETS, "round"],
    },
    paint: {
      "line-color": colour,
      "line-opacity": opacity,
      "line-width": [
        "interpolate",
        ["exponential", 1.6],
        ["zoom"],
        8,
        widths(0, 0.3, 0.9),
        11,
        widths(0.5, 0.9, 1.8),
        13,
        widths(1.5, 2.4, 3.6),
        15,
        widths(5, 6.5, 9),
        18,
        widths(22, 28, 36),
      ],
    },
  };
}

/** Labels drawn from the page's own font, in the browser. With no base map, the districts' names. */
export function labelLayers(t: Tokens, base: boolean): Layer[] {
  const halo = { "text-halo-color": faded(t.land, 0.88), "text-halo-width": 1.7 };
  if (!base) {
    return [
      {
        id: "area-labels",
        type: "symbol",
        source: "area_labels",
        layout: { "text-field": ["get", "name"], "text-font": SEMI, "text-size": 15, "text-padding": 18 },
        paint: { "text-color": t.label, ...halo },
      },
    ];
  }
  return [
    {
      id: "street-names",
      type: "symbol",
      source: "base",
      "source-layer": "street",
      minzoom: 14.4,
      layout: {
        "symbol-placement": "line",
        "text-field": ["get", "name"],
        "text-font": ["Public Sans Medium", "Public Sans"],
        "text-size": 13,
        "text-padding": 30,
        "symbol-spacing": 600,
      },
      paint: { "text-color": t.label, ...halo },
    },
    places("suburb-labels", ["suburb", "neighbourhood", "village", "hamlet"], 11.4, SEMI, 15, t.label, halo),
    places("town-labels", ["city", "town", "locality"], 0, BOLD, 17, t.label, halo),
    places("water-labels", ["water", "sea", "river"], 0, WATER, 16, t["water-label"], {}),
  ];
}

function places(
  id: string,
  classes: string[],
  minzoom: number,
  font: string[],
  size: number,
  colour: string,
  halo: object,
): Layer {
  return {
    id,
    type: "symbol",
    source: "base",
    "source-layer": "labels",
    minzoom,
    filter: [
      "all",
      ["in", ["get", "class"], ["literal", classes]],
      [
        "<",
        ["coalesce", ["get", "rank"], 0],
        ["step", ["zoom"], MOST_LABELS, 9.8, 80, 11, 400, 12.5, 100000],
      ],
    ],
    layout: {
      "text-field": ["get", "name"],
      "text-font": font,
      "text-size": size,
      "text-padding": 8,
      "text-max-width": 8,
      "text-variable-anchor": ["top", "bottom", "right", "left"],
      "text-radial-offset": 0.9,
      "symbol-sort-key": ["coalesce", ["get", "rank"], 50],
    },
    paint: { "text-color": colour, ...halo },
  };
}
