// What a press on the map means: the unit under it, at the level now shown.

import type { Map as LibreMap, MapGeoJSONFeature, PointLike } from "maplibre-gl";
import type { Level } from "../state/view";
import type { Cells } from "./cells";
import { PRESSED_LAYERS } from "./style_symbols";
import type { Values } from "./values";

const REACH = 6;

/** `overlays` are the keys of the symbols pressed; `gathered` is where many stand together, and of which source. */
export interface Pressed {
  unit: string | null;
  overlays: string[];
  gathered: { source: string; id: number; n: number; lon: number; lat: number } | null;
}

export interface Finder {
  map: LibreMap;
  cells: Cells;
  values: Values;
  level(): Level;
}

/** While a place is drawn only its ground is pressed, any street among it: `any`. */
export function groundAt(finder: Finder, point: { x: number; y: number }): Pressed {
  return { unit: unitAt(finder, point, true), overlays: [], gathered: null };
}

export function pressedAt(finder: Finder, point: { x: number; y: number }): Pressed {
  const symbols = finder.map
    .queryRenderedFeatures(around(point), { layers: PRESSED_LAYERS })
    .filter((f) => f.geometry.type === "Point");
  const overlays = [...new Set(symbols.flatMap((f) => textOf(f, "key") ?? []))];
  if (overlays.length > 0) return { unit: null, overlays, gathered: null };
  const gathered = symbols[0] ? gatheredOf(symbols[0]) : null;
  if (gathered) return { unit: null, overlays, gathered };
  return { unit: unitAt(finder, point), overlays, gathered: null };
}

export function unitAt(
  { map, cells, values, level }: Finder,
  point: { x: number; y: number },
  any = false,
): string | null {
  const { lng, lat } = map.unproject([point.x, point.y]);
  const now = level();
  if (now === "cell") return cells.codeAt(lng, lat);
  if (now !== "street") {
    return textOf(map.queryRenderedFeatures([point.x, point.y], { layers: [`${now}-fill`] })[0], "code");
  }
  const shown = any ? ["street-value", "street-ground"] : ["street-value", "anchor-value"];
  const layers = shown.filter((id) => map.getLayer(id));
  const found = map.queryRenderedFeatures(around(point), { layers });
  const near = found.find((f) => any || Number(f.state.c ?? 0) > 0);
  if (!near) return null;
  return textOf(near, "code") ?? values.codeOfStreet(Number(near.id)) ?? null;
}

function gatheredOf(found: MapGeoJSONFeature): Pressed["gathered"] {
  if (found.geometry.type !== "Point") return null;
  const [lon, lat] = found.geometry.coordinates;
  const { cluster_id: id, point_count: n } = found.properties;
  if (typeof id !== "number") return null;
  return { source: found.source, id, n: Number(n), lon: lon ?? 0, lat: lat ?? 0 };
}

function textOf(f: MapGeoJSONFeature | undefined, name: string): string | null {
  const value: unknown = f?.properties?.[name];
  return typeof value === "string" && value ? value : null;
}

function around({ x, y }: { x: number; y: number }): [PointLike, PointLike] {
  return [
    [x - REACH, y - REACH],
    [x + REACH, y + REACH],
  ];
}
