// The route that the map keeps to: its line, and the edge of the ground along it.

import type { LayerSpecification as Layer, Map as LibreMap } from "maplibre-gl";
import type { Along } from "../api/answers";
import { fillSource } from "./filled";
import type { Box } from "./stage";
import type { Tokens } from "./tokens";

const LINES = ["==", ["geometry-type"], "LineString"] as const;
const GROUND = ["!=", ["geometry-type"], "LineString"] as const;

/** Dashes round the ground, and the line itself, in the colour of transport. */
export function alongLayers(tokens: Tokens): Layer[] {
  const line = (id: string, filter: typeof LINES | typeof GROUND, paint: object): Layer =>
    ({
      id,
      type: "line",
      source: "along",
      filter,
      layout: { "line-cap": "butt", "line-join": "round" },
      paint,
    }) as unknown as Layer;
  const casing = { "line-color": tokens["map-casing"] };
  const ink = { "line-color": tokens.transport };
  return [
    line("along-edge-casing", GROUND, { ...casing, "line-width": 4.4, "line-opacity": 0.75 }),
    line("along-edge", GROUND, { ...ink, "line-width": 2.2, "line-dasharray": [3, 2] }),
    line("along-casing", LINES, { ...casing, "line-width": 6 }),
    line("along-line", LINES, { ...ink, "line-width": 3.2 }),
  ];
}

export function showAlong(map: LibreMap, along: Along | null): void {
  const features: GeoJSON.Feature[] = along
    ? [...along.lines, { type: "Feature", properties: {}, geometry: along.ground }]
    : [];
  fillSource(map, "along", features);
}

export function boxOfGround({ ground }: Along): Box {
  const polygons = ground.type === "Polygon" ? [ground.coordinates] : ground.coordinates;
  const points = polygons.flatMap((polygon) => polygon[0] ?? []);
  const [x, y] = [points.map((p) => p[0] ?? 0), points.map((p) => p[1] ?? 0)];
  return [Math.min(...x), Math.min(...y), Math.max(...x), Math.max(...y)];
}
