// What a press means: choose a place, go into it, look at it, go down to its streets.

import type { Choices, Found, Hotspot } from "../../api/answers";
import type { Pressed } from "../../map/interact";
import type { Store } from "../../state/store";
import type { Level, Selection } from "../../state/view";
import type { Names } from "./names";
import { INSIDE } from "./panel";
import type { Scene } from "./scene";

/** Nearest the camera goes by itself: where hexagons are told apart, where streets are, where one building is. */
const NEAR_CELLS = 12.6;
const NEAR_STREETS = 15;
const NEAR_SITE = 14.6;

export interface MoveParts {
  store: Store;
  names: Names;
  choices: Choices;
}

export class Moves {
  scene: Scene | null = null;

  constructor(
    private readonly parts: MoveParts,
    private readonly spot: (selection: Selection) => Hotspot | null,
  ) {}

  pressed({ unit }: Pressed): void {
    const { store } = this.parts;
    const { selected, level } = store.view();
    const again = selected?.kind === "unit" && selected.code === unit;
    if (unit && again && INSIDE[level]) {
      this.drill(unit, level);
      return;
    }
    store.act({ type: "select", selection: unit ? { kind: "unit", level, code: unit } : null });
  }

  found(found: Found): void {
    const { names, store, choices } = this.parts;
    names.learn(found.code, found.name, found.bbox ?? null);
    if (found.kind === "district" || found.kind === "ward") this.drill(found.code, found.kind);
    else if (found.kind === "street" && choices.has_streets) {
      store.act({ type: "level", level: "street" });
      store.act({ type: "select", selection: { kind: "unit", level: "street", code: found.code } });
      this.scene?.fly(found.lon, found.lat, NEAR_STREETS);
    } else if (found.bbox) this.scene?.fit(found.bbox);
    else this.scene?.fly(found.lon, found.lat, found.kind === "locality" ? NEAR_CELLS : NEAR_SITE);
  }

  drill(code: string, level: Level, into = INSIDE[level]?.level): void {
    if (!into) return;
    this.parts.store.act({ type: "drill", code, level: into });
    this.look();
  }

  /** One step up: from the chosen place to the answer around it, from a ward to its district, from there to the county. */
  up(): void {
    const { store, names } = this.parts;
    const { selected, within, level } = store.view();
    if (selected) store.act({ type: "select", selection: null });
    if (selected || !within) return;
    const above = names.trail(within).at(-2);
    if (above) store.act({ type: "drill", code: above.code, level: "ward" });
    else store.act({ type: "out", level: names.isArea(within) ? "district" : level });
    this.look();
  }

  /** The camera over the place the filters keep to, or over the county. */
  look(): void {
    const { store, names, choices } = this.parts;
    const { within } = store.view();
    const box = within ? names.box(within) : choices.bbox;
    if (box) this.scene?.fit(box);
  }

  choose(selection: Selection): void {
    this.parts.store.act({ type: "select", selection });
    this.reach(selection);
  }

  /** The camera over a hotspot, in the part of the map that nothing covers. */
  reach(selection: Selection | null): void {
    const spot = selection && this.spot(selection);
    const near = this.parts.store.view().level === "street" ? NEAR_STREETS : NEAR_CELLS;
    if (spot && this.scene) this.scene.fly(spot.lon, spot.lat, Math.max(near, this.scene.camera().zoom));
  }

  /** As `reach`, where the hotspot cannot be seen: out of sight, or under what lies over the map. */
  reachUnseen(selection: Selection | null): void {
    const spot = selection && this.spot(selection);
    const seen = spot && this.parts.store.view().camera && this.scene?.uncovered(spot.lon, spot.lat);
    if (!seen) this.reach(selection);
  }

  toStreets(spot: Hotspot | null): void {
    const at = spot ?? this.scene?.camera();
    this.parts.store.act({ type: "level", level: "street" });
    if (at) this.scene?.fly(at.lon, at.lat, NEAR_STREETS);
  }
}
