// Symbols over the map: sites, notices, what is only counted by area; and room kept for the letters.

import type { ExpressionSpecification as Expression, LayerSpecification as Layer } from "maplibre-gl";
import type { Tokens } from "./tokens";

/** An image of nothing, as large as a letter's plate. */
export const PLATE_ROOM = "plate-room";

export function symbolLayers(tokens: Tokens): Layer[] {
  const icon = (id: string, source: string, minzoom: number, name: Expression): Layer => ({
    id,
    type: "symbol",
    source,
    minzoom,
    layout: {
      "icon-image": name,
      "icon-allow-overlap": true,
      "icon-size": ["interpolate", ["linear"], ["zoom"], 13, 0.74, 14.4, 1, 15.5, 1.26],
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
