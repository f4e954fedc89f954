// The map as the room sees it: quiet ground, hexagons by class, places in outline, symbols large. Nothing can be pressed.

import { type GeoJSONSource, type Map as LibreMap, Marker } from "maplibre-gl";
import type { Present, PresentPlace } from "../state/present";
import { hexagon } from "./cells";
import { imageOf } from "./images";
import { type Box, cameraMs, easeOut, makeStage, type Stage } from "./stage";
import { readTokens } from "./tokens";

const SYMBOL_SIZE = 1.75;
const PLACE_ZOOM = 14.6;
const COUNTY_PADDING = 40;
const HIDDEN = ["ward-fill", "street-value", "street-hot", "street-hot-casing", "anchor-value"];

export class RoomMap {
  private readonly stage: Stage;
  private plates: { letter: string; element: HTMLElement; marker: Marker }[] = [];
  private chosen = "";

  /** Throws where this browser cannot draw. */
  constructor(
    holder: HTMLElement,
    private told: Present,
    private readonly coveredLeft: () => number,
  ) {
    const { bbox, basemap } = told.about;
    const box: Box = bbox ?? [-6, 50, 2, 55];
    this.stage = makeStage({ holder, basemap, box, camera: null });
    this.map.keyboard.disable();
    this.map.getCanvas().tabIndex = -1;
    for (const one of holder.querySelectorAll("button")) one.tabIndex = -1;
    this.stage.ready.then(() => this.draw());
    this.stage.recoloured.add(() => this.colour());
  }

  get map(): LibreMap {
    return this.stage.map;
  }

  get ready(): Promise<void> {
    return this.stage.ready;
  }

  /** Where the place is, or the whole county for null. */
  async show(place: PresentPlace | null): Promise<void> {
    await this.ready;
    this.chosen = place?.letter ?? "";
    this.mark();
    const padding = { left: this.coveredLeft(), top: 40, bottom: 90, right: 40 };
    const moving = { duration: cameraMs(), easing: easeOut };
    const box = place ? boxOf(place) : this.told.about.bbox;
    if (box && place) this.map.fitBounds(box, { padding, maxZoom: PLACE_ZOOM, ...moving });
    else if (box) this.map.fitBounds(box, { padding: grown(padding, COUNTY_PADDING), ...moving });
  }

  /** Another answer on the same map. */
  async retell(told: Present): Promise<void> {
    this.told = told;
    await this.ready;
    for (const { marker } of this.plates) marker.remove();
    this.plates = [];
    this.map.removeFeatureState({ source: "cells" });
    this.fill();
  }

  resize(): void {
    this.map.resize();
  }

  private draw(): void {
    this.map.addSource("room", { type: "geojson", data: this.places() });
    for (const id of HIDDEN) if (this.map.getLayer(id)) this.map.setLayoutProperty(id, "visibility", "none");
    this.outlines();
    this.symbolLayer();
    this.colour();
    this.fill();
  }

  private fill(): void {
    this.source("room").setData(this.places());
    this.hexagons();
    this.symbols();
    for (const place of this.told.places) this.hang(place);
    this.mark();
  }

  private hexagons(): void {
    const { code, class: classes } = this.told.cells;
    const features = code.map((one, k) => ({
      type: "Feature" as const,
      id: k + 1,
      properties: {},
      geometry: hexagon(one),
    }));
    this.source("cells").setData({ type: "FeatureCollection", features });
    classes.forEach((c, k) => {
      this.map.setFeatureState({ source: "cells", id: k + 1 }, { c });
    });
  }

  /** Streets are drawn as wide lines, areas by their edge: casing, ink, and for streets the hot colour within. */
  private outlines(): void {
    const layout = { "line-join": "round", "line-cap": "round" } as const;
    const before = this.map.getStyle().layers.find((one) => one.type === "symbol")?.id;
    for (const [id, lines] of [
      ["room-casing", false],
      ["room-ink", false],
      ["room-hot", true],
    ] as const)
      this.map.addLayer(
        {
          id,
          type: "line",
          source: "room",
          layout,
          ...(lines ? { filter: ["==", "$type", "LineString"] } : {}),
        },
        before,
      );
  }

