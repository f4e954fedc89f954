// Journeys on the map: bowed lines that widen with how many were made, an arrow where they end, stations as squares.

import type { GeoJSONSource, LayerSpecification as Layer, Map as LibreMap } from "maplibre-gl";
import type { Routes } from "../api/answers";
import { bearing, bowed, type Line } from "../state/journeys";
import { showRoutes } from "./ground";
import { readTokens } from "./tokens";

const LINES = "journey-lines";
const ENDS = "journey-ends";
const ARROW = "journey-arrow";
/** Names of areas lie over the lines. */
const UNDER = "sites-far";
const QUIET: readonly [string, number][] = [
  ["routes-casing", 0],
  ["routes-line", 0.3],
];
const NOTHING: GeoJSON.FeatureCollection = { type: "FeatureCollection", features: [] };
/** Width of each weight, px. */
export const JOURNEY_WIDTHS: readonly number[] = [1.6, 3, 5, 7.5, 10.5];

export type PointOf = (code: string) => readonly [number, number] | null;

export class JourneyLines {
  constructor(private readonly map: LibreMap) {}

  prepare(): void {
    this.quieten();
    const image = arrow(readTokens().ink, readTokens()["map-casing"]);
    if (this.map.hasImage(ARROW)) this.map.updateImage(ARROW, image);
    else this.map.addImage(ARROW, image, { pixelRatio: 2 });
    for (const id of [LINES, ENDS])
      if (!this.map.getSource(id)) this.map.addSource(id, { type: "geojson", data: NOTHING });
    for (const layer of layers()) {
      if (!this.map.getLayer(layer.id))
        this.map.addLayer(layer, this.map.getLayer(UNDER) ? UNDER : undefined);
      for (const [name, value] of Object.entries(layer.paint ?? {}))
        this.map.setPaintProperty(layer.id, name as never, value as never);
    }
  }

  show(lines: readonly Line[], pointOf: PointOf): void {
    const drawn = lines.flatMap((one) => {
      const [a, b] = [pointOf(one.from), pointOf(one.to)];
      return a && b && (a[0] !== b[0] || a[1] !== b[1]) ? [{ ...one, points: bowed(a, b) }] : [];
    });
    this.source(LINES).setData({
      type: "FeatureCollection",
      features: drawn.map(({ points, weight, words }) => ({
        type: "Feature",
        properties: { weight, words },
        geometry: { type: "LineString", coordinates: points.slice(0, -1) },
      })),
    });
    this.source(ENDS).setData({
      type: "FeatureCollection",
      features: drawn.map(({ points, weight }) => ({
        type: "Feature",
        properties: { weight, turn: bearing(points) },
        geometry: { type: "Point", coordinates: points.at(-1) ?? [0, 0] },
      })),
    });
  }

  /** Rail and bus under the journeys, quietly. */
  routes(routes: Routes): void {
    showRoutes(this.map, routes, ["rail_line", "bus_route"]);
  }

  private quieten(): void {
    for (const [layer, opacity] of QUIET)
      if (this.map.getLayer(layer)) this.map.setPaintProperty(layer, "line-opacity", opacity);
  }

  /** What the line under a point says; empty where there is none. */
  wordsAt(point: { x: number; y: number }): string {
    const near: [[number, number], [number, number]] = [
      [point.x - 5, point.y - 5],
      [point.x + 5, point.y + 5],
    ];
    const found = this.map.queryRenderedFeatures(near, { layers: [LINES] }).at(0);
    return typeof found?.properties.words === "string" ? found.properties.words : "";
  }

  private source(id: string): GeoJSONSource {
    return this.map.getSource(id) as GeoJSONSource;
  }
}

function layers(): Layer[] {
  const tokens = readTokens();
  const width = (extra: number) => [
    "match",
    ["get", "weight"],
    ...JOURNEY_WIDTHS.flatMap((w, k) => [k + 1, w + extra]),
    2,
  ];
  const faint = ["match", ["get", "weight"], 1, 0.45, 2, 0.6, 3, 0.72, 0.82];
  const line = { type: "line", layout: { "line-cap": "butt", "line-join": "round" } };
  return [
    {
      ...line,
      id: "journey-casing",
      source: LINES,
      paint: { "line-color": tokens["map-casing"], "line-width": width(2.4), "line-opacity": 0.9 },
    },
    {
      ...line,
      id: LINES,
      source: LINES,
      paint: { "line-color": tokens.ink, "line-width": width(0), "line-opacity": faint },
    },
    {
      id: ENDS,
      type: "symbol",
      source: ENDS,
      layout: {
        "icon-image": ARROW,
        "icon-rotate": ["get", "turn"],
        "icon-rotation-alignment": "map",
        "icon-allow-overlap": true,
        "icon-ignore-placement": true,
        "icon-anchor": "top",
        "icon-padding": 0,
        "icon-size": ["match", ["get", "weight"], 1, 0.55, 2, 0.7, 3, 0.9, 4, 1.15, 5, 1.4, 0.6],
      },
    },
  ] as unknown as Layer[];
}

/** A triangle that points north, its tip at the top edge. */
function arrow(ink: string, casing: string): ImageData {
  const [wide, high] = [44, 40];
  const canvas = document.createElement("canvas");
  canvas.width = wide;
  canvas.height = high;
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("This browser cannot draw the map’s arrows.");
  const path = new Path2D(`M${wide / 2} 3L${wide - 5} ${high - 4}L5 ${high - 4}Z`);
  pen.lineJoin = "round";
  pen.lineWidth = 5;
  pen.strokeStyle = casing;
  pen.stroke(path);
  pen.fillStyle = ink;
  pen.fill(path);
  return pen.getImageData(0, 0, wide, high);
}
