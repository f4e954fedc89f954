// What a place drawn by hand covers, over everything else: hexagons as areas, streets as lines.

import { cellsToMultiPolygon } from "h3-js";
import type { Map as LibreMap } from "maplibre-gl";
import { fillSource } from "./filled";
import { DRAWN_SOURCE, DRAWN_STREETS } from "./style_drawn";
import { quietFilter } from "./style_values";

export function showDrawn(map: LibreMap, level: string, units: readonly string[]): void {
  const streets = level === "street" ? units : [];
  for (const layer of DRAWN_STREETS) if (map.getLayer(layer)) map.setFilter(layer, quietFilter(streets));
  const cells = level === "street" || units.length === 0 ? [] : [...units];
  const features: GeoJSON.Feature[] = cells.map((code) => ({
    type: "Feature",
    properties: {},
    geometry: { type: "MultiPolygon", coordinates: cellsToMultiPolygon([code], true) },
  }));
  fillSource(map, DRAWN_SOURCE, features);
}