  private symbolLayer(): void {
    const layout = { "icon-image": ["get", "image"], "icon-size": SYMBOL_SIZE } as never;
    this.map.addSource("room_sites", { type: "geojson", data: { type: "FeatureCollection", features: [] } });
    this.map.addLayer({ id: "room-sites", type: "symbol", source: "room_sites", minzoom: 12, layout });
  }

  private colour(): void {
    if (!this.map.getLayer("room-hot")) return;
    const tokens = readTokens();
    const wide = (line: number, edge: number) =>
      ["case", ["==", ["geometry-type"], "Polygon"], edge, line] as const;
    const put = (id: string, colour: string, line: number, edge: number) => {
      this.map.setPaintProperty(id, "line-color", colour);
      this.map.setPaintProperty(id, "line-width", wide(line, edge) as never);
    };
    put("room-casing", tokens["map-casing"], 17, 9);
    put("room-ink", tokens.ink, 13, 4.6);
    put("room-hot", tokens.hot, 8, 0);
  }

  private symbols(): void {
    const features = this.told.sites.map((one) => ({
      type: "Feature" as const,
      properties: { image: imageOf(one.class, "active", false) },
      geometry: { type: "Point" as const, coordinates: one.at },
    }));
    this.source("room_sites").setData({ type: "FeatureCollection", features });
  }

  private places(): GeoJSON.FeatureCollection {
    const features = this.told.places.flatMap(({ letter, outline }) =>
      outline ? [{ type: "Feature" as const, properties: { letter }, geometry: outline }] : [],
    );
    return { type: "FeatureCollection", features };
  }

  private hang(place: PresentPlace): void {
    const element = document.createElement("span");
    element.className = "plate room-plate";
    element.textContent = place.letter;
    element.setAttribute("aria-hidden", "true");
    const at = place.outline ? northWestOf(place) : ([place.lon, place.lat] as [number, number]);
    const marker = new Marker({ element, anchor: "bottom-right" }).setLngLat(at).addTo(this.map);
    this.plates.push({ letter: place.letter, element, marker });
  }

  private mark(): void {
    for (const { letter, element } of this.plates)
      element.classList.toggle("is-chosen", letter === this.chosen);
  }

  private source(id: string): GeoJSONSource {
    return this.map.getSource(id) as GeoJSONSource;
  }
}

function pointsOf(geometry: GeoJSON.Geometry): GeoJSON.Position[] {
  if (geometry.type === "GeometryCollection") return geometry.geometries.flatMap(pointsOf);
  const flat = geometry.coordinates.flat(3) as number[];
  if (geometry.type === "Point") return [geometry.coordinates];
  const points: GeoJSON.Position[] = [];
  for (let k = 0; k + 1 < flat.length; k += 2) points.push([flat[k] ?? 0, flat[k + 1] ?? 0]);
  return points;
}

function boxOf({ outline, lon, lat }: PresentPlace): Box {
  const points = outline ? pointsOf(outline) : [[lon, lat]];
  const [x, y] = [points.map((p) => p[0] ?? lon), points.map((p) => p[1] ?? lat)];
  return [Math.min(...x), Math.min(...y), Math.max(...x), Math.max(...y)];
}

function northWestOf(place: PresentPlace): [number, number] {
  const points = place.outline ? pointsOf(place.outline) : [];
  const reach = (p: GeoJSON.Position) => (p[1] ?? 0) * 1.6 - (p[0] ?? 0);
  const best = points.reduce((a, b) => (reach(b) > reach(a) ? b : a), points[0] ?? [place.lon, place.lat]);
  return [best[0] ?? place.lon, best[1] ?? place.lat];
}

function grown<T extends Record<string, number>>(padding: T, by: number): T {
  return Object.fromEntries(Object.entries(padding).map(([side, px]) => [side, px + by])) as T;
}
