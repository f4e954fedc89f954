"""Residents of each area, and why some have none.

Figures are joined by code. Wards and districts without figures of their own take the sum of their LSOAs, but
only when every LSOA in them was joined: a sum that silently leaves some out would make every rate too high.
The LSOA boundaries that place the figures may be of any vintage loaded: that whose codes match best.
A district whose LSOAs cannot be joined by code (figures for one vintage, boundaries of another) may still be
summed by the LSOAs' names, which begin with the district's. `population:<level>` in `meta` says what was done.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa
import shapely
from numpy.typing import NDArray

from trigpoint.store.build_areas import DISTRICT, LSOA, WARD, Areas, append, polygon_of
from trigpoint.store.build_sources import insert

__all__ = ["build_population"]

LEVEL_NAMES = {DISTRICT: "district", WARD: "ward", LSOA: "lsoa"}
_NUMBERED = re.compile(r" \d{3}[A-Z]$")


@dataclass(frozen=True, slots=True, eq=False)
class _Residents:
    """People by id of a level, float64[n]; NaN where not known. `how` says where the figures come from."""

    people_all: NDArray[np.float64]
    people_10_17: NDArray[np.float64]
    how: str


Figures = dict[str, tuple[str, float, float]]


@dataclass(frozen=True, slots=True, eq=False)
class _Placed:
    """LSOAs of one vintage that lie in the county: their figures, and the ward and district that hold each."""

    residents: _Residents
    ward: NDArray[np.int32]
    district: NDArray[np.int32]


def build_population(store: duckdb.DuckDBPyConnection, areas: Areas) -> None:
    """Write `population` and its explanations in `meta`."""
    figures = {level: _figures(store, level) for level in LEVEL_NAMES}
    placed = _best_vintage(store, figures[LSOA], areas)
    for level, name in LEVEL_NAMES.items():
        residents = _residents(level, figures, placed, areas)
        count = len(residents.people_all)
        append(store, "population", pa.table({
            "level": np.full(count, level, dtype=np.int8),
            "id": np.arange(count, dtype=np.int32),
            "people_all": pa.array(residents.people_all, from_pandas=True),
            "people_10_17": pa.array(residents.people_10_17, from_pandas=True),
        }))  # fmt: skip
        insert(store, "meta", [(f"population:{name}", residents.how)])


def _figures(store: duckdb.DuckDBPyConnection, level: int) -> Figures:
    """The newest figures by code: (name, all, 10–17), NaN where not given."""
    rows = store.execute(
        "SELECT p.area_code, coalesce(p.area_name, ''), p.people_all, p.people_10_17 FROM current_population AS p "
        "JOIN delivery AS d ON d.id = p.delivery WHERE p.area_level = ? "
        'ORDER BY d.extracted_on, d.received_at, d.id, p."row"',
        [level],
    ).fetchall()
    return {code: (name, _or_nan(everyone), _or_nan(young)) for code, name, everyone, young in rows}


def _or_nan(value: float | None) -> float:
    return float("nan") if value is None else float(value)


def _by_code(figures: Figures, codes: tuple[str, ...]) -> _Residents:
    nobody = ("", float("nan"), float("nan"))
    rows = [figures.get(code, nobody) for code in codes]
    return _Residents(
        np.array([row[1] for row in rows], dtype=np.float64),
        np.array([row[2] for row in rows], dtype=np.float64),
        "joined by code",
    )


def _best_vintage(store: duckdb.DuckDBPyConnection, figures: Figures, areas: Areas) -> _Placed:
    """The figures placed by the LSOA boundaries, of those loaded, of which the most have figures."""
    best, best_share = _placed({}, figures, areas), -1.0
    if not figures:
        return best
    by_vintage: dict[str, dict[str, bytes]] = {}
    for vintage, code, wkb in store.execute(
        "SELECT vintage, code, wkb FROM staged_areas WHERE level = ? ORDER BY vintage DESC, code", [LSOA]
    ).fetchall():
        by_vintage.setdefault(vintage or "", {})[code] = wkb
    for shapes in by_vintage.values():
        placed = _placed(shapes, figures, areas)
        known = np.isfinite(placed.residents.people_all)
        share = float(known.mean()) if known.size else 0.0
        if share > best_share:
            best, best_share = placed, share
    return best


def _placed(shapes: dict[str, bytes], figures: Figures, areas: Areas) -> _Placed:
    points = shapely.get_coordinates([shapely.point_on_surface(polygon_of(wkb)) for wkb in shapes.values()])
    district, ward, _ = areas.locate(*points.reshape(-1, 2).T)
    inside = district >= 0
    codes = tuple(code for code, kept in zip(shapes, inside, strict=True) if kept)
    return _Placed(_by_code(figures, codes), ward[inside], district[inside])


def _residents(level: int, figures: dict[int, Figures], placed: _Placed, areas: Areas) -> _Residents:
    codes = areas.level(level).codes
    if not any(figures.values()):
        return _unknown(len(codes), "no population is loaded")
    if figures[level].keys() & set(codes):
        return _by_code(figures[level], codes)
    if level == LSOA:
        return _unknown(len(codes), "the population loaded is not for these LSOAs")
    summed = _summed(placed.residents, placed.ward if level == WARD else placed.district, len(codes))
    if level == DISTRICT and np.isnan(summed.people_all).any():
        named = _by_name(figures[LSOA], areas)
        if np.isfinite(named.people_all).sum() > np.isfinite(summed.people_all).sum():
            return named
    if not np.isfinite(summed.people_all).any():
        return _unknown(
            len(codes), "the population loaded is for LSOAs that could not be matched to these areas"
        )
    return summed


def _unknown(count: int, why: str) -> _Residents:
    return _Residents(np.full(count, np.nan), np.full(count, np.nan), why)


def _summed(lsoa: _Residents, member: NDArray[np.int32], count: int) -> _Residents:
    """Sums over LSOAs; NaN for an area of which any LSOA is not known, or that has none."""
    inside = member >= 0
    members = np.bincount(member[inside], minlength=count)

    def total(values: NDArray[np.float64]) -> NDArray[np.float64]:
        sums = np.zeros(count)
        np.add.at(sums, member[inside], values[inside])
        return np.where(members > 0, sums, np.nan)

    sums = total(lsoa.people_all)
    short = int(np.isnan(sums).sum())
    how = "summed from LSOAs by the point inside each" + (
        f"; {short} of {count} areas have an LSOA without figures and so none themselves" if short else ""
    )
    return _Residents(sums, total(lsoa.people_10_17), how)


def _by_name(figures: Figures, areas: Areas) -> _Residents:
    """District sums by the name that an LSOA's own name begins with ("Riverside 004B")."""
    ids = {name.casefold(): i for i, name in enumerate(areas.district.names)}
    sums = np.zeros((len(ids), 2))
    found = np.zeros(len(ids), dtype=np.bool_)
    for name, everyone, young in figures.values():
        district = ids.get(_NUMBERED.sub("", name).casefold(), -1)
        if district >= 0:
            sums[district] += (everyone, young)
            found[district] = True
    sums[~found] = np.nan
    return _Residents(sums[:, 0], sums[:, 1], "summed from LSOAs by the district in their names")
