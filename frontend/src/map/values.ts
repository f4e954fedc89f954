// Values on the map: only the feature-state of units whose class changed is touched.

import type { GeoJSONSource, Map as LibreMap } from "maplibre-gl";
import type { Picture, Shapes } from "../api/answers";
import type { Change } from "../api/change";
import { changeClasses } from "../state/change";
import { changedClasses } from "../state/classes";
import { breaksOf, classesBy, measureShown } from "../state/measure";
import { LEVELS, type Level, type Measure } from "../state/view";
import type { Cells } from "./cells";
import { see } from "./filled";
import { QUIET_LAYERS, quietFilter } from "./style_values";

const LAYERS: Record<Level, string[]> = {
  district: ["district-fill"],
  ward: ["ward-fill"],
  cell: ["cell-fill"],
  street: ["street-value", "street-hot", "street-hot-casing", "anchor-value", ...QUIET_LAYERS],
};

/** The edges of units of which nothing can be said: drawn only where there may be some. */
const UNTOLD: Partial<Record<Level, string>> = {
  district: "district-untold",
  ward: "ward-untold",
  cell: "cell-untold",
};

/** Where a level's units live on the map. */
interface Target {
  source: string;
  sourceLayer?: string;
}

export class Values {
  private readonly painted: Record<Level, Map<string, number>> = {
    district: new Map(),
    ward: new Map(),
    cell: new Map(),
    street: new Map(),
  };
  private readonly ids: Record<"district" | "ward" | "street", Map<string, number>> = {
    district: new Map(),
    ward: new Map(),
    street: new Map(),
  };
  private readonly anchors = new Map<string, GeoJSON.Feature>();
  private hotStreets: number[] = [];
  private quietStreets = "";

  constructor(
    private readonly map: LibreMap,
    private readonly cells: Cells,
    private readonly anchored: boolean,
  ) {}

  showLevel(level: Level): void {
    for (const other of LEVELS) for (const layer of LAYERS[other]) see(this.map, layer, other === level);
  }

  /** Areas are drawn once from their shapes; their ids are the server's dense ids. */
  addShapes(level: "district" | "ward", shapes: Shapes): void {
    (this.map.getSource(level) as GeoJSONSource).setData(shapes);
    for (const f of shapes.features) this.ids[level].set(f.properties.code, Number(f.id));
    this.apply(level, this.painted[level]);
  }

  paint(level: Level, picture: Picture, wanted: Measure): void {
    const measure = measureShown(wanted, picture.units);
    this.showUntold(measure === "count" ? null : level);
    if (level === "street") this.learnStreets(picture);
    const now = classesBy(measure, picture.units, breaksOf(level, measure, picture.about));
    this.apply(level, changedClasses(this.painted[level], now));
    this.painted[level] = now;
  }

  private showUntold(shown: Level | null): void {
    for (const [level, layer] of Object.entries(UNTOLD)) see(this.map, layer, level === shown);
  }

  /** Nothing is there any more. */
  wipe(level: Level): void {
    this.apply(level, changedClasses(this.painted[level], new Map()));
    this.painted[level] = new Map();
  }

  /** The difference map: a class of its own ramp for every unit that either period holds. */
  paintChange(level: Level, change: Change): void {
    if (level === "street") this.learnStreets(change);
    const now = changeClasses(change);
    this.apply(level, changedClasses(this.painted[level], now));
    this.painted[level] = now;
  }

  /** Cells that have just come into sight get the class they already had in the answer. */
  paintFresh(codes: readonly string[]): void {
    const fresh = new Map<string, number>();
    for (const code of codes) fresh.set(code, this.painted.cell.get(code) ?? 0);
    this.apply("cell", fresh);
  }

  /** New colours reach a unit when its state is set: at once, where the layer's own way takes a moment. */
  again(): void {
    for (const level of LEVELS) this.apply(level, this.painted[level]);
  }

  /** Every street of a hotspot: those that hold a record, round their value; those that hold none, by themselves. */
  markHotStreets(codes: readonly string[]): void {
    const target = this.target("street");
    if (!target) return;
    for (const id of this.hotStreets) this.map.setFeatureState({ ...target, id }, { hot: false });
    const held = codes.filter((code) => this.painted.street.get(code));
    this.hotStreets = held.flatMap((code) => this.ids.street.get(code) ?? []);
    for (const id of this.hotStreets) this.map.setFeatureState({ ...target, id }, { hot: true });
    const quiet = codes.filter((code) => !this.painted.street.get(code));
    // as in `see`, a frame for nothing: at hexagon level there never is any
    if (quiet.join() === this.quietStreets) return;
    this.quietStreets = quiet.join();
    for (const layer of QUIET_LAYERS)
      if (this.map.getLayer(layer)) this.map.setFilter(layer, quietFilter(quiet));
  }

  codeOfStreet(id: number): string | undefined {
    for (const [code, known] of this.ids.street) if (known === id) return code;
    return undefined;
  }

  private apply(level: Level, changes: ReadonlyMap<string, number>): void {
    const target = this.target(level);
    if (!target) return;
    for (const [code, c] of changes) {
      const id = level === "cell" ? this.cells.numberOf(code) : this.ids[level].get(code);
      if (id !== undefined) this.map.setFeatureState({ ...target, id }, { c });
    }
  }

  private target(level: Level): Target | null {
    if (level === "cell") return { source: "cells" };
    if (level !== "street") return { source: level };
    if (this.anchored) return { source: "anchors" };
    return this.map.getSource("base") ? { source: "base", sourceLayer: "street" } : null;
  }

  private learnStreets({ units }: { units: Pick<Picture["units"], "id" | "code" | "lon" | "lat"> }): void {
    const before = this.ids.street.size;
    units.code.forEach((code, k) => {
      if (this.ids.street.has(code)) return;
      const [lon, lat] = [units.lon?.[k], units.lat?.[k]];
      if (this.anchored && (lon === undefined || lat === undefined)) return;
      const id = units.id?.[k] ?? this.ids.street.size + 1;
      this.ids.street.set(code, id);
      if (this.anchored && lon !== undefined && lat !== undefined)
        this.anchors.set(code, anchor(id, code, lon, lat));
    });
    if (!this.anchored || before === this.ids.street.size) return;
    const features = [...this.anchors.values()];
    (this.map.getSource("anchors") as GeoJSONSource).setData({ type: "FeatureCollection", features });
  }
}

function anchor(id: number, code: string, lon: number, lat: number): GeoJSON.Feature {
  return { type: "Feature", id, properties: { code }, geometry: { type: "Point", coordinates: [lon, lat] } };
}
