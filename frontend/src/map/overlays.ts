// Sites and notices as symbols; what may only be counted by area as words at the area's own point.

import type { GeoJSONSource, Map as LibreMap } from "maplibre-gl";
import type { Notices, Shapes, Sites } from "../api/answers";
import { dayWords } from "../state/format";
import { markName, type State } from "./glyphs";
import { noticeImage } from "./images";

export function showSites(map: LibreMap, sites: Sites, areas: Shapes, words: (kind: string) => string): void {
  source(map, "sites").setData({ type: "FeatureCollection", features: sites.features });
  const points = new Map(areas.features.map((f) => [f.properties.code, f.properties]));
  const features = (sites.areas ?? []).flatMap((row) => {
    const at = points.get(row.code);
    return at ? [point(at.lon, at.lat, { words: `${words(row.class)}: ${row.n}` })] : [];
  });
  source(map, "area_counts").setData({ type: "FeatureCollection", features });
}

/** `areas`: the shapes whose label points stand for what is kept to an area, finest first. */
export function showNotices(
  map: LibreMap,
  notices: Notices,
  shown: readonly string[],
  areas: readonly (Shapes | undefined)[],
): void {
  const on = (kind: string) => shown.includes(`notice_${kind}`);
  const features = notices.features
    .filter((f) => on(f.properties.kind))
    .map((f) => ({ ...f, properties: { ...f.properties, ...drawn(f.properties) } }));
  source(map, "notices").setData({ type: "FeatureCollection", features });
  const points = new Map(
    areas.flatMap((s) => s?.features ?? []).map((f) => [f.properties.code, f.properties]),
  );
  const coarse = gathered((notices.areas ?? []).filter((row) => row.code && on(row.kind))).flatMap((row) => {
    const at = points.get(row.code);
    const name = `${row.n > 1 ? `${row.n} notices: ` : ""}${drawn(row).name}, somewhere in ${at?.name}`;
    const told = {
      ...drawn({ ...row, coarse: true }),
      name,
      place: row.place,
      words: row.n > 1 ? `${row.n}` : "",
    };
    return at ? [point(at.lon, at.lat, told)] : [];
  });
  source(map, "coarse_notices").setData({ type: "FeatureCollection", features: coarse });
}

export function showAreaLabels(map: LibreMap, districts: Shapes): void {
  const features = districts.features.map(({ properties: p }) => point(p.lon, p.lat, { name: p.name }));
  source(map, "area_labels").setData({ type: "FeatureCollection", features });
}

const KINDS: Record<string, string> = {
  cawn: "Warning notice",
  closure: "Closure",
  cpn: "Community protection notice",
  pspo: "Public spaces protection order",
  dispersal: "Dispersal zone",
  hotel: "Hotel notice",
};
const STATES: Record<State, string> = { active: "active", ends_soon: "ends soon", ended: "ended" };

interface NoticeFacts {
  kind: string;
  state: State;
  coarse?: boolean;
  ends?: string | null;
}

/** A notice's symbol and the words for whoever presses on it. */
function drawn({ kind, state, coarse, ends }: NoticeFacts): { image: string; name: string } {
  const until = ends ? `${state === "ended" ? "ended" : "ends"} ${dayWords(ends)}` : STATES[state];
  const image = noticeImage(markName(kind, true), state, coarse === true);
  return { image, name: `${KINDS[kind] ?? kind}, ${until}` };
}

interface Gathered {
  code: string;
  kind: string;
  state: State;
  n: number;
  place: number;
}

/** One mark for each kind and state in an area, with how many; `place` counts the marks of that area. */
export function gathered(rows: NonNullable<Notices["areas"]>): Gathered[] {
  const found = new Map<string, Gathered>();
  const marks = new Map<string, number>();
  for (const { code, kind, state } of rows) {
    if (!code) continue;
    const key = [code, kind, state].join();
    const known = found.get(key);
    if (known) known.n += 1;
    else {
      const place = marks.get(code) ?? 0;
      marks.set(code, place + 1);
      found.set(key, { code, kind, state, n: 1, place });
    }
  }
  return [...found.values()];
}

function point(lon: number, lat: number, properties: Record<string, unknown>): GeoJSON.Feature {
  return { type: "Feature", properties, geometry: { type: "Point", coordinates: [lon, lat] } };
}

function source(map: LibreMap, id: string): GeoJSONSource {
  return map.getSource(id) as GeoJSONSource;
}
