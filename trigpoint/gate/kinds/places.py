"""Searching for a place by its name or code. What is typed is matched and forgotten: it is never recorded."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from trigpoint.gate.answers import Answer
from trigpoint.gate.asked import Asked
from trigpoint.store.sites import SITE_CLASSES, fetch_sites

__all__ = ["answer_places"]

MOST_FOUND = 20
LEAST_TYPED = 2


@dataclass(frozen=True, slots=True)
class Found:
    """One place that matches. Kinds sort as they are listed in `answer_places`."""

    rank: int
    kind: str
    code: str
    name: str
    detail: str
    easting_m: float
    northing_m: float
    radius_m: float


def answer_places(asked: Asked) -> Answer:
    """Columns kind (district, ward, locality, street, site), code, name, detail, easting_m, northing_m, radius_m.

    Names that begin with the text come first, then names that hold it; 20 at most, none for fewer than two
    letters. A site that the viewer may not see precisely, and an anchor point of a feed not permitted, is not found.
    """
    wanted = " ".join(asked.question.text.casefold().split())
    matches = (
        [one for one in _everything(asked) if _matches(one, wanted)] if len(wanted) >= LEAST_TYPED else []
    )
    matches.sort(key=lambda one: (not one.name.casefold().startswith(wanted), one.rank, one.name, one.code))
    kept = matches[:MOST_FOUND]
    columns = {
        name: [getattr(one, name) for one in kept]
        for name in ("kind", "code", "name", "detail", "easting_m", "northing_m", "radius_m")
    }
    return Answer("places", columns, asked.about(total=len(kept)))


def _matches(one: Found, wanted: str) -> bool:
    return wanted in one.name.casefold() or wanted == one.code.casefold()


def _everything(asked: Asked) -> Iterator[Found]:
    yield from _areas(asked)
    yield from _localities(asked)
    yield from _streets(asked)
    yield from _sites(asked)


def _areas(asked: Asked) -> Iterable[Found]:
    districts = asked.version.areas("district")
    for rank, (level, radius_m) in enumerate((("district", 8000.0), ("ward", 2000.0))):
        areas = asked.version.areas(level)
        for i, code in enumerate(areas.codes):
            parent = int(areas.parent[i])
            detail = districts.names[parent] if level == "ward" and parent >= 0 else ""
            point = (float(areas.easting_m[i]), float(areas.northing_m[i]))
            yield Found(rank, level, code, areas.names[i], detail, *point, radius_m)


def _localities(asked: Asked) -> Iterable[Found]:
    towns, districts = asked.version.localities, asked.version.areas("district")
    for i, name in enumerate(towns.names):
        district = int(towns.district[i])
        detail = districts.names[district] if district >= 0 else ""
        # the code is what `within` understands, whether or not another place has the same name
        code = f"{name}, {detail}" if detail else name
        point = (float(towns.easting_m[i]), float(towns.northing_m[i]))
        yield Found(2, "locality", code, name, detail, *point, float(towns.radius_m[i]))


def _streets(asked: Asked) -> Iterable[Found]:
    streets, wards = asked.version.streets, asked.version.areas("ward").names
    told: set[tuple[str, int, int]] = set()
    for i in np.flatnonzero(asked.streets_seen()).tolist():
        # segments of one street in one ward are one find
        same = (streets.names[i], int(streets.ward[i]), int(streets.locality[i]))
        if not streets.names[i] or same in told:
            continue
        told.add(same)
        ward = int(streets.ward[i])
        point = (float(streets.easting_m[i]), float(streets.northing_m[i]))
        yield Found(
            3, "street", streets.codes[i], streets.names[i], wards[ward] if ward >= 0 else "", *point, 200.0
        )


def _sites(asked: Asked) -> Iterable[Found]:
    with asked.layers() as cursor:
        found = fetch_sites(cursor, classes=())
    rows = zip(
        *(found[name].tolist() for name in ("kept", "name", "ref", "class", "easting_m", "northing_m")),
        strict=True,
    )
    for kept, name, ref, kind, easting_m, northing_m in rows:
        if kept == "point" and name:
            yield Found(4, "site", ref, name, SITE_CLASSES[kind][0], easting_m, northing_m, 200.0)
