// What lies on the ground over the counts: routes, silent districts under their hatch, and how far one walks.

import type {
  GeoJSONSource,
  LayerSpecification as Layer,
  Map as LibreMap,
  SourceSpecification as Source,
} from "maplibre-gl";
import { Marker } from "maplibre-gl";
import type { Ring, Routes, Shapes, Silence } from "../api/answers";
import { clearOf } from "./apart";
import { fillSource } from "./filled";
import { HATCH } from "./hatching";
import { faded, type Tokens } from "./tokens";

const NOTHING: GeoJSON.FeatureCollection = { type: "FeatureCollection", features: [] };
const RAILWAYS = ["rail", "metro", "tram", "subway"];
/** Wider than any map here: what is outside the last ring lies under a veil. */
const WORLD: GeoJSON.Position[] = [
  [-180, -85],
  [180, -85],
  [180, 85],
  [-180, 85],
  [-180, -85],
];

export function groundSources(): Record<string, Source> {
  const drawn = (): Source => ({ type: "geojson", data: NOTHING });
  return { routes: drawn(), silence: drawn(), rings: drawn(), veil: drawn() };
}

/** Bus routes by how often they run: 1 px an hourly one, 4 px one every ten minutes. Over the cells, under the names. */
export function routeLayers(tokens: Tokens): Layer[] {
  const line = (id: string, colour: string, extra: number): Layer => ({
    id,
    type: "line",
    source: "routes",
    layout: { "line-cap": "round", "line-join": "round" },
    paint: {
      "line-color": colour,
      "line-width": [
        "interpolate",
        ["linear"],
        ["get", "departures"],
        0,
        1 + extra,
        12,
        1.4 + extra,
        24,
        2.2 + extra,
        72,
        4 + extra,
      ],
      "line-opacity": 0.9,
    },
  });
  return [
    line("routes-casing", tokens["map-casing"], 2),
    line("routes-line", tokens.transport, 0),
    {
      id: "routes-ties",
      type: "line",
      source: "routes",
      filter: ["in", ["get", "mode"], ["literal", RAILWAYS]],
      paint: { "line-color": tokens["map-casing"], "line-width": 1, "line-dasharray": [6, 6] },
    },
  ];
}

export function hatchLayers(): Layer[] {
  return [{ id: "silence-hatch", type: "fill", source: "silence", paint: { "fill-pattern": HATCH } }];
}

export function veilLayers(tokens: Tokens): Layer[] {
  return [
    {
      id: "veil",
      type: "fill",
      source: "veil",
      paint: { "fill-color": faded(tokens.land, 0.58), "fill-antialias": false },
    },
  ];
}

/** Round dots in the action colour; dashes where the line is a straight distance and no walk. */
export function ringLayers(tokens: Tokens): Layer[] {
  const ring = (id: string, way: string, dash: number[]): Layer => ({
    id,
    type: "line",
    source: "rings",
    filter: ["==", ["get", "way"], way],
    layout: { "line-cap": way === "walk" ? "round" : "butt", "line-join": "round" },
    paint: { "line-color": tokens.action, "line-width": 3.4, "line-dasharray": dash },
  });
  return [
    {
      id: "ring-casing",
      type: "line",
      source: "rings",
      layout: { "line-join": "round" },
      paint: { "line-color": faded(tokens["map-casing"], 0.75), "line-width": 5.4 },
    },
    ring("ring-walk", "walk", [0, 2.1]),
    ring("ring-straight", "straight line", [3, 2]),
  ];
}

/** The box round all rings; null where there are none. */
export function boxOfRings(rings: readonly Ring[]): [number, number, number, number] | null {
  const points = rings.flatMap(({ outline }) =>
    outline.type === "Polygon" ? outline.coordinates.flat() : outline.coordinates.flat(2),
  );
  if (points.length === 0) return null;
  const [east, north] = [points.map((p) => p[0] ?? 0), points.map((p) => p[1] ?? 0)];
  return [Math.min(...east), Math.min(...north), Math.max(...east), Math.max(...north)];
}

export function showRoutes(map: LibreMap, routes: Routes | null, shown: readonly string[]): void {
  const on = (mode: string) => shown.includes(RAILWAYS.includes(mode) ? "rail_line" : "bus_route");
  fillSource(
    map,
    "routes",
    (routes?.features ?? []).filter((f) => on(f.properties.mode)),
  );
}

/** The plates that hang over silent districts, so that they can be taken down. */
export class SilencePlates {
  private plates: Marker[] = [];

  constructor(
    private readonly map: LibreMap,
    private readonly press: (code: string) => void,
  ) {}

