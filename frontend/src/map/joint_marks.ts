// Places of the joined records: outlines of hexagons, rings of streets, letter plates; solid, double, or gone.

import { cellsToMultiPolygon } from "h3-js";
import {
  type ExpressionSpecification as Expression,
  type GeoJSONSource,
  type LayerSpecification as Layer,
  type Map as LibreMap,
  Marker,
} from "maplibre-gl";
import { s } from "../pages/dom";
import type { JointPlace, Standing } from "../state/joint";
import { HUNG, keepApart } from "./apart";
import { northWest } from "./hotspots";
import { readTokens } from "./tokens";
import { type Plate, reachOne, walk } from "./walk";

const SOURCE = "joint-places";
const NOTHING: GeoJSON.FeatureCollection = { type: "FeatureCollection", features: [] };
/** Names lie over the places. */
const UNDER = "sites-far";
const FADE_MS = 250;
const calm = window.matchMedia("(prefers-reduced-motion: reduce)");

export interface JointWishes {
  choose(id: number): void;
  announce(place: JointPlace): void;
}

interface Mark extends Plate {
  place: JointPlace;
  ring: SVGSVGElement | null;
  /** Of the ring, where there is one. */
  around: Marker | null;
}

/** `on` is how much of a mark is there: 1 stays, 0 has gone; in between it fades. */
export class JointMarks {
  private marks: Mark[] = [];
  private readonly on = new Map<number, number>();
  private chosen: number | null = null;
  private frame = 0;

  constructor(
    private readonly map: LibreMap,
    private readonly wishes: JointWishes,
  ) {
    map.on("zoomend", () => this.keepApart());
  }

  /** Once the map can be drawn on, and again when its colours have changed. */
  prepare(): void {
    if (!this.map.getSource(SOURCE))
      this.map.addSource(SOURCE, { type: "geojson", data: NOTHING, tolerance: 0 });
    for (const layer of layers()) {
      if (!this.map.getLayer(layer.id))
        this.map.addLayer(layer, this.map.getLayer(UNDER) ? UNDER : undefined);
      for (const [name, value] of Object.entries(layer.paint ?? {}))
        this.map.setPaintProperty(layer.id, name as never, value as never);
    }
  }

  show(places: readonly JointPlace[], names: ReadonlyMap<number, string>, ringed: boolean): void {
    for (const { marker, around } of this.marks) for (const one of [marker, around]) one?.remove();
    this.on.clear();
    const shapes = new Map(places.map((one) => [one.id, ringed ? null : outline(one.units)]));
    const features = places.flatMap((place) => {
      const geometry = shapes.get(place.id);
      const properties = { double: place.joined_only };
      return geometry ? [{ type: "Feature" as const, id: place.id, properties, geometry }] : [];
    });
    (this.map.getSource(SOURCE) as GeoJSONSource).setData({ ...NOTHING, features });
    this.marks = places.map((place) => {
      const shape = shapes.get(place.id) ?? null;
      return this.hang(place, names.get(place.id) ?? place.name, shape);
    });
    this.keepApart();
    this.choose(this.chosen);
  }

  /** Those that have gone fade in a quarter of a second, or at once for who wants no motion. */
  stand(standing: ReadonlyMap<number, Standing>, words: (id: number) => string): void {
    const from = new Map(this.on);
    for (const { place, button, ring } of this.marks) {
      const gone = standing.get(place.id) === "gone";
      button.classList.toggle("is-gone", gone);
      ring?.classList.toggle("is-gone", gone);
      button.setAttribute("aria-label", words(place.id));
    }
    cancelAnimationFrame(this.frame);
    const began = performance.now();
    const step = (now: number) => {
      const done = calm.matches ? 1 : Math.min(1, (now - began) / FADE_MS);
      for (const [id, state] of standing) {
        const start = from.get(id) ?? (state === "gone" ? 0 : 1);
        this.set(id, start + ((state === "gone" ? 0 : 1) - start) * done);
      }
      if (done < 1) this.frame = requestAnimationFrame(step);
    };
    step(began);
  }

