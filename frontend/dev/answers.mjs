// Made-up answers in the API's shape, from the records that make_county.py wrote.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { cellToLatLng, gridDisk } from "h3-js";

const AGENCIES = [
  ["social_care", "Social care"],
  ["education", "Education"],
  ["youth_service", "Youth service"],
  ["return_interviews", "Return interviews"],
  ["community_safety", "Community safety"],
  ["police", "Police"],
  ["probation", "Probation"],
].map(([code, name]) => ({ code, name }));
const THEMES = [
  ["missing", "Missing"],
  ["cce", "Criminal exploitation"],
  ["cse", "Sexual exploitation"],
  ["county_lines", "County lines"],
  ["violence", "Serious violence"],
  ["weapons", "Weapons"],
].map(([code, name]) => ({ code, name }));
const CLASSES = [
  ["school", "Schools", "vulnerable", "point"],
  ["hotel", "Hotels", "vulnerable", "point"],
  ["bnb", "B&Bs", "vulnerable", "point"],
  ["takeaway", "Late food", "vulnerable", "point"],
  ["supported_accommodation", "Supported homes", "vulnerable", "area"],
  ["childrens_home", "Children’s homes", "vulnerable", "area"],
  ["station", "Stations", "transport", "point"],
  ["bus_stop", "Bus stops", "transport", "point"],
  ["notice_cawn", "Warning notices", "disruption", "point"],
  ["notice_closure", "Closures", "disruption", "point"],
  ["notice_hotel", "Hotel notices", "disruption", "point"],
].map(([code, label, group, kept]) => ({ code, label, group, kept, n: kept === "point" ? 12 : null }));
const DAY0 = Date.UTC(2024, 10, 1);
const MONTHS = Array.from({ length: 24 }, (_, k) => {
  const at = new Date(Date.UTC(2024, 10 + k, 1));
  return `${at.getUTCFullYear()}-${String(at.getUTCMonth() + 1).padStart(2, "0")}`;
});
const BREAKS = {
  7: [1, 20, 60, 150, 400, 900],
  8: [1, 6, 16, 40, 90, 180],
  9: [1, 3, 6, 10, 16, 25],
  10: [1, 2, 3, 5, 8, 12],
};

