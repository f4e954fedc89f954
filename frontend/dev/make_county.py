"""Write a made-up county for front-end work only: shapes, streets, records and a base map, into dev/out.

Run once with the project's Python: `python dev/make_county.py`. Nothing here is part of the product.
"""

import json
import math
from pathlib import Path

import h3
import numpy as np
import pyogrio
import shapely
from shapely.geometry import LineString, MultiPoint, Point, Polygon, box, mapping

OUT = Path(__file__).parent / "out"
RNG = np.random.default_rng(7)
METRE_LAT = 1 / 111_320
METRE_LON = METRE_LAT / math.cos(math.radians(51.7))
WEST, SOUTH, EAST, NORTH = 0.20, 51.50, 1.15, 51.98
TOWNS = [
    ("Brackwater", 0.86, 51.66, 3200), ("Tollmere", 0.46, 51.77, 2100), ("Ashenford", 0.36, 51.65, 1700),
    ("Oxbarrow", 0.82, 51.84, 1500), ("Thornsea", 1.0, 51.80, 1200), ("Kelderby", 0.62, 51.86, 1300),
    ("Whitstow", 0.58, 51.60, 1300), ("Marsh End", 0.70, 51.71, 900), ("Lantern Cross", 0.38, 51.87, 900),
]  # fmt: skip
SUBURBS = ["Northgate", "Lantern", "Quays", "Seafront", "Coldharbour", "Old Town"]
STREETS = [
    a + " " + b
    for a in "Station Corn Mill Gate Dyers Jetty Chapel Lock Cooper Pilot Weir Ferry Anchor Tidewell Orchard".split()
    for b in ("Street", "Lane", "Road", "Row", "Parade")
]


def coast() -> Polygon:
    t = np.linspace(0, 1, 160)
    wob = 0.012 * np.sin(t * 23) + 0.007 * np.sin(t * 61 + 1) + 0.003 * np.sin(t * 140)
    east = np.c_[0.98 + 0.06 * np.sin(t * 3.1) + wob, NORTH + 0.02 - t * 0.39]
    south = np.c_[0.98 - t * 0.8, 51.59 - 0.07 * t + wob]
    ring = [(0.0, 52.2), (east[0][0], 52.2), *map(tuple, east), *map(tuple, south), (0.0, 51.50)]
    return Polygon(ring).buffer(0)


def county_shape(land: Polygon) -> Polygon:
    t = np.linspace(0, 1, 60)
    top = [(WEST + 0.05 + x * 0.9, 51.93 + 0.02 * math.sin(x * 9) + 0.006 * math.sin(x * 37)) for x in t]
    left = [(WEST + 0.03 * math.sin(y * 8) + 0.01, 51.93 - y * 0.45) for y in t]
    return land.intersection(Polygon([*left[::-1], *top, (1.3, 51.9), (1.3, 51.4), (0.2, 51.4)]).buffer(0))


def voronoi(points: np.ndarray, clip: Polygon) -> list[Polygon]:
    parts = shapely.voronoi_polygons(MultiPoint(points)).geoms
    return [p.intersection(clip) for p in parts if p.intersects(clip) and p.intersection(clip).area > 1e-6]


def town_streets(name: str, lon: float, lat: float, radius_m: float, land: Polygon) -> list[dict]:
    turn = RNG.uniform(0, math.pi)
    found: list[dict] = []

    def put(points: list[tuple[float, float]], road_class: str) -> None:
        line = LineString(
            [
                (
                    lon + (x * math.cos(turn) - y * math.sin(turn)) * METRE_LON,
                    lat + (x * math.sin(turn) + y * math.cos(turn)) * METRE_LAT,
                )
                for x, y in points
            ]
        )
        if land.contains(line):
            found.append({"line": line, "road_class": road_class, "name": str(RNG.choice(STREETS)), "town": name})

    def bend(x: float, y: float) -> tuple[float, float]:
        return x + 60 * math.sin(y / 420) + 25 * math.sin(y / 130), y + 60 * math.sin(x / 380) + 20 * math.sin(x / 150)

    step = 130
    n = int(radius_m / step)
    for i in range(-n, n):
        for j in range(-n, n):
            x, y = i * step, j * step
            if math.hypot(x, y) > radius_m * (0.75 + 0.25 * math.sin(3 * math.atan2(y, x))) or RNG.random() < 0.16:
                continue
            kind = "A Road" if i % 11 == 0 or j % 13 == 0 else "B Road" if i % 5 == 0 else "Local Road"
            put([bend(x, y), bend(x, y + step / 2), bend(x, y + step)], kind)
            if RNG.random() < 0.75:
                put([bend(x, y), bend(x + step, y)], "A Road" if j % 13 == 0 else "Local Road")
    return found


