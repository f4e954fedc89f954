"""How many of the county's free-text places are placed rightly, wrongly, or left; and how long it takes.

    python -m benchmarks.place_wordings [--size village|county] [--seed N] [--wrong N]
    python -m benchmarks.place_wordings --store HOME/store/N.duckdb --labels FILE.csv [--wrong N]

Without a store the gazetteer is made of the synthetic county, and the wordings are those its agencies write. Labels are
CSV with the columns text, town, kind, ref, easting_m, northing_m: kind "" means that no place of the county was meant.
"""

import argparse
import csv
import time
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import shapely

from trigpoint.core.county.make import make_geography
from trigpoint.core.county.model import Geography
from trigpoint.core.county.records import make_records
from trigpoint.core.county.sites import Sites
from trigpoint.core.geography.areas import area_locator
from trigpoint.core.geography.gazetteer import Area, Gazetteer, NamedPoints, StreetSegments, gazetteer_of
from trigpoint.core.geography.places import localities_from_stops
from trigpoint.core.geography.wording_match import Candidate, Match, match_wordings

RIGHT_M = 250.0
"""A placement is right where it, or the nearest part of the street it names, is this near to what was meant."""
TOWN_REACH_M = 1500.0
COARSE = ("locality", "ward", "district")
FAR = ("outside",)


@dataclass(frozen=True, slots=True)
class Label:
    text: str
    town: str
    kind: str
    ref: str
    easting_m: float
    northing_m: float
    feed: str = ""


def judge(label: Label, match: Match, gazetteer: Gazetteer) -> str:
    """rightly | wrongly placed; offered first | offered | left; and of what has no place here: left or wrongly."""
    if match.sure:
        return _judge_sure(label, match.candidates[0], gazetteer)
    if not label.kind:
        return "left: no place meant"
    near = [_is_right(label, one, gazetteer) for one in match.candidates]
    return "offered first" if near[:1] == [True] else "offered" if any(near) else "left"


def _judge_sure(label: Label, one: Candidate, gazetteer: Gazetteer) -> str:
    if one.kind in FAR:
        return "wrongly" if label.kind else "left: no place meant"
    if one.kind in COARSE:
        if label.kind == "town":
            return "rightly" if one.name.casefold() == label.ref.casefold() else "wrongly"
        reach = _apart(label, one, gazetteer)
        return "town only" if not label.kind or reach <= 3 * RIGHT_M + _reach(one, gazetteer) else "wrongly"
    return "rightly" if label.kind and _is_right(label, one, gazetteer) else "wrongly"


def _is_right(label: Label, one: Candidate, gazetteer: Gazetteer) -> bool:
    if one.kind in COARSE:
        return label.kind == "town" and one.name.casefold() == label.ref.casefold()
    return one.kind not in FAR and _apart(label, one, gazetteer) <= RIGHT_M


def _reach(one: Candidate, gazetteer: Gazetteer) -> float:
    return gazetteer.items[gazetteer.by_ref[one.kind, one.ref]].reach_m


def _apart(label: Label, one: Candidate, gazetteer: Gazetteer) -> float:
    at = gazetteer.by_ref.get((one.kind, one.ref.partition("@")[0]))
    points = np.array([[one.easting_m, one.northing_m]]) if at is None else gazetteer.items[at].points
    return float(np.hypot(points[:, 0] - label.easting_m, points[:, 1] - label.northing_m).min())


def county(size: str, seed: int) -> tuple[Gazetteer, list[Label]]:
    """The synthetic county's own names, and what its agencies write."""
    geography = make_geography(seed, "county" if size == "county" else "village")
    held = make_records(geography, seed, end=date(2026, 3, 1))
    labels = [
        Label(str(text), str(town), str(kind), str(ref), float(x), float(y), feed)
        for feed, records in held.feeds.items()
        for text, town, kind, ref, x, y in zip(
            records.said.text, records.said.town, records.said.kind, records.said.ref,
            records.said.easting_m, records.said.northing_m, strict=True,
        )
    ]  # fmt: skip
    return county_gazetteer(geography, held.county.sites), labels