  show(silence: Silence | null, districts: Shapes | undefined): void {
    for (const plate of this.plates) plate.remove();
    this.plates = [];
    const silent = new Map((silence?.areas ?? []).map((area) => [area.code, area]));
    const shapes = (districts?.features ?? []).filter((f) => silent.has(f.properties.code));
    (this.map.getSource("silence") as GeoJSONSource).setData({ type: "FeatureCollection", features: shapes });
    for (const { properties: p, geometry } of shapes) {
      const area = silent.get(p.code);
      if (area) this.hang(p.code, p.name, area.words, [p.lon, p.lat + 0.7 * (north(geometry) - p.lat)]);
    }
  }

  /** A plate gives way to the letters and the plates before it and, where there is room, to what lies `over` the map. */
  keepClear(letters: readonly HTMLElement[], over: readonly DOMRect[]): void {
    const taken = letters.map((one) => one.getBoundingClientRect());
    for (const plate of this.plates) {
      plate.setOffset([0, 0]);
      const home = plate.getElement().getBoundingClientRect();
      const [x, y] = clearOf(home, [...taken, ...over]) ?? clearOf(home, taken) ?? [0, 0];
      plate.setOffset([x, y]);
      taken.push(new DOMRect(home.x + x, home.y + y, home.width, home.height));
    }
  }

  private hang(code: string, name: string, words: string, at: [number, number]): void {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "silence-plate";
    button.title = "Quiet or silent?";
    const title = document.createElement("b");
    title.textContent = "Silent, not quiet";
    const told = document.createElement("span");
    told.textContent = words;
    const where = document.createElement("span");
    where.className = "visually-hidden";
    where.textContent = ` ${name}`;
    button.append(title, " ", told, where);
    button.addEventListener("click", (event) => {
      event.stopPropagation();
      this.press(code);
    });
    const marker = new Marker({ element: button, anchor: "center" }).setLngLat(at);
    this.plates.push(marker.addTo(this.map));
  }
}

/** The most northern latitude of an outline: a plate there lies clear of the name, and of most letters. */
function north(shape: GeoJSON.Polygon | GeoJSON.MultiPolygon): number {
  const polygons = shape.type === "Polygon" ? [shape.coordinates] : shape.coordinates;
  return Math.max(...polygons.flatMap((polygon) => (polygon[0] ?? []).map((p) => p[1] ?? -90)));
}

/** The rings with their names on the line, and the veil outside the last. */
export class Rings {
  private names: Marker[] = [];

  constructor(private readonly map: LibreMap) {}

  show(rings: readonly Ring[]): void {
    for (const name of this.names) name.remove();
    const last = rings.at(-1);
    fillSource(
      this.map,
      "rings",
      rings.map((ring) => feature(ring.outline, { way: ring.way })),
    );
    fillSource(this.map, "veil", last ? [feature(outside(last.outline), {})] : []);
    this.names = rings.map((ring) => {
      const element = document.createElement("span");
      element.className = "ring-name";
      element.textContent = ringWords(ring);
      return new Marker({ element, anchor: "center" }).setLngLat(eastMost(ring.outline)).addTo(this.map);
    });
  }
}

export function ringWords({ minutes, way, distance_m }: Ring): string {
  if (way !== "walk") return `${Math.round(distance_m)} m in a straight line`;
  return minutes === 5 ? "5 minutes" : `${Math.round(minutes)}-minute walk`;
}

function outside(shape: Ring["outline"]): GeoJSON.Polygon {
  const rings = shape.type === "Polygon" ? [shape.coordinates] : shape.coordinates;
  return {
    type: "Polygon",
    coordinates: [WORLD, ...rings.flatMap((polygon) => (polygon[0] ? [polygon[0]] : []))],
  };
}

/** Where the ring reaches furthest to the east and a little south: clear of the letter, which hangs north-west. */
export function eastMost(shape: Ring["outline"]): [number, number] {
  const polygons = shape.type === "Polygon" ? [shape.coordinates] : shape.coordinates;
  const points = polygons.flatMap((polygon) => polygon[0] ?? []);
  const reach = (p: GeoJSON.Position) => (p[0] ?? 0) - 0.35 * (p[1] ?? 0);
  const best = points.reduce((a, b) => (reach(b) > reach(a) ? b : a), points[0] ?? [0, 0]);
  return [best[0] ?? 0, best[1] ?? 0];
}

function feature(geometry: GeoJSON.Geometry, properties: Record<string, unknown>): GeoJSON.Feature {
  return { type: "Feature", properties, geometry };
}