export function makeAnswers(folder, { tiles, anchors }) {
  const read = (name) => JSON.parse(readFileSync(join(folder, name), "utf8"));
  const { rows, cells } = read("records.json");
  const shapes = { district: read("district.json"), ward: read("ward.json") };
  const streets = read("street.geojson").features;
  const month = rows.map((r) => MONTHS.indexOf(new Date(DAY0 + r[2] * 86400e3).toISOString().slice(0, 7)));
  const wardDistrict = shapes.ward.features.map((w) => w.properties.parent);

  function codeAt(level, k) {
    const r = rows[k];
    if (level.startsWith("cell")) return cells[k][Number(level.split(":")[1] ?? 9) - 7];
    if (level === "street") return `S${r[7]}`;
    if (r[6] < 0) return null;
    return level === "ward" ? shapes.ward.features[r[6]].properties.code : wardDistrict[r[6]];
  }

  function filterOf(q) {
    const set = (name) => new Set(q.getAll(name));
    const [themes, agencies, within] = [set("theme"), set("agency"), q.get("within")];
    const [h0, h1] = (q.get("hours") ?? "0-24").split("-").map(Number);
    const days = "mon tue wed thu fri sat sun".split(" ");
    const [d0, d1] = (q.get("weekdays") ?? "mon-sun").split("-").map((d) => days.indexOf(d));
    const [from, to] = [q.get("from") ?? "2025-11-01", q.get("to") ?? "2026-11-01"].map(
      (d) => (Date.parse(d) - DAY0) / 86400e3,
    );
    const place = (r) =>
      !within || [shapes.ward.features[r[6]]?.properties.code, wardDistrict[r[6]]].includes(within);
    return {
      time: (r) => r[2] >= from && r[2] < to,
      theme: (r) => themes.size === 0 || themes.has(THEMES[r[5]].code),
      agency: (r) => agencies.size === 0 || agencies.has(AGENCIES[r[4]].code),
      rest: (r) => {
        const weekday = (r[2] + 4) % 7;
        return place(r) && r[3] >= h0 && r[3] < h1 && weekday >= d0 && weekday <= (d1 ?? d0);
      },
    };
  }

  function picture(q) {
    const level = q.get("level") ?? "cell:9";
    const f = filterOf(q);
    const units = new Map();
    const months = MONTHS.map(() => 0);
    const agencies = AGENCIES.map((a) => ({ ...a, count: 0 }));
    const themes = THEMES.map((a) => ({ ...a, count: 0 }));
    const week = Array.from({ length: 7 }, () => Array(24).fill(0));
    let total = 0;
    rows.forEach((r, k) => {
      if (!f.rest(r)) return;
      const [t, th, ag] = [f.time(r), f.theme(r), f.agency(r)];
      if (th && ag) months[month[k]] += 1;
      if (t && ag) themes[r[5]].count += 1;
      if (t && th) agencies[r[4]].count += 1;
      if (!t || !th || !ag) return;
      total += 1;
      week[(r[2] + 4) % 7][r[3]] += 1;
      const code = codeAt(level, k);
      if (code) units.set(code, (units.get(code) ?? 0) + 1);
    });
    const codes = [...units.keys()];
    const ids = new Map(
      level === "street"
        ? streets.map((s) => [s.properties.code, s.id])
        : (shapes[level]?.features ?? []).map((s) => [s.properties.code, s.id]),
    );
    const mid = (c) => streets[Number(c.slice(1))];
    const dense = level.startsWith("cell") || anchors ? null : codes.map((c) => ids.get(c));
    const areaBreaks = {
      district: [1, 200, 500, 900, 1600, 2600],
      ward: [1, 20, 50, 90, 160, 260],
      street: [1, 2, 3, 5, 8],
    };
    return {
      about: {
        period: [q.get("from"), q.get("to")],
        level,
        total,
        unplaced: 18,
        publication: 3,
        feeds: [],
        method: "counts",
        why: [{ code: "coarse", sentence: "18 records are known to the district only.", clause: null }],
        denominator: level.startsWith("cell") ? null : "residents aged 10–17",
        attributions: ["Everything here is invented."],
        breaks: level.startsWith("cell") ? BREAKS[Number(level.split(":")[1])] : areaBreaks[level],
      },
      units: {
        id: dense,
        code: codes,
        count: codes.map((c) => units.get(c)),
        rate: codes.map((c) => (level.startsWith("cell") ? null : units.get(c) / 9.7)),
        ...(level === "street" ? { name: codes.map((c) => mid(c).properties.name) } : {}),
        ...(level === "street" && anchors
          ? {
              lon: codes.map((c) => mid(c).geometry.coordinates[0][0]),
              lat: codes.map((c) => mid(c).geometry.coordinates[0][1]),
            }
          : {}),
      },
      months: {
        month: MONTHS,
        count: months,
        silent: ["2025-08"],
        breaks: [{ month: "2026-04", name: "1 Apr: new code" }],
      },
      agencies,
      themes,
      categories: [],
      week: { counts: week, without_hour: 41 },
    };
  }

  function hotspots(q) {
    const p = picture(new URLSearchParams([...q].map(([k, v]) => (k === "level" ? [k, "cell:9"] : [k, v]))));
    const count = new Map(p.units.code.map((c, k) => [c, p.units.count[k]]));
    const around = new Map(
      p.units.code.map((c) => [c, gridDisk(c, 1).reduce((a, d) => a + (count.get(d) ?? 0), 0)]),
    );
    const values = [...around.values()].sort((a, b) => b - a);
    const least = Math.max(40, values[Math.floor(values.length * 0.035)] ?? 40);
    const hot = new Set([...around].filter(([, n]) => n >= least).map(([c]) => c));
    const groups = [];
    const left = new Set(hot);
    for (const seed of hot) {
      if (!left.delete(seed)) continue;
      const group = [seed];
      for (const c of group) for (const d of gridDisk(c, 1)) if (left.delete(d)) group.push(d);
      groups.push(group);
    }
    const sum = (g) => g.reduce((a, c) => a + (count.get(c) ?? 0), 0);
    groups.sort((a, b) => sum(b) - sum(a));
    const found = groups.slice(0, 12).map((units, k) => {
      const peak = units.reduce((a, b) => (around.get(b) > around.get(a) ? b : a));
      const [lat, lon] = cellToLatLng(peak);
      const near = streets.reduce((a, b) => (far(b, lon, lat) < far(a, lon, lat) ? b : a));
      return {
        id: k + 1,
        letter: String.fromCharCode(65 + k),
        name: near.properties.name,
        ward: "Central",
        district: near.properties.town ?? "Brackwater",
        code: peak,
        units,
        count: sum(units),
        around: around.get(peak),
        expected: 31.2,
        z: 7.2,
        p: 0.00004,
        q: 0.0021,
        lon,
        lat,
      };
    });
    const sentence =
      "Each hexagon and its neighbours were compared with every way the county’s records could fall on its hexagons.";
    const byStreet = q.get("level") === "street" ? p.units.code.slice(0, 0) : [...hot];
    const hotStreets = streets.filter((s) => hot.size && s.id % 29 === 0).map((s) => s.properties.code);
    return {
      about: { method: sentence, tested: 39421, q: 0.05, sentence },
      hotspots: found,
      hot: q.get("level") === "street" ? hotStreets : byStreet,
    };
  }

  const far = (s, lon, lat) =>
    Math.hypot((s.geometry.coordinates[0][0] - lon) * 0.62, s.geometry.coordinates[0][1] - lat);

  function evidence(q) {
    const p = picture(q);
    const spot = hotspots(q).hotspots.find((h) => h.id === Number(q.get("hotspot")));
    const unit = q.get("unit");
    const k = p.units.code.indexOf(unit);
    const ward = [...shapes.ward.features, ...shapes.district.features].find(
      (f) => f.properties.code === unit,
    );
    const share = spot ? 0.05 : 0.01;
    const counts = p.months.count.map((n, i) => Math.round(n * share + (i > 16 ? (i - 16) * 0.8 : 0)));
    return {
      title:
        spot?.name ??
        ward?.properties.name ??
        (unit?.startsWith("S") ? p.units.name?.[k] : "Near Corn Street"),
      subtitle: "Brackwater, Central ward",
      count: spot?.count ?? p.units.count[k] ?? 0,
      rate: ward ? 12.4 : null,
      denominator: ward ? "residents aged 10–17" : null,
      months: {
        ...p.months,
        count: counts,
        expected_low: counts.map(() => 1),
        expected_high: counts.map(() => 8),
      },
      agencies: p.agencies.map((a, i) => ({
        ...a,
        count: i === 1 ? 0 : i === 2 ? null : Math.round(a.count * share),
        why: i === 2 ? "not shown to your agency" : null,
      })),
      test: {
        sentence: "Four times what places like this have.",
        detail: "Chance alone would do this less than once in 1,000 tries.",
        uncertainty: "It stays a hotspot in 97 of 100 redraws of uncertain locations.",
        z: 7.2,
        p: 0.00004,
        q: 0.0021,
        hot: Boolean(spot),
      },
      around: [
        { class: "hotel", label: "Hotels", n: 3, distances_m: [90, 210, 340], kept: "point" },
        { class: "school", label: "Schools", n: 2, distances_m: [540, 700], kept: "point" },
        { class: "station", label: "Brackwater Central", n: 1, distances_m: [60], kept: "point" },
        {
          class: "childrens_home",
          label: "Children’s homes",
          n: 1,
          distances_m: [],
          kept: "area",
          sentence: "place not shown",
        },
      ],
      cannot_show: [
        "8 of 126 records are known only to the ward. They count in the ward and are not put on a hexagon.",
      ],
    };
  }

  function sites(q) {
    const wanted = new Set(q.getAll("class"));
    const features = streets
      .filter((s) => s.id % 41 === 0)
      .map((s, k) => ({ s, c: ["school", "hotel", "bnb", "takeaway", "station", "bus_stop"][k % 6] }))
      .filter(({ c }) => wanted.has(c))
      .map(({ s, c }) => ({
        type: "Feature",
        geometry: { type: "Point", coordinates: s.geometry.coordinates[0] },
        properties: { class: c, name: `${s.properties.name} ${c}`, status: "open", kept: "point" },
      }));
    const areas = wanted.has("childrens_home")
      ? shapes.ward.features
          .filter((_, k) => k % 9 === 0)
          .map((f) => ({ class: "childrens_home", code: f.properties.code, n: 2 }))
      : [];
    return { type: "FeatureCollection", features, areas };
  }

  function notices() {
    const kinds = ["cawn", "closure", "hotel", "cpn", "pspo"];
    const states = ["active", "ends_soon", "ended"];
    const features = streets
      .filter((s) => s.id % 97 === 5)
      .map((s, k) => ({
        type: "Feature",
        geometry: { type: "Point", coordinates: s.geometry.coordinates[0] },
        properties: {
          kind: kinds[k % 5],
          state: states[k % 3],
          served: "2026-06-01",
          ends: "2026-12-04",
          coarse: k % 4 === 0,
        },
      }));
    return { type: "FeatureCollection", features };
  }

  function search(q) {
    const text = (q.get("q") ?? "").toLowerCase();
    const areas = ["district", "ward"].flatMap((kind) =>
      shapes[kind].features.map((f) => ({
        kind,
        ...f.properties,
        detail: kind === "ward" ? "Ward" : "District",
      })),
    );
    const roads = streets.map((s) => ({
      kind: "street",
      code: s.properties.code,
      name: s.properties.name,
      detail: "Street",
      lon: s.geometry.coordinates[0][0],
      lat: s.geometry.coordinates[0][1],
    }));
    return [...areas, ...roads].filter((f) => f.name.toLowerCase().includes(text)).slice(0, 8);
  }

  const choices = {
    county: "Marlshire",
    agencies: AGENCIES,
    feeds: [],
    themes: THEMES,
    categories: [],
    classes: CLASSES,
    period: ["2024-11-01", "2026-11-01"],
    districts: shapes.district.features.map((f) => f.properties),
    bbox: [0.2, 51.5, 1.06, 51.96],
    has_streets: true,
    street_kind: anchors ? "anchor" : "segment",
    basemap: tiles ? "/basemap.pmtiles" : null,
  };

  return (url) => {
    const q = url.searchParams;
    const routes = {
      "/api/choices": () => choices,
      "/api/picture": () => picture(q),
      "/api/hotspots": () => hotspots(q),
      "/api/evidence": () => evidence(q),
      "/api/sites": () => sites(q),
      "/api/notices": notices,
      "/api/search": () => search(q),
      "/api/shapes/district": () => shapes.district,
      "/api/shapes/ward": () => shapes.ward,
    };
    return routes[url.pathname]?.() ?? null;
  };
}
