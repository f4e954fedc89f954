// Hotspot outlines and their letter plates. Arrow keys walk the plates in letter order.

import { cellsToMultiPolygon } from "h3-js";
import { type GeoJSONSource, type Map as LibreMap, Marker } from "maplibre-gl";
import type { Hotspot } from "../api/answers";
import { tellings } from "../state/format";
import type { Counted } from "../state/view";
import { HUNG, keepApart } from "./apart";
import { reachOne, walk } from "./walk";

export interface HotspotWishes {
  choose(id: number): void;
  announce(hotspot: Hotspot): void;
}

export class HotspotMarks {
  private plates: { hotspot: Hotspot; button: HTMLButtonElement; marker: Marker }[] = [];
  private chosen: number | null = null;

  constructor(
    private readonly map: LibreMap,
    private readonly wishes: HotspotWishes,
  ) {
    map.on("zoomend", () => this.keepApart());
  }

  show(hotspots: readonly Hotspot[], outlined: boolean, of: Counted): void {
    const kept = this.chosen;
    this.takeDown();
    const shapes = new Map(hotspots.map((h) => [h.id, outlined ? outline(h.units) : null]));
    const features = hotspots.flatMap((h) => {
      const geometry = shapes.get(h.id);
      return geometry ? [{ type: "Feature" as const, id: h.id, properties: { id: h.id }, geometry }] : [];
    });
    this.source().setData({ type: "FeatureCollection", features });
    const corners = hotspots.map((hotspot): [number, number] => {
      const geometry = shapes.get(hotspot.id);
      return geometry ? northWest(geometry) : [hotspot.lon, hotspot.lat];
    });
    for (const [k, hotspot] of hotspots.entries())
      this.hang(hotspot, corners[k] ?? [hotspot.lon, hotspot.lat], of);
    this.keepRoom(corners);
    this.keepApart();
    this.choose(kept);
  }

  /** Where none hang nothing is drawn anew, which would cost a frame. */
  clear(): void {
    if (this.plates.length === 0) return;
    this.takeDown();
    this.source().setData({ type: "FeatureCollection", features: [] });
    this.keepRoom([]);
  }

  private takeDown(): void {
    this.choose(null);
    for (const { marker } of this.plates) marker.remove();
    this.plates = [];
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
    (this.map.getSource("plates") as GeoJSONSource).setData({ type: "FeatureCollection", features });
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
    keepApart(
      this.map,
      this.plates.map((one) => one.marker),
    );
  }

  private walk(event: KeyboardEvent, id: number): void {
    const here = this.plates.find((one) => one.hotspot.id === id);
    const next = walk(event, this.map, this.plates, here);
    if (next) this.wishes.announce(next.hotspot);
  }

  private source(): GeoJSONSource {
    return this.map.getSource("hotspots") as GeoJSONSource;
  }
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
