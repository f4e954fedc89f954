// Symbols over the map: sites, notices, what is only counted by area; and room kept for the letters.

import type { ExpressionSpecification as Expression, LayerSpecification as Layer } from "maplibre-gl";
import type { Tokens } from "./tokens";

/** An image of nothing, as large as a letter's plate. */
export const PLATE_ROOM = "plate-room";

/** From here on a symbol keeps its place against names; further out the names of towns are worth more. */
const CLOSE = 13;
/** Stations are few; a town's schools and takeaways together would hide its hexagons further out than this. */
const STATIONS_FROM = 10.4;
const SITES_FROM = 12;
const NOTICES_FROM = 9.6;

const STATION: Expression = ["==", ["get", "class"], "station"];

/** Under the names: so that a town is not lost beneath its own schools. */
export function farSymbolLayers(): Layer[] {
  return [
    {
      ...icon("sites", ["get", "class"], { minzoom: STATIONS_FROM, maxzoom: CLOSE }),
      filter: ["step", ["zoom"], STATION, SITES_FROM, true],
    } as Layer,
    icon("notices", ["get", "image"], { minzoom: NOTICES_FROM, maxzoom: CLOSE }),
  ];
}

function icon(source: string, image: Expression, range: { minzoom: number; maxzoom?: number }): Layer {
  const far = range.maxzoom !== undefined;
  return {
    id: far ? `${source}-far` : source,
    type: "symbol",
    source,
    ...range,
    layout: {
      "icon-image": image,
      "icon-allow-overlap": true,
      "icon-ignore-placement": far,
      "icon-size": ["interpolate", ["linear"], ["zoom"], 13, 0.74, 14.4, 1, 15.5, 1.26],
    },
  };
}

export function symbolLayers(tokens: Tokens): Layer[] {
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
    icon("sites", ["get", "class"], { minzoom: CLOSE }),
    icon("notices", ["get", "image"], { minzoom: CLOSE }),
    coarseNotices(),
    platesKeepTheirPlace(),
  ];
}

/** Notices kept to an area stand at its label point, each kind and state beside the next. */
function coarseNotices(): Layer {
  return {
    id: "coarse-notices",
    type: "symbol",
    source: "coarse_notices",
    minzoom: 9.6,
    layout: {
      "icon-image": ["get", "image"],
      "icon-allow-overlap": true,
      "icon-size": 0.9,
      "icon-offset": [
        "match",
        ["get", "place"],
        0,
        ["literal", [0, 0]],
        1,
        ["literal", [38, 0]],
        ["literal", [76, 0]],
      ],
      "text-field": ["get", "words"],
      "text-font": ["Public Sans SemiBold", "Public Sans"],
      "text-size": 14,
      "text-anchor": "top",
      "text-offset": [
        "match",
        ["get", "place"],
        0,
        ["literal", [0, 1.1]],
        1,
        ["literal", [2.4, 1.1]],
        ["literal", [4.8, 1.1]],
      ],
      "text-optional": true,
    },
  };
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