def layer(rows: list[dict], geometry: str, name: str, path: Path) -> None:
    fields = [k for k in rows[0] if k != geometry]
    columns = [np.array([r[k] for r in rows]) for k in fields]
    columns = [c if c.dtype.kind in "iuf" else c.astype(object) for c in columns]
    pyogrio.raw.write(
        path, shapely.to_wkb([r[geometry] for r in rows]), columns, fields, layer=name, driver="GPKG",
        crs="EPSG:4326", geometry_type="Unknown", append=path.exists(),
    )  # fmt: skip


def collection(rows: list[dict]) -> dict:
    features = [
        {"type": "Feature", "id": r["id"], "geometry": mapping(r["g"].simplify(0.0002)),
         "properties": {k: v for k, v in r.items() if k not in ("g", "id")}}
        for r in rows
    ]  # fmt: skip
    return {"type": "FeatureCollection", "features": features}


def centre(g: Polygon) -> tuple[float, float]:
    p = g.representative_point()
    return p.x, p.y


def records(streets: list[dict], wards: list[dict], n: int) -> list[list]:
    weight = np.array([s["w"] for s in streets])
    picks = RNG.choice(len(streets), n, p=weight / weight.sum())
    tree = shapely.STRtree([w["g"] for w in wards])
    rows = []
    for k in picks:
        mid = streets[k]["line"].interpolate(RNG.random(), normalized=True)
        lon, lat = mid.x + RNG.normal(0, 3e-4), mid.y + RNG.normal(0, 2e-4)
        ward = [i for i in tree.query(Point(lon, lat), predicate="within")]
        day = int(730 * RNG.random() ** 0.8)
        hour = int(RNG.choice([8, 9, 12, 14, 15, 15, 15, 16, 16, 16, 17, 18, 19, 20, 21, 22, 23]))
        rows.append([
            round(lon, 5), round(lat, 5), day, hour,
            int(RNG.choice(7, p=[0.16, 0.05, 0.06, 0.1, 0.2, 0.35, 0.08])), int(RNG.choice(6, p=[0.3, 0.2, 0.17, 0.13, 0.1, 0.1])),
            int(ward[0]) if len(ward) else -1, int(k),
        ])  # fmt: skip
    return rows


