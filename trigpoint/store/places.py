"""The places of a store version: what dense ids mean. Read once for a version, and never from records.

Streets that are anchor points, and cells outside the county, are there because a record is: whoever uses them
must show only those that a permitted record reached.
"""

from dataclasses import dataclass

import duckdb
import numpy as np
from numpy.typing import NDArray

from trigpoint.store.questions import fetch, question_sql
from trigpoint.store.schema import AREA_LEVELS

__all__ = [
    "Areas",
    "Cells",
    "Localities",
    "Population",
    "Streets",
    "read_areas",
    "read_cells",
    "read_localities",
    "read_population",
    "read_streets",
]

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Areas:
    """Areas of one level by dense id. `parent` is the district of a ward or LSOA, `ward` the ward of an LSOA."""

    codes: tuple[str, ...]
    names: tuple[str, ...]
    parent: Ints
    ward: Ints
    easting_m: Floats
    northing_m: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Cells of one resolution by dense id; the first `in_county` of them are the county's."""

    h3: NDArray[np.uint64]
    in_county: int
    ward: Ints
    district: Ints
    easting_m: Floats
    northing_m: Floats
    near: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Streets:
    """Segments by dense id or, where no street layer is loaded (`anchors`), anchor points, if there are any.

    `feed` is the feed that made an anchor known, -1 for a segment.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    road_class: tuple[str, ...]
    anchors: bool
    feed: Ints
    start_junction: NDArray[np.int64]
    end_junction: NDArray[np.int64]
    length_m: Floats
    ward: Ints
    district: Ints
    locality: Ints
    easting_m: Floats
    northing_m: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Localities:
    """Towns and named places by dense id."""

    names: tuple[str, ...]
    easting_m: Floats
    northing_m: Floats
    radius_m: Floats
    district: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Population:
    """Residents of a level's areas by dense id, NaN where none are known. `ages` says which: 10 to 17, or all."""

    people: Floats
    ages: bool


def read_areas(connection: duckdb.DuckDBPyConnection, level: str) -> Areas:
    """The areas of a level, in the order of their dense ids."""
    found = fetch(connection, question_sql("areas", area="area", level=str(AREA_LEVELS[level])))
    return Areas(
        codes=_texts(found["code"]),
        names=_texts(found["name"]),
        parent=found["parent"].astype(np.int32),
        ward=found["ward"].astype(np.int32),
        easting_m=found["easting_m"].astype(np.float64),
        northing_m=found["northing_m"].astype(np.float64),
    )


def read_cells(connection: duckdb.DuckDBPyConnection, resolution: int) -> Cells:
    """The cells of a resolution, in the order of their dense ids. Raises ValueError if the county's are not first."""
    found = fetch(connection, question_sql("cells", cell="cell", resolution=f"{resolution:d}"))
    inside = found["in_county"].astype(bool)
    count = int(inside.sum())
    if not inside[:count].all():
        raise ValueError("cells of the county do not come first")
    return Cells(
        h3=found["h3"].astype(np.uint64),
        in_county=count,
        ward=found["ward"].astype(np.int32),
        district=found["district"].astype(np.int32),
        easting_m=found["easting_m"].astype(np.float64),
        northing_m=found["northing_m"].astype(np.float64),
        near=_texts(found["near"]),
    )


def read_streets(connection: duckdb.DuckDBPyConnection) -> Streets:
    """Every street in the order of its dense id."""
    found = fetch(connection, question_sql("streets", street="street"))
    return Streets(
        codes=_texts(found["code"]),
        names=_texts(found["name"]),
        road_class=_texts(found["road_class"]),
        anchors=not np.any(found["kind"] == "segment"),
        feed=found["feed"].astype(np.int32),
        start_junction=found["start_junction"].astype(np.int64),
        end_junction=found["end_junction"].astype(np.int64),
        length_m=found["length_m"].astype(np.float64),
        ward=found["ward"].astype(np.int32),
        district=found["district"].astype(np.int32),
        locality=found["locality"].astype(np.int32),
        easting_m=found["easting_m"].astype(np.float64),
        northing_m=found["northing_m"].astype(np.float64),
    )


def read_localities(connection: duckdb.DuckDBPyConnection) -> Localities:
    """Every locality in the order of its dense id."""
    found = fetch(connection, question_sql("localities", locality="locality"))
    return Localities(
        names=_texts(found["name"]),
        easting_m=found["easting_m"].astype(np.float64),
        northing_m=found["northing_m"].astype(np.float64),
        radius_m=found["radius_m"].astype(np.float64),
        district=found["district"].astype(np.int32),
    )


def read_population(connection: duckdb.DuckDBPyConnection, level: str, areas: int) -> Population | None:
    """Residents of a level's `areas` areas: those aged 10 to 17 where any are known, else all; None if none."""
    found = fetch(
        connection, question_sql("population", population="population", level=str(AREA_LEVELS[level]))
    )
    for column, ages in (("people_10_17", True), ("people_all", False)):
        people = np.full(areas, np.nan)
        people[found["id"]] = found[column]
        if np.isfinite(people).any():
            return Population(people, ages)
    return None


def _texts(column: NDArray[np.generic]) -> tuple[str, ...]:
    return tuple("" if text is None else str(text) for text in column.tolist())
