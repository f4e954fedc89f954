// Which area a point lies in. Pure; the outlines are few, so each is looked at.

import type { Shapes } from "../api/answers";

type Feature = Shapes["features"][number];

/** The area at a longitude and latitude, or null outside all of them. */
export function areaAt(shapes: Shapes | undefined, lon: number, lat: number): Feature | null {
  return shapes?.features.find(({ geometry }) => holds(geometry, lon, lat)) ?? null;
}

/** A hole, and each part of a shape of several, turns inside and outside round: one parity over all rings says it. */
function holds(shape: GeoJSON.Polygon | GeoJSON.MultiPolygon, lon: number, lat: number): boolean {
  const polygons = shape.type === "Polygon" ? [shape.coordinates] : shape.coordinates;
  return polygons.flat().filter((ring) => odd(ring, lon, lat)).length % 2 === 1;
}

/** Whether a line from the point to the east crosses the ring an odd number of times. */
function odd(ring: readonly GeoJSON.Position[], lon: number, lat: number): boolean {
  let within = false;
  ring.forEach((to, k) => {
    const from = ring.at(k - 1) ?? to;
    const [x0 = 0, y0 = 0] = from;
    const [x1 = 0, y1 = 0] = to;
    if (y0 > lat !== y1 > lat && lon < x0 + ((lat - y0) / (y1 - y0)) * (x1 - x0)) within = !within;
  });
  return within;
}