def county_gazetteer(geography: Geography, sites: Sites) -> Gazetteer:
    """A synthetic county's own names, as its open layers give them."""
    bus = geography.bus.stops
    places = localities_from_stops(bus.localities, bus.easting_m, bus.northing_m)
    locators = [
        (area_locator(level.polygons), level.names) for level in (geography.wards, geography.districts)
    ]

    def held_in(points: np.ndarray) -> tuple[list[str], list[str], list[str]]:
        near = places.locate(points[:, 0], points[:, 1], TOWN_REACH_M)
        towns = [places.names[at] if at >= 0 else "" for at in near.tolist()]
        inside = [(found.locate(points[:, 0], points[:, 1]).tolist(), names) for found, names in locators]
        wards, districts = ([names[at] if at >= 0 else "" for at in ids] for ids, names in inside)
        return towns, wards, districts

    lines = geography.streets.geometries
    middle = shapely.get_coordinates(shapely.line_interpolate_point(lines, 0.5, normalized=True))
    start, end = (shapely.get_coordinates(shapely.get_point(lines, at)) for at in (0, -1))
    named = np.flatnonzero(np.array([bool(name) for name in geography.streets.names]))
    streets = StreetSegments(
        [geography.streets.names[i] for i in named],
        *held_in(middle[named]),
        start[named],
        end[named],
        middle[named],
    )
    rows = [
        *((k, n, x, y) for k, n, x, y in zip(sites.premises.kind, sites.premises.name, sites.premises.easting_m,
                                             sites.premises.northing_m, strict=True)),
        *(("school", n, x, y) for n, x, y in zip(sites.schools.name, sites.schools.easting_m,
                                                 sites.schools.northing_m, strict=True)),
        *(("station", one.name, one.easting_m, one.northing_m) for one in geography.rail.stations),
        *(("park", one.name, one.geometry.centroid.x, one.geometry.centroid.y)
          for one in geography.shapes["park"] if one.name),
        *(("bus_stop", n, x, y) for n, x, y in zip(bus.names, bus.easting_m, bus.northing_m, strict=True)),
    ]  # fmt: skip
    points = np.array([(x, y) for _, _, x, y in rows])
    classes, names = [str(one[0]) for one in rows], [str(one[1]) for one in rows]
    refs = [f"{at:06d}" for at in range(len(rows))]
    named_sites = NamedPoints(classes, refs, names, *held_in(points), points)
    areas = [
        Area("locality", name, name, x, y, reach)
        for name, x, y, reach in zip(
            places.names, places.easting_m, places.northing_m, places.radius_m, strict=True
        )
    ]
    for kind, level in (("ward", geography.wards), ("district", geography.districts)):
        for code, name, x, y in zip(level.codes, level.names, level.easting_m, level.northing_m, strict=True):
            areas.append(Area(kind, code, name, float(x), float(y), 3000.0))
    return gazetteer_of(streets, named_sites, areas)


def published(store: Path) -> Gazetteer:
    """The names that a published version holds."""
    with duckdb.connect(str(store), read_only=True) as read:
        streets = read.execute(_STREETS).fetchall()
        sites = read.execute(_SITES).fetchall()
        areas = read.execute(_AREAS).fetchall()
    lines = shapely.from_wkb([row[4] for row in streets])
    middle = shapely.get_coordinates(shapely.line_interpolate_point(lines, 0.5, normalized=True))
    start, end = (shapely.get_coordinates(shapely.get_point(lines, at)) for at in (0, -1))
    told = [[row[at] for row in streets] for at in range(4)]
    columns = [[row[at] for row in sites] for at in range(6)]
    points = np.array([(row[6], row[7]) for row in sites], dtype=np.float64).reshape(-1, 2)
    return gazetteer_of(
        StreetSegments(*told, start, end, middle),
        NamedPoints(*columns, points),
        [Area(*row) for row in areas],
    )


