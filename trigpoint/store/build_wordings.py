"""What agencies' wordings of places come to in a version: decided by a person, kept from before, or matched now.

The gazetteer holds only what anybody may know: named streets, sites of published layers that are not restricted,
towns, wards and districts. So what a wording may mean never tells of another agency's records or registers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import shapely
from numpy.typing import NDArray

from trigpoint.core.geography.gazetteer import Area, Gazetteer, NamedPoints, StreetSegments, gazetteer_of
from trigpoint.core.geography.places import Localities
from trigpoint.core.geography.wording_match import SURE_WEIGHT, Candidate, match_wordings
from trigpoint.store.build_areas import AreaLevel, Areas
from trigpoint.store.build_places import TOWN_REACH_M, Streets
from trigpoint.store.build_sites import Sites

__all__ = ["CountyNames", "WordingKnown", "WordingMatched", "Wordings", "county_names", "settle_wordings"]

NOWHERE = "nowhere"
"""The kind of a candidate that a person chose to leave without a place."""


@dataclass(frozen=True, slots=True)
class WordingKnown:
    """A wording as the partnership knows it: its text while kept, what was decided, what was found in which gazetteer.

    `candidates` are mappings as `WordingMatched` holds them; of a decided wording the first is what was decided.
    """

    agency: str
    digest: bytes
    text: str
    town: str
    decision: str
    candidates: Sequence[Mapping[str, Any]]
    gazetteer: str


@dataclass(frozen=True, slots=True)
class WordingMatched:
    """What a wording was found to mean now: candidates as plain values (a missing point is None), fit for JSON."""

    agency: str
    digest: bytes
    candidates: tuple[dict[str, Any], ...]
    gazetteer: str


@dataclass(frozen=True, slots=True, eq=False)
class CountyNames:
    """A gazetteer, and the dense ids behind the positions it was made of."""

    gazetteer: Gazetteer
    street_ids: NDArray[np.int64]
    site_ids: NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Wordings:
    """Candidates by digest, for a whole version. `matched` are those found now; `decided` the digests a person decided."""

    candidates: dict[bytes, tuple[Candidate, ...]]
    matched: tuple[WordingMatched, ...]
    decided: frozenset[bytes]

    def sure(self, digest: bytes) -> bool:
        """Whether one meaning is certain; deciding makes it so, even where the decision is: no place."""
        held = self.candidates.get(digest, ())
        return digest in self.decided or (len(held) == 1 and held[0].weight >= SURE_WEIGHT)


def settle_wordings(known: Sequence[WordingKnown], gazetteer: Gazetteer) -> Wordings:
    """Decided wordings stand as decided; those looked up in this gazetteer before, or without text, as they were."""
    held = {one.digest: candidates_from(one.candidates) for one in known}
    for one in known:
        if one.decision == "left":
            held[one.digest] = ()
        elif one.decision:
            held[one.digest] = tuple(replace(first, weight=SURE_WEIGHT) for first in held[one.digest][:1])
    open_ = [one for one in known if not one.decision and one.text and one.gazetteer != gazetteer.fingerprint]
    matches = match_wordings([(one.text, one.town) for one in open_], gazetteer)
    matched = []
    for one, match in zip(open_, matches, strict=True):
        held[one.digest] = match.candidates
        plain = tuple(plain_candidate(candidate) for candidate in match.candidates)
        matched.append(WordingMatched(one.agency, one.digest, plain, gazetteer.fingerprint))
    return Wordings(held, tuple(matched), frozenset(one.digest for one in known if one.decision))


def candidates_from(told: Iterable[Mapping[str, Any]]) -> tuple[Candidate, ...]:
    """Candidates from plain values."""
    made = []
    for one in told:
        point = (one.get("easting_m"), one.get("northing_m"))
        x, y = (float("nan") if value is None else float(value) for value in point)
        kind, ref, name = str(one["kind"]), str(one.get("ref", "")), str(one.get("name", ""))
        made.append(Candidate(kind, ref, name, x, y, float(one["weight"]), int(one.get("quality", 3))))
    return tuple(made)


def plain_candidate(one: Candidate) -> dict[str, Any]:
    """A candidate as JSON can hold it: metres to the decimetre, weight to six places, None for no point."""
    told = asdict(one)
    for name in ("easting_m", "northing_m"):
        told[name] = round(told[name], 1) if np.isfinite(told[name]) else None
    return told | {"weight": round(one.weight, 6)}


def county_names(
    store: duckdb.DuckDBPyConnection, areas: Areas, streets: Streets, localities: Localities, sites: Sites
) -> CountyNames:
    """Everything in the county that has a published name."""
    street_ids = np.flatnonzero(
        np.array([bool(name) for name in streets.names], dtype=np.bool_) & streets.public
    )
    site_ids = _public_sites(store, sites)
    gazetteer = gazetteer_of(
        _segments(street_ids, areas, streets, localities),
        _points(site_ids, areas, sites, localities),
        [*_towns(localities), *_areas("ward", areas.ward), *_areas("district", areas.district)],
    )
    return CountyNames(gazetteer, street_ids, site_ids)


def _public_sites(store: duckdb.DuckDBPyConnection, sites: Sites) -> NDArray[np.int64]:
    found = store.execute("SELECT id FROM feed WHERE open").fetchnumpy()["id"]
    open_feeds = np.asarray(found, dtype=np.int64)
    restricted = sites.table["restricted"].to_numpy(zero_copy_only=False).astype(np.bool_)
    named = np.array([bool(name) for name in sites.table["name"].to_pylist()], dtype=np.bool_)
    feeds = sites.table["feed"].to_numpy(zero_copy_only=False).astype(np.int64)
    return np.flatnonzero(named & ~restricted & np.isin(feeds, open_feeds) & np.isfinite(sites.points[:, 0]))


def _segments(
    ids: NDArray[np.int64], areas: Areas, streets: Streets, localities: Localities
) -> StreetSegments:
    middle = streets.middle[ids]
    lines = streets.lines[ids]
    ends = [shapely.get_point(lines, at) for at in (0, -1)]
    start, end = (np.column_stack([shapely.get_x(one), shapely.get_y(one)]) for one in ends)
    wards, districts = _held_in(areas, middle)
    return StreetSegments(
        names=[streets.names[i] for i in ids],
        towns=_towns_of(localities, middle),
        wards=wards,
        districts=districts,
        start=np.where(np.isfinite(start), start, middle),
        end=np.where(np.isfinite(end), end, middle),
        middle=middle,
    )


def _points(ids: NDArray[np.int64], areas: Areas, sites: Sites, localities: Localities) -> NamedPoints:
    points = sites.points[ids]
    told = sites.table.select(["class", "ref", "name"]).take(pa.array(ids))
    wards, districts = _held_in(areas, points)
    return NamedPoints(
        classes=told["class"].to_pylist(),
        refs=told["ref"].to_pylist(),
        names=told["name"].to_pylist(),
        towns=_towns_of(localities, points),
        wards=wards,
        districts=districts,
        points=points,
    )


def _towns_of(localities: Localities, points: NDArray[np.float64]) -> list[str]:
    found = localities.locate(points[:, 0], points[:, 1], TOWN_REACH_M)
    return [localities.names[at] if at >= 0 else "" for at in found.tolist()]


def _held_in(areas: Areas, points: NDArray[np.float64]) -> tuple[list[str], list[str]]:
    district, ward, _ = areas.locate(points[:, 0], points[:, 1])
    return _names(areas.ward, ward), _names(areas.district, district)


def _names(level: AreaLevel, ids: NDArray[np.int32]) -> list[str]:
    return [level.names[at] if at >= 0 else "" for at in ids.tolist()]


def _towns(localities: Localities) -> Iterable[Area]:
    where = zip(
        localities.names, localities.easting_m, localities.northing_m, localities.radius_m, strict=True
    )
    for name, x, y, radius in where:
        yield Area("locality", f"{name}|{x:.0f} {y:.0f}", name, float(x), float(y), float(radius))


def _areas(kind: str, level: AreaLevel) -> Iterable[Area]:
    for code, name, polygon, (x, y) in zip(
        level.codes, level.names, level.polygons, level.inside, strict=True
    ):
        reach = float(np.sqrt(shapely.area(polygon) / np.pi))
        yield Area(kind, code, name, float(x), float(y), reach)
