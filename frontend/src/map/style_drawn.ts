// How a place being drawn looks: a light wash and a dashed edge round hexagons, a dashed line along streets.

import type { LayerSpecification as Layer } from "maplibre-gl";
import { quietFilter } from "./style_values";
import { faded, type Tokens } from "./tokens";

export const DRAWN_SOURCE = "drawn";
export const DRAWN_STREETS = ["drawn-street-casing", "drawn-street"] as const;

export function drawnLayers(tokens: Tokens, basemap: boolean): Layer[] {
  const edge = { "line-color": tokens.action, "line-width": 3.4, "line-dasharray": [2.4, 1.2] };
  const casing = { "line-color": tokens["map-casing"], "line-width": 7 };
  const areas: Layer[] = [
    {
      id: "drawn-fill",
      type: "fill",
      source: DRAWN_SOURCE,
      paint: { "fill-color": faded(tokens.action, 0.24), "fill-antialias": false },
    },
    { id: "drawn-casing", type: "line", source: DRAWN_SOURCE, paint: casing },
    { id: "drawn-edge", type: "line", source: DRAWN_SOURCE, paint: edge },
  ];
  const looks = [
    { ...casing, "line-width": 12 },
    { ...edge, "line-width": 6 },
  ];
  const streets = DRAWN_STREETS.map(
    (id, k) =>
      ({
        id,
        type: "line",
        source: "base",
        "source-layer": "street",
        filter: quietFilter([]),
        layout: { "line-join": "round" },
        paint: looks[k],
      }) as Layer,
  );
  return basemap ? [...areas, ...streets] : areas;
}
