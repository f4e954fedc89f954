// Hotspot outlines and their letter plates. Arrow keys walk the plates in letter order.

import { cellsToMultiPolygon } from "h3-js";
import { type Map as LibreMap, Marker } from "maplibre-gl";
import type { Hotspot } from "../api/answers";
import { tellings } from "../state/format";
import type { Counted } from "../state/view";
import { HUNG, hung, type Point, type Rect, sampled } from "./apart";
import { fillSource } from "./filled";
import { quietFilter } from "./style_values";
import { reachOne, walk } from "./walk";

export interface HotspotWishes {
  choose(id: number): void;
  announce(hotspot: Hotspot): void;
}

/** From here on a street is longer than its letter is wide. */
const STREETS_READ_ZOOM = 13;

export class HotspotMarks {
  private plates: { hotspot: Hotspot; button: HTMLButtonElement; marker: Marker }[] = [];
  private chosen: number | null = null;
  private asStreets = false;

  /** `over`: what lies over the map, which no letter may lie under. */
  constructor(
    private readonly map: LibreMap,
    private readonly wishes: HotspotWishes,
    private readonly over: () => readonly Rect[],
  ) {
    map.on("moveend", () => this.keepApart());
    // the streets of a place are known once their tiles are drawn
    map.on("idle", () => this.asStreets && this.keepApart());
  }

  show(hotspots: readonly Hotspot[], outlined: boolean, of: Counted): void {
    const kept = this.chosen;
    this.takeDown();
    this.asStreets = !outlined;
    const shapes = new Map(hotspots.map((h) => [h.id, outlined ? outline(h.units) : null]));
    const features = hotspots.flatMap((h) => {
      const geometry = shapes.get(h.id);
      return geometry ? [{ type: "Feature" as const, id: h.id, properties: { id: h.id }, geometry }] : [];
    });
    fillSource(this.map, "hotspots", features);
    const corners = hotspots.map((hotspot): [number, number] => {
      const geometry = shapes.get(hotspot.id);
      return geometry ? northWest(geometry) : [hotspot.lon, hotspot.lat];
    });
    for (const [k, hotspot] of hotspots.entries())
      this.hang(hotspot, corners[k] ?? [hotspot.lon, hotspot.lat], of);
    this.keepRoom(corners);
    this.choose(kept);
  }

  /** Where none hang nothing is drawn anew, which would cost a frame. */
  clear(): void {
    if (this.plates.length === 0) return;
    this.takeDown();
    fillSource(this.map, "hotspots", []);
    this.keepRoom([]);
  }

  private takeDown(): void {
    for (const { marker } of this.plates) marker.remove();
    this.plates = [];
    this.choose(null);
  }

  choose(id: number | null): void {
    if (this.chosen !== null)
      this.map.setFeatureState({ source: "hotspots", id: this.chosen }, { sel: false });
    this.chosen = id;
    if (id !== null) this.map.setFeatureState({ source: "hotspots", id }, { sel: true });
    reachOne(
      this.plates,
      this.plates.find((one) => one.hotspot.id === id),
    );
    for (const plate of this.plates) {
      plate.button.classList.toggle("is-chosen", plate.hotspot.id === id);
      plate.button.setAttribute("aria-pressed", String(plate.hotspot.id === id));
    }
    this.keepApart();
  }

  /** The letters on the map, for what has to keep clear of them. */
  letters(): HTMLElement[] {
    return this.plates.map((one) => one.button);
  }

  private keepRoom(corners: [number, number][]): void {
    const features = corners.map((coordinates) => ({
      type: "Feature" as const,
      properties: {},
      geometry: { type: "Point" as const, coordinates },
    }));
    fillSource(this.map, "plates", features);
  }

  private hang(hotspot: Hotspot, at: [number, number], of: Counted): void {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "plate on-map";
    button.textContent = hotspot.letter;
    button.setAttribute(
      "aria-label",
      `${hotspot.letter}, ${hotspot.name}, hotspot, ${tellings(hotspot.count, of)}`,
    );
    button.addEventListener("click", (event) => {
      event.stopPropagation();
      this.wishes.choose(hotspot.id);
    });
    button.addEventListener("keydown", (event) => this.walk(event, hotspot.id));
    const marker = new Marker({ element: button, anchor: "bottom-right", offset: HUNG[0] }).setLngLat(at);
    marker.addTo(this.map);
    this.plates.push({ hotspot, button, marker });
  }

  private keepApart(): void {
    if (this.plates.length === 0) return;
    const home = this.map.getContainer().getBoundingClientRect();
    const streets = this.asStreets && this.map.getZoom() >= STREETS_READ_ZOOM ? this.streets() : new Map();
    const letters = this.plates.map(({ hotspot, button, marker }) => {
      const { x, y } = this.map.project(marker.getLngLat());
      const clear = hotspot.units.flatMap((code): Point[] => streets.get(code) ?? []);
      return { at: { x, y }, size: button.offsetWidth, clear };
    });
    const offsets = hung(
      letters,
      this.over().map((rect) => within(rect, home)),
    );
    for (const [k, { marker }] of this.plates.entries()) marker.setOffset(offsets[k] ?? HUNG[0]);
  }

  /** Points along the streets of the hotspots that are drawn now, by their codes, px. */
  private streets(): Map<string, Point[]> {
    const found = new Map<string, Point[]>();
    const units = this.plates.flatMap((one) => one.hotspot.units);
    if (!this.map.getLayer("street-value")) return found;
    const drawn = this.map.queryRenderedFeatures({
      layers: ["street-value", "street-quiet"],
      filter: quietFilter(units),
    });
    for (const { properties, geometry } of drawn) {
      const lines =
        geometry.type === "LineString"
          ? [geometry.coordinates]
          : geometry.type === "MultiLineString"
            ? geometry.coordinates
            : [];
      const points = lines.flatMap((line) =>
        sampled(line.map(([lon, lat]) => this.map.project([lon ?? 0, lat ?? 0]))),
      );
      found.set(properties.code, [...(found.get(properties.code) ?? []), ...points]);
    }
    return found;
  }

  private walk(event: KeyboardEvent, id: number): void {
    const here = this.plates.find((one) => one.hotspot.id === id);
    const next = walk(event, this.map, this.plates, here);
    if (next) this.wishes.announce(next.hotspot);
  }
}

function within(rect: Rect, home: Rect): Rect {
  const { left, top } = home;
  return {
    left: rect.left - left,
    right: rect.right - left,
    top: rect.top - top,
    bottom: rect.bottom - top,
  };
}

function outline(codes: readonly string[]): GeoJSON.MultiPolygon | null {
  if (codes.length === 0) return null;
  return { type: "MultiPolygon", coordinates: cellsToMultiPolygon([...codes], true) };
}

/** The corner of the outline furthest to the north and west, where the plate hangs. */
export function northWest(geometry: GeoJSON.MultiPolygon): [number, number] {
  const points = geometry.coordinates.flatMap((polygon) => polygon[0] ?? []);
  const reach = (p: GeoJSON.Position) => (p[1] ?? 0) * 1.6 - (p[0] ?? 0);
  const best = points.reduce((a, b) => (reach(b) > reach(a) ? b : a), points[0] ?? [0, 0]);
  return [best[0] ?? 0, best[1] ?? 0];
}
