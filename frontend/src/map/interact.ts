// What a press on the map means: the unit under it, at the level now shown.

import type { Map as LibreMap, MapGeoJSONFeature, PointLike } from "maplibre-gl";
import type { Level } from "../state/view";
import type { Cells } from "./cells";
import type { Values } from "./values";

const REACH = 6;

export interface Pressed {
  unit: string | null;
  site: { name: string; kind: string; lon: number; lat: number } | null;
}

export interface Finder {
  map: LibreMap;
  cells: Cells;
  values: Values;
  level(): Level;
}

export function pressedAt(finder: Finder, point: { x: number; y: number }): Pressed {
  const site = siteAt(finder.map, point);
  if (site) return { unit: null, site };
  return { unit: unitAt(finder, point), site: null };
}

export function unitAt(
  { map, cells, values, level }: Finder,
  point: { x: number; y: number },
): string | null {
  const { lng, lat } = map.unproject([point.x, point.y]);
  const now = level();
  if (now === "cell") return cells.codeAt(lng, lat);
  if (now !== "street") {
    return textOf(map.queryRenderedFeatures([point.x, point.y], { layers: [`${now}-fill`] })[0], "code");
  }
  const layers = ["street-value", "anchor-value"].filter((id) => map.getLayer(id));
  const near = map.queryRenderedFeatures(around(point), { layers }).find((f) => Number(f.state.c ?? 0) > 0);
  if (!near) return null;
  return textOf(near, "code") ?? values.codeOfStreet(Number(near.id)) ?? null;
}

function siteAt(map: LibreMap, point: { x: number; y: number }): Pressed["site"] {
  const found = map.queryRenderedFeatures(around(point), {
    layers: ["sites", "notices", "sites-far", "notices-far", "coarse-notices"],
  })[0];
  if (found?.geometry.type !== "Point") return null;
  const [lon, lat] = found.geometry.coordinates;
  const kind = textOf(found, "class") ?? textOf(found, "kind") ?? "";
  return { name: textOf(found, "name") ?? "", kind, lon: lon ?? 0, lat: lat ?? 0 };
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
