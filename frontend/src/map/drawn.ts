// What a place drawn by hand covers, over everything else: hexagons as areas, streets as lines.

import { cellsToMultiPolygon } from "h3-js";
import type { GeoJSONSource, Map as LibreMap } from "maplibre-gl";
import { DRAWN_SOURCE, DRAWN_STREETS } from "./style_drawn";
import { quietFilter } from "./style_values";

const NOTHING: GeoJSON.FeatureCollection = { type: "FeatureCollection", features: [] };

export function showDrawn(map: LibreMap, level: string, units: readonly string[]): void {
  const streets = level === "street" ? units : [];
  for (const layer of DRAWN_STREETS) if (map.getLayer(layer)) map.setFilter(layer, quietFilter(streets));
  const cells = level === "street" || units.length === 0 ? [] : [...units];
  const features: GeoJSON.Feature[] = cells.map((code) => ({
    type: "Feature",
    properties: {},
    geometry: { type: "MultiPolygon", coordinates: cellsToMultiPolygon([code], true) },
  }));
  (map.getSource(DRAWN_SOURCE) as GeoJSONSource).setData({ ...NOTHING, features });
}
