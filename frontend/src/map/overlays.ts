// Sites and notices as symbols; what may only be counted by area as words at the area's own point.

import type { GeoJSONSource, Map as LibreMap } from "maplibre-gl";
import type { Notices, Shapes, Sites } from "../api/answers";
import { markName, type State } from "./glyphs";
import { noticeImage } from "./images";

export function showSites(map: LibreMap, sites: Sites, areas: Shapes, words: (kind: string) => string): void {
  source(map, "sites").setData({ type: "FeatureCollection", features: sites.features });
  const points = new Map(areas.features.map((f) => [f.properties.code, f.properties]));
  const features = (sites.areas ?? []).flatMap((row) => {
    const at = points.get(row.code);
    return at ? [point(at.lon, at.lat, { words: `${row.n} ${words(row.class).toLowerCase()}` })] : [];
  });
  source(map, "area_counts").setData({ type: "FeatureCollection", features });
}

export function showNotices(map: LibreMap, notices: Notices, shown: readonly string[]): void {
  const features = notices.features
    .filter((f) => shown.includes(`notice_${f.properties.kind}`))
    .map((f) => ({ ...f, properties: { ...f.properties, image: imageOf(f.properties) } }));
  source(map, "notices").setData({ type: "FeatureCollection", features });
}

export function showAreaLabels(map: LibreMap, districts: Shapes): void {
  const features = districts.features.map(({ properties: p }) => point(p.lon, p.lat, { name: p.name }));
  source(map, "area_labels").setData({ type: "FeatureCollection", features });
}

function imageOf(p: { kind: string; state: State; coarse?: boolean }): string {
  return noticeImage(markName(p.kind, true), p.state, p.coarse === true);
}

function point(lon: number, lat: number, properties: Record<string, unknown>): GeoJSON.Feature {
  return { type: "Feature", properties, geometry: { type: "Point", coordinates: [lon, lat] } };
}

function source(map: LibreMap, id: string): GeoJSONSource {
  return map.getSource(id) as GeoJSONSource;
}
