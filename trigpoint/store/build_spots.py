"""Where each place is: references followed, then points given their area, street, locality and cells.

A *place* is a distinct way in which claims say where; a *spot* is one spot it may mean. A point, a site or a
postcode unit means one; a street's name means each of its segments, a postcode sector each ward in which it
has postcodes. The shares of a place's spots sum to 1. What matches nothing is one spot that is nowhere.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from trigpoint.core.geography.cells import cells_of_points
from trigpoint.core.geography.places import Localities
from trigpoint.store.build_areas import Areas
from trigpoint.store.build_places import Streets
from trigpoint.store.build_sites import Sites, named_segments
from trigpoint.store.build_wording_spots import WordingPlaces
from trigpoint.store.schema import CELL_RESOLUTIONS

__all__ = ["Gazetteer", "build_spots"]

MOST_CANDIDATES = 100
"""A reference that could mean more spots than this is as good as nowhere (a road right across a county)."""


@dataclass(frozen=True, slots=True, eq=False)
class Gazetteer:
    """Everything that a place may refer to."""

    areas: Areas
    streets: Streets
    localities: Localities
    sites: Sites
    wordings: WordingPlaces


@dataclass(frozen=True, slots=True)
class Spot:
    """One spot a place may mean, before its units are looked up; -1 and NaN where not known.

    `quality` is that of a claim placed by it, 0 where the entry's own stands.
    """

    place: int
    share: float = 1.0
    easting_m: float = np.nan
    northing_m: float = np.nan
    street: int = -1
    site: int = -1
    district: int = -1
    ward: int = -1
    lsoa: int = -1
    quality: int = 0


def build_spots(store: duckdb.DuckDBPyConnection, gazetteer: Gazetteer) -> dict[int, NDArray[np.uint64]]:
    """Make the temporary table `place_spot` from `place`; returns the H3 cell of each spot by resolution.

    The cells' dense ids are given by `build_cells`, which must know every cell that holds a claim.
    """
    places = store.execute("SELECT * FROM place ORDER BY place").to_arrow_table()
    columns = _spots(store, places, gazetteer)
    veiled = places["veiled"].to_numpy(zero_copy_only=False).astype(np.bool_)[columns["place"]]
    points = columns.pop("easting_m"), columns.pop("northing_m")
    _locate(columns, points, places, gazetteer)
    columns["street"] = np.where(veiled, -1, columns["street"]).astype(np.int32)
    turn = np.arange(len(columns["place"])) - np.searchsorted(columns["place"], columns["place"])
    seen = np.where(veiled, np.nan, points[0])
    shown = {
        "turn": turn.astype(np.int32),
        "easting_m": seen,
        "northing_m": np.where(veiled, np.nan, points[1]),
    }
    store.register("spots", pa.table({**columns, **shown}))
    store.execute("CREATE TEMP TABLE place_spot AS SELECT *, row_number() OVER () - 1 AS spot FROM spots")
    store.unregister("spots")
    return cells_of_points(seen, points[1], CELL_RESOLUTIONS)


def _spots(
    store: duckdb.DuckDBPyConnection, places: pa.Table, gazetteer: Gazetteer
) -> dict[str, NDArray[Any]]:
    """Columns of all spots in the order of place: places with a point as they are, references followed."""
    easting = _floats(places["easting_m"])
    pointed = np.isfinite(easting)
    referring = np.flatnonzero(~pointed)
    followed = list(_follow(store, places.take(pa.array(referring)).to_pylist(), gazetteer))
    count = int(pointed.sum())
    plain = {
        "place": np.flatnonzero(pointed),
        "share": np.ones(count),
        "easting_m": easting[pointed],
        "northing_m": _floats(places["northing_m"])[pointed],
    }
    plain["quality"] = np.zeros(count)
    none = np.full(count, -1)
    columns = {}
    for name in Spot.__slots__:
        tail = np.array([getattr(spot, name) for spot in followed])
        columns[name] = np.concatenate([plain.get(name, none), tail]) if followed else plain.get(name, none)
    order = np.argsort(columns["place"], kind="stable")
    whole = {"place": np.int64, "share": np.float64, "easting_m": np.float64, "northing_m": np.float64}
    return {name: values[order].astype(whole.get(name, np.int32)) for name, values in columns.items()}


def _follow(
    store: duckdb.DuckDBPyConnection, places: list[dict[str, Any]], gazetteer: Gazetteer
) -> Iterator[Spot]:
    postcodes = _Postcodes(store, places, gazetteer.areas)
    properties = _properties(store, places)
    for place in places:
        number = place["place"]
        if place["site_ref"]:
            found = _at_site(place, gazetteer.sites)
        elif place["street_name"]:
            found = _along_street(place, gazetteer.streets)
        elif place["postcode"]:
            found = postcodes.spots(place["postcode"])
        elif place["area_level"]:
            found = _in_area(place, gazetteer.areas)
        elif place["uprn"] is not None:
            found = [Spot(0, 1.0, *properties[place["uprn"]])] if place["uprn"] in properties else []
        else:
            found = _in_words(place, gazetteer.wordings)
        for spot in found or [Spot(number)]:
            yield replace(spot, place=number)


def _properties(
    store: duckdb.DuckDBPyConnection, places: list[dict[str, Any]]
) -> dict[int, tuple[float, float]]:
    """The points of the property numbers that places refer to."""
    wanted = sorted({place["uprn"] for place in places if place["uprn"] is not None})
    store.register("asked_uprn", pa.table({"asked": pa.array(wanted, pa.int64())}))
    rows = store.execute(
        "SELECT DISTINCT ON (asked) asked, easting_m, northing_m FROM current_uprns "
        "JOIN asked_uprn ON uprn = asked WHERE easting_m IS NOT NULL ORDER BY asked, delivery DESC"
    ).fetchall()
    store.unregister("asked_uprn")
    return {asked: (x, y) for asked, x, y in rows}


def _in_words(place: dict[str, Any], wordings: WordingPlaces) -> list[Spot]:
    if place["wording"] is None:
        return []
    return [
        Spot(
            0, one.share, one.easting_m, one.northing_m, street=one.street, site=one.site,
            district=one.district, ward=one.ward, quality=one.quality,
        )
        for one in wordings.spots(bytes(place["wording"]))
    ]  # fmt: skip


def _at_site(place: dict[str, Any], sites: Sites) -> list[Spot]:
    site = sites.by_ref.get((place["site_class"], place["site_ref"]))
    if site is None:
        return []
    x, y = sites.points[site]
    return [Spot(0, 1.0, float(x), float(y), site=site, district=int(sites.district[site]))]


def _along_street(place: dict[str, Any], streets: Streets) -> list[Spot]:
    segments = named_segments(streets, place["street_name"], place["town"])
    if len(segments) > MOST_CANDIDATES:
        return []
    share = 1 / max(1, len(segments))
    points = streets.middle[segments].tolist()
    return [Spot(0, share, x, y, street=s) for s, (x, y) in zip(segments, points, strict=True)]


def _in_area(place: dict[str, Any], areas: Areas) -> list[Spot]:
    if not place["area_level"]:
        return []
    level = areas.level(place["area_level"])
    at = level.ids.get(place["area_code"] or "", -1)
    if at < 0 and place["area_name"]:
        wanted = place["area_name"].casefold().strip()
        named = [i for i, name in enumerate(level.names) if name.casefold() == wanted]
        at = named[0] if len(named) == 1 else -1
    if at < 0:
        return []
    if level is areas.district:
        return [Spot(0, district=at)]
    if level is areas.ward:
        return [Spot(0, ward=at, district=int(level.parent[at]))]
    return [Spot(0, lsoa=at, ward=int(level.ward[at]), district=int(level.parent[at]))]


class _Postcodes:
    """The postcode units and sectors that places refer to."""

    def __init__(self, store: duckdb.DuckDBPyConnection, places: list[dict[str, Any]], areas: Areas) -> None:
        wanted = pa.table(
            {"asked": pa.array(sorted({p["postcode"] for p in places if p["postcode"]}), pa.string())}
        )
        store.register("asked_postcode", wanted)
        rows = store.execute(
            "SELECT DISTINCT ON (postcode) postcode, easting_m, northing_m FROM current_postcodes "
            "WHERE easting_m IS NOT NULL AND (postcode IN (SELECT asked FROM asked_postcode) "
            "OR left(postcode, -2) IN (SELECT asked FROM asked_postcode)) ORDER BY postcode, delivery DESC"
        ).fetchall()
        store.unregister("asked_postcode")
        self.units = {code: (x, y) for code, x, y in rows}
        self.areas = areas
        points = np.array([(x, y) for _, x, y in rows], dtype=np.float64).reshape(-1, 2)
        district, ward, _ = areas.locate(points[:, 0], points[:, 1])
        self.sectors: dict[str, Counter[tuple[int, int]]] = defaultdict(Counter)
        for (code, _, _), d, w in zip(rows, district.tolist(), ward.tolist(), strict=True):
            self.sectors[code[:-2]][d, w] += 1

    def spots(self, postcode: str) -> list[Spot]:
        """The unit's point, or each ward of a sector by its share of the sector's postcodes."""
        if postcode in self.units:
            return [Spot(0, 1.0, *self.units[postcode])]
        wards = self.sectors.get(postcode, Counter())
        total = wards.total()
        return [Spot(0, n / total, district=d, ward=w) for (d, w), n in sorted(wards.items())]


def _locate(
    columns: dict[str, NDArray[Any]],
    points: tuple[NDArray[np.float64], NDArray[np.float64]],
    places: pa.Table,
    gazetteer: Gazetteer,
) -> None:
    """Fill in the units of spots that have a point; what a reference already said stands."""
    district, ward, lsoa = gazetteer.areas.locate(*points)
    for name, found in (("district", district), ("ward", ward), ("lsoa", lsoa)):
        columns[name] = np.where(found >= 0, found, columns[name]).astype(np.int32)
    columns["locality"] = gazetteer.localities.locate(*points)
    street = _streets_of(columns["place"], points, places, gazetteer.streets)
    columns["street"] = np.where(columns["street"] >= 0, columns["street"], street).astype(np.int32)


def _streets_of(
    place: NDArray[np.int64],
    points: tuple[NDArray[np.float64], NDArray[np.float64]],
    places: pa.Table,
    streets: Streets,
) -> NDArray[np.int32]:
    names = np.asarray(places["street_name"].to_numpy(zero_copy_only=False), dtype=object)[place]
    if streets.kind == "segment":
        return streets.finder.nearest_named(*points, names.tolist())
    anchored = places["anchors"].to_numpy(zero_copy_only=False).astype(np.bool_)[place]
    found = np.full(len(place), -1, dtype=np.int32)
    others = np.flatnonzero(~anchored)
    found[others] = streets.finder.nearest(points[0][others], points[1][others])
    own = {key: i for i, key in enumerate(zip(*_metres(*streets.middle.T), streets.names, strict=True))}
    theirs = np.flatnonzero(anchored & np.isfinite(points[0]))
    asked = zip(*_metres(points[0][theirs], points[1][theirs]), names[theirs].tolist(), strict=True)
    found[theirs] = np.fromiter((own.get(key, -1) for key in asked), dtype=np.int32, count=theirs.size)
    return found


def _metres(x: NDArray[np.float64], y: NDArray[np.float64]) -> tuple[list[float], list[float]]:
    """To the metre, halves upwards: as the anchors' SQL rounds."""
    return np.floor(x + 0.5).tolist(), np.floor(y + 0.5).tolist()


def _floats(column: pa.ChunkedArray) -> NDArray[np.float64]:
    return np.asarray(column.to_numpy(zero_copy_only=False), dtype=np.float64)