  choose(id: number | null): void {
    this.chosen = id;
    reachOne(
      this.marks,
      this.marks.find((one) => one.place.id === id),
    );
    for (const one of this.marks) {
      const mine = one.place.id === id;
      one.button.classList.toggle("is-chosen", mine);
      one.ring?.classList.toggle("is-chosen", mine);
      one.button.setAttribute("aria-pressed", String(mine));
      this.state(one.place.id, { sel: mine });
    }
  }

  private keepApart(): void {
    keepApart(
      this.map,
      this.marks.map((one) => one.marker),
    );
  }

  private set(id: number, on: number): void {
    this.on.set(id, on);
    this.state(id, { on });
  }

  private state(id: number, state: Record<string, unknown>): void {
    this.map.setFeatureState({ source: SOURCE, id }, state);
  }

  private hang(place: JointPlace, name: string, shape: GeoJSON.MultiPolygon | null): Mark {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "plate on-map joint-plate";
    button.textContent = place.letter;
    button.title = name;
    button.addEventListener("click", (event) => {
      event.stopPropagation();
      this.wishes.choose(place.id);
    });
    button.addEventListener("keydown", (event) => this.walk(event, place.id));
    const at: [number, number] = shape ? northWest(shape) : [place.lon, place.lat];
    const hung = new Marker({ element: button, anchor: "bottom-right", offset: HUNG[0] });
    const marker = hung.setLngLat(at).addTo(this.map);
    const drawn = shape ? null : ring(place.joined_only);
    return { place, button, marker, ring: drawn, around: drawn && this.round(place, drawn) };
  }

  /** A marker is spoken of by itself: this one says nothing that its letter does not. */
  private round(place: JointPlace, drawn: SVGSVGElement): Marker {
    const holder = document.createElement("div");
    holder.className = "joint-ring-holder";
    holder.append(drawn);
    const around = new Marker({ element: holder, anchor: "center" });
    around.setLngLat([place.lon, place.lat]).addTo(this.map);
    for (const name of ["role", "aria-label", "tabindex"]) holder.removeAttribute(name);
    holder.setAttribute("aria-hidden", "true");
    return around;
  }

  private walk(event: KeyboardEvent, id: number): void {
    const here = this.marks.find((one) => one.place.id === id);
    const next = walk(event, this.map, this.marks, here);
    if (next) this.wishes.announce(next.place);
  }
}

/** A street's place as a ring of one size at every zoom: white casing, ink, and a second line where only joined. */
function ring(double: boolean): SVGSVGElement {
  const circle = (r: number, name: string) => s("circle", { cx: 17, cy: 17, r, class: name });
  return s(
    "svg",
    { class: "joint-ring", width: 34, height: 34, viewBox: "0 0 34 34", "aria-hidden": true },
    circle(11, "casing"),
    circle(11, "line"),
    double && circle(6.4, "line inner"),
  );
}

function outline(codes: readonly string[]): GeoJSON.MultiPolygon | null {
  if (codes.length === 0) return null;
  return { type: "MultiPolygon", coordinates: cellsToMultiPolygon([...codes], true) };
}

const ON: Expression = ["coalesce", ["feature-state", "on"], 1];
const OFF: Expression = ["-", 1, ON];
const CHOSEN: Expression = ["boolean", ["feature-state", "sel"], false];

function layers(): Layer[] {
  const tokens = readTokens();
  const line = (id: string, colour: string, width: unknown, opacity: unknown, more: object = {}): Layer =>
    ({
      id,
      type: "line",
      source: SOURCE,
      layout: { "line-join": "round" },
      paint: { "line-color": colour, "line-width": width, "line-opacity": opacity, ...more },
    }) as Layer;
  const double = ["==", ["get", "double"], true];
  return [
    {
      id: "joint-veil",
      type: "fill",
      source: SOURCE,
      paint: { "fill-color": tokens.land, "fill-opacity": ["*", 0.6, OFF] },
    } as Layer,
    line("joint-casing", tokens["map-casing"], ["case", double, 12, 7], ON),
    line("joint-line", tokens.ink, ["case", double, 7.6, CHOSEN, 4.6, 2.6], ON),
    { ...line("joint-between", tokens["map-casing"], 2.6, ON), filter: double } as Layer,
    line("joint-gone", tokens["ink-3"], 2, OFF, { "line-dasharray": [0.2, 2] }),
  ];
}
