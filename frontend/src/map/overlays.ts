// Overlays as symbols: a source for each group; what may only be counted by area stands at the area's own point.

import type { Map as LibreMap } from "maplibre-gl";
import type { Shapes } from "../api/answers";
import { areaMarks, type Overlay } from "../state/overlay";
import { fillSource } from "./filled";
import { imageOf } from "./images";
import { SYMBOL_SOURCES, type SymbolSource, sourceName } from "./style_symbols";

/** `areas`: the shapes whose label points stand for what is kept to an area, finest first. */
export function showOverlays(
  map: LibreMap,
  overlays: readonly Overlay[],
  areas: readonly (Shapes | undefined)[],
): void {
  const features = new Map<SymbolSource, GeoJSON.Feature[]>(SYMBOL_SOURCES.map((one) => [one, []]));
  for (const one of overlays) {
    if (!one.at) continue;
    const { key, code, state } = one;
    const told = { key, state: state ?? "active", image: imageOf(code, state, false) };
    features.get(sourceOf(one))?.push(point(one.at[0], one.at[1], told));
  }
  for (const [name, list] of features) fillSource(map, sourceName(name), list);
  fillSource(map, "over_coarse", coarse(overlays, areas));
}

function sourceOf(one: Overlay): SymbolSource {
  return one.code === "station" ? "station" : one.group;
}

function coarse(overlays: readonly Overlay[], areas: readonly (Shapes | undefined)[]): GeoJSON.Feature[] {
  const points = new Map(
    areas.flatMap((s) => s?.features ?? []).map((f) => [f.properties.code, f.properties]),
  );
  return areaMarks(overlays).flatMap((mark) => {
    const at = points.get(mark.area);
    const told = {
      key: `area/${mark.key}`,
      image: imageOf(mark.code, mark.state, true),
      place: mark.place,
      words: mark.n > 1 ? `${mark.n}` : "",
    };
    return at ? [point(at.lon, at.lat, told)] : [];
  });
}

export function showAreaLabels(map: LibreMap, districts: Shapes): void {
  const features = districts.features.map(({ properties: p }) => point(p.lon, p.lat, { name: p.name }));
  fillSource(map, "area_labels", features);
}

function point(lon: number, lat: number, properties: Record<string, unknown>): GeoJSON.Feature {
  return { type: "Feature", properties, geometry: { type: "Point", coordinates: [lon, lat] } };
}