_UNITS = "LEFT JOIN area AS w ON w.level = 2 AND w.id = s.ward LEFT JOIN area AS d ON d.level = 1 AND d.id = s.district "
_STREETS = (
    "SELECT s.name, coalesce(l.name, ''), coalesce(w.name, ''), coalesce(d.name, ''), s.wkb FROM street AS s "
    f"LEFT JOIN locality AS l ON l.id = s.locality {_UNITS} WHERE s.name <> '' AND s.kind = 'segment' ORDER BY s.id"
)
_SITES = (
    "SELECT s.class, s.ref, s.name, coalesce(l.name, ''), coalesce(w.name, ''), coalesce(d.name, ''), s.easting_m, "
    "s.northing_m FROM site AS s JOIN feed AS f ON f.id = s.feed LEFT JOIN street AS r ON r.id = s.street "
    f"LEFT JOIN locality AS l ON l.id = r.locality {_UNITS} "
    "WHERE f.open AND NOT s.restricted AND s.easting_m IS NOT NULL AND s.name <> '' ORDER BY s.id"
)
_AREAS = (
    "SELECT 'locality', name, name, easting_m, northing_m, radius_m FROM locality UNION ALL "
    "SELECT CASE level WHEN 1 THEN 'district' ELSE 'ward' END, code, name, easting_m, northing_m, 3000.0 "
    "FROM area WHERE level < 3"
)


def read_labels(path: Path) -> list[Label]:
    with path.open(encoding="utf-8", newline="") as opened:
        return [
            Label(
                row["text"], row["town"], row["kind"], row["ref"],
                float(row["easting_m"] or "nan"), float(row["northing_m"] or "nan"), row.get("feed", ""),
            )
            for row in csv.DictReader(opened)
        ]  # fmt: skip


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--size", choices=("village", "county"), default="county")
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--store", type=Path)
    words.add_argument("--labels", type=Path)
    words.add_argument("--wrong", type=int, default=0, help="show so many of those placed wrongly, and left")
    words.add_argument(
        "--full", action="store_true", help="as every benchmark takes it; nothing more is done"
    )
    told = words.parse_args()
    if (told.store is None) != (told.labels is None):
        words.error("--store and --labels go together")
    if told.store:
        gazetteer, labels = published(told.store), read_labels(told.labels)
    else:
        gazetteer, labels = county(told.size, told.seed)
    report(gazetteer, labels, told.wrong)


def report(gazetteer: Gazetteer, labels: list[Label], shown: int) -> None:
    began, cpu = time.perf_counter(), time.process_time()
    matches = match_wordings([(one.text, one.town) for one in labels], gazetteer)
    took, cpu = time.perf_counter() - began, time.process_time() - cpu
    distinct = len({(one.text, one.town) for one in labels})
    print(
        f"{len(gazetteer.items):,} names; {len(labels):,} wordings, {distinct:,} distinct, {took:.1f} s ({cpu:.1f} CPU)"
    )
    verdicts = [judge(label, match, gazetteer) for label, match in zip(labels, matches, strict=True)]
    counts = Counter(verdicts)
    for verdict, many in counts.most_common():
        print(f"  {verdict:<24}{many:>8,}  {many / len(labels):6.2%} of all")
    names = [
        v for v, label in zip(verdicts, labels, strict=True) if label.kind and _is_named(label, gazetteer)
    ]
    found = sum(v in ("rightly", "offered first") for v in names)
    print(f"  wrongly placed: {counts['wrongly'] / len(labels):.2%} of all (aim: at most 1%)")
    print(
        f"  name a gazetteer place: {len(names):,}; placed or offered first: {found / max(1, len(names)):.1%} (aim: 85%)"
    )
    for wanted in ("wrongly", "left", "offered", "town only"):
        rows = [(lab, m) for lab, m, v in zip(labels, matches, verdicts, strict=True) if v == wanted]
        step = max(1, len(rows) // shown) if shown else 1
        for label, match in rows[::step][:shown]:
            first = [(one.kind, one.name, round(one.weight, 2)) for one in match.candidates[:2]]
            print(
                f"    {wanted}: {label.text!r} ({label.town}) meant {label.kind} {label.ref!r}, got {first}"
            )


def _is_named(label: Label, gazetteer: Gazetteer) -> bool:
    """What was meant is in the gazetteer: an item of that name lies where it was meant (or is that town)."""
    return any(
        label.kind == "town"
        or np.hypot(*(gazetteer.items[at].points - (label.easting_m, label.northing_m)).T).min() <= RIGHT_M
        for at in _named(label.ref, gazetteer)
    )


def _named(name: str, gazetteer: Gazetteer) -> list[int]:
    from trigpoint.core.geography.wording_words import place_words

    words = tuple(word for word in place_words(name) if word != ",")
    return [at for _, at in gazetteer.named.get(words, ())] or list(gazetteer.towns.get(" ".join(words), ()))


if __name__ == "__main__":
    main()
