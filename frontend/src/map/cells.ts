// Hexagons: geometry made here for what is in sight, once; values come later as feature-state.

import { cellToBoundary, cellToLatLng, latLngToCell, polygonToCells } from "h3-js";
import type { GeoJSONSource, Map as LibreMap } from "maplibre-gl";
import { resolutionFor } from "../state/classes";
import type { Box } from "./stage";

const MOST = 6000;
/** A hexagon is drawn a little smaller, so that 0.6 px of ground shows as a seam. */
const SHRINK = 0.985;

export function resolutionNow(map: LibreMap): number {
  return resolutionFor(map.getZoom(), map.getCenter().lat);
}

export class Cells {
  private readonly numbers = new Map<string, number>();
  private drawnBox: Box | null = null;
  private drawnResolution = -1;
  private drawn = new Set<string>();

  constructor(
    private readonly map: LibreMap,
    private readonly county: Box,
  ) {}

  /** Number of a cell, if it is drawn now. */
  numberOf(code: string): number | undefined {
    return this.drawn.has(code) ? this.numbers.get(code) : undefined;
  }

  /** Code of the cell at a point, at the resolution now drawn. */
  codeAt(lon: number, lat: number): string {
    return latLngToCell(lat, lon, this.drawnResolution);
  }

  /** Draw the cells in sight. Returns the codes that were not drawn before: none when nothing had to change. */
  follow(resolution: number): string[] {
    const sight = this.sight();
    if (resolution === this.drawnResolution && this.drawnBox && inside(sight, this.drawnBox)) return [];
    const { box, codes } = this.codesAround(sight, resolution);
    const fresh = codes.filter((code) => !this.drawn.has(code));
    this.drawn = new Set(codes);
    this.drawnBox = box;
    this.drawnResolution = resolution;
    this.source().setData({ type: "FeatureCollection", features: codes.map((code) => this.feature(code)) });
    return fresh;
  }

  private sight(): Box {
    const b = this.map.getBounds();
    return meet([b.getWest(), b.getSouth(), b.getEast(), b.getNorth()], this.county);
  }

  private codesAround(sight: Box, resolution: number): { box: Box; codes: string[] } {
    for (const share of [0.35, 0.15, 0.04]) {
      const box = meet(grown(sight, share), this.county);
      const codes = codesIn(box, resolution);
      if (codes.length <= MOST || share === 0.04) return { box, codes: codes.slice(0, MOST) };
    }
    return { box: sight, codes: [] };
  }

  private feature(code: string): GeoJSON.Feature {
    return { type: "Feature", id: this.number(code), properties: {}, geometry: hexagon(code) };
  }

  private number(code: string): number {
    const known = this.numbers.get(code);
    if (known !== undefined) return known;
    this.numbers.set(code, this.numbers.size + 1);
    return this.numbers.size;
  }

  private source(): GeoJSONSource {
    return this.map.getSource("cells") as GeoJSONSource;
  }
}

export function hexagon(code: string, shrink = SHRINK): GeoJSON.Polygon {
  const [lat, lon] = cellToLatLng(code);
  const ring = cellToBoundary(code, true).map(([x, y]) => [
    lon + (x - lon) * shrink,
    lat + (y - lat) * shrink,
  ]);
  return { type: "Polygon", coordinates: [ring] };
}

function codesIn([w, s, e, n]: Box, resolution: number): string[] {
  if (w >= e || s >= n) return [];
  const ring = [
    [s, w],
    [s, e],
    [n, e],
    [n, w],
  ];
  return polygonToCells(ring, resolution);
}

function grown([w, s, e, n]: Box, share: number): Box {
  const [x, y] = [(e - w) * share, (n - s) * share];
  return [w - x, s - y, e + x, n + y];
}

function meet(a: Box, b: Box): Box {
  return [Math.max(a[0], b[0]), Math.max(a[1], b[1]), Math.min(a[2], b[2]), Math.min(a[3], b[3])];
}

function inside(a: Box, b: Box): boolean {
  return a[0] >= b[0] && a[1] >= b[1] && a[2] <= b[2] && a[3] <= b[3];
}