def main() -> None:
    OUT.mkdir(exist_ok=True)
    land = coast()
    county = county_shape(land)
    seeds = np.array([(t[1], t[2]) for t in TOWNS] + [(0.3, 51.75), (0.75, 51.93), (0.93, 51.73)])
    districts = [
        {"id": i, "g": g, "code": f"M070000{i:02d}", "name": f"{(TOWNS[i][0] if i < len(TOWNS) else 'Hundred ' + str(i))}"}
        for i, g in enumerate(voronoi(seeds, county))
    ]
    wards: list[dict] = []
    for d in districts:
        w, s, e, n = d["g"].bounds
        towns = [t for t in TOWNS if d["g"].contains(Point(t[1], t[2]))]
        points = [(RNG.uniform(w, e), RNG.uniform(s, n)) for _ in range(9)]
        points += [(t[1] + RNG.normal(0, 0.015), t[2] + RNG.normal(0, 0.01)) for t in towns for _ in range(9)]
        for g in voronoi(np.array(points), d["g"]):
            wards.append({"id": len(wards), "g": g, "code": f"M05000{len(wards):03d}", "name": f"Ward {len(wards)}", "parent": d["code"]})
    for row in districts + wards:
        row["lon"], row["lat"] = centre(row["g"])
    streets: list[dict] = []
    for name, lon, lat, radius in TOWNS:
        for s in town_streets(name, lon, lat, radius, land):
            mid = s["line"].centroid
            away = math.hypot((mid.x - lon) / METRE_LON, (mid.y - lat) / METRE_LAT)
            streets.append({"id": len(streets), **s, "w": 0.25 + 14 * math.exp(-((away / 420) ** 2)) + 1.5 * math.exp(-((away / 1600) ** 2))})
    for lon, lat in ((0.875, 51.668), (0.845, 51.672), (0.83, 51.652), (0.47, 51.768)):
        for s in streets:
            away = math.hypot((s["line"].centroid.x - lon) / METRE_LON, (s["line"].centroid.y - lat) / METRE_LAT)
            s["w"] += 26 * math.exp(-((away / 330) ** 2))
    frame = box(-0.1, 51.2, 1.6, 52.3)
    built = shapely.union_all([s["line"].buffer(0.0012) for s in streets]).simplify(0.0002)
    rail = LineString([(0.1, 51.63), (0.36, 51.652), (0.58, 51.605), (0.72, 51.64), (0.86, 51.662), (0.93, 51.70), (1.0, 51.795)])
    woods = [Point(RNG.uniform(0.25, 0.95), RNG.uniform(51.58, 51.92)).buffer(RNG.uniform(0.004, 0.012)) for _ in range(28)]
    parks = [s["line"].centroid.buffer(0.0018) for s in streets[:: len(streets) // 30]]
    labels = [{"g": Point(t[1], t[2]), "name": t[0], "class": "town", "rank": i + 1} for i, t in enumerate(TOWNS)]
    labels += [
        {"g": Point(0.86 + 0.022 * math.cos(k * 1.05), 51.66 + 0.014 * math.sin(k * 1.05)), "name": s, "class": "suburb", "rank": 20 + k}
        for k, s in enumerate(SUBURBS)
    ]
    labels.append({"g": Point(1.12, 51.64), "name": "The Marl Sea", "class": "water", "rank": 1})
    named = lambda rows: [{"g": g, "name": ""} for g in rows]  # noqa: E731
    layers = {
        "land": named([land.intersection(frame)]), "sea": named([frame.difference(land)]), "neighbour_land": named([land.intersection(frame).difference(county)]),
        "built": named(list(getattr(built, "geoms", [built]))), "wood": named(woods), "park": named(parks),
        "rail": named([rail]), "street": [{"g": s["line"], "id": s["id"], "code": f"S{s['id']}", "name": s["name"], "road_class": s["road_class"]} for s in streets],
        "labels": labels,
    }  # fmt: skip
    for name, rows in layers.items():
        path = OUT / f"{name}.geojson"
        features = [
            {"type": "Feature", **({"id": r["id"]} if "id" in r else {}), "geometry": mapping(r["g"]), "properties": {k: v for k, v in r.items() if k != "g"}}
            for r in rows
        ]
        path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    (OUT / "district.json").write_text(json.dumps(collection(districts)))
    (OUT / "ward.json").write_text(json.dumps(collection(wards)))
    rows = records(streets, wards, 24_000)
    cells = [[h3.latlng_to_cell(r[1], r[0], k) for k in (7, 8, 9, 10)] for r in rows]
    (OUT / "records.json").write_text(json.dumps({"rows": rows, "cells": cells}))
    tiles = OUT / "base.pmtiles"
    tiles.unlink(missing_ok=True)
    gpkg = OUT / "base.gpkg"
    gpkg.unlink(missing_ok=True)
    for name, items in layers.items():
        layer(items, "g", name, gpkg)
    print(len(streets), "streets", len(wards), "wards", len(rows), "records")


if __name__ == "__main__":
    main()
