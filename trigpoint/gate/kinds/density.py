"""Density: a smooth surface of where records lie, for looks only."""

from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from trigpoint.core.analysis.density import WIDEST_KERNEL, Density, Grid, grid_over, kernel_density
from trigpoint.core.analysis.density_bandwidth import likelihood_bandwidth_m, rule_of_thumb
from trigpoint.core.tally import by_unit
from trigpoint.gate.answers import Answer
from trigpoint.gate.asked import Asked
from trigpoint.gate.denial import QuestionError
from trigpoint.gate.events import COUNTED_WORDS, counts_events, leading
from trigpoint.gate.runs import Progress, Worked, worked
from trigpoint.gate.units import Units, units_of
from trigpoint.gate.version import Version
from trigpoint.store.picture import fetch_columns
from trigpoint.store.shapes import fetch_shapes

__all__ = ["answer_density"]

VERSION = 1
FINEST = 10
FINEST_CELL_M = 100.0
LEAST_BANDWIDTH_M = 300.0
"""Records are drawn from hexagons of 130 metres: a narrower kernel would show the hexagons."""
MOST_CELLS = 40_000
TRIED = (0.25, 0.5, 1.0, 2.0)
"""Bandwidths compared by likelihood, beside the one used, as multiples of the customary one."""
_AREAS = ("district", "ward", "lsoa")


def answer_density(asked: Asked) -> Answer:
    """Columns easting_m, northing_m (the middle of a square of about["cell_m"] metres) and per_km2.

    Only squares in the outline where anything is drawn: the others are 0. The outline is the county's or, asked
    within districts, wards or small areas, theirs; the surface over it holds exactly the records placed in it. Drawn
    from the middles of hexagons of resolution 10. `radius_m` is the bandwidth; the customary one where not asked.
    """
    units = units_of(asked, "cell", FINEST)
    places = tuple(place.key for place in asked.within)
    parameters = (asked.question.radius_m, places)
    found = worked(asked, "density", VERSION, parameters, lambda _, done: _work(asked, units, done))
    about = asked.about(
        **found.facts,
        counted=COUNTED_WORDS[asked.question.counted],
        method=_METHOD,
        sentence="For looks only: a colour between places says nothing of those places, and no chance is worked out.",
    )
    return Answer("density", found.tables["cells"], about)


def _work(asked: Asked, units: Units, done: Progress) -> Worked:
    counts, unplaced = _counts(asked, units)
    inside = asked.version.cells(FINEST).in_county
    beyond = int(counts[inside:].sum())
    filled = np.flatnonzero(counts[:inside])
    outline = _outline(asked)
    frame = _frame(outline, asked.question.radius_m)
    easting_m, northing_m = units.points(filled)
    done(1, 2)
    surface = kernel_density(
        easting_m, northing_m, frame.grid, frame.bandwidth_m, weights=counts[filled], inside=frame.inside
    )
    row, column = np.nonzero(np.nan_to_num(surface.per_km2) > 0.0)
    cells = {
        "easting_m": frame.grid.eastings_m[column],
        "northing_m": frame.grid.northings_m[row],
        "per_km2": surface.per_km2[row, column],
    }
    likeliest = _likeliest_m(asked, units, counts[:inside], frame, shapely.area(outline) / 1e6)
    facts = _facts(surface, frame, int(counts.sum()) + unplaced, unplaced, beyond) | {
        "likeliest_bandwidth_m": likeliest
    }
    return Worked({"cells": cells}, facts)


class _Frame(NamedTuple):
    grid: Grid
    bandwidth_m: float
    customary_m: float
    inside: NDArray[np.bool_]


def _counts(asked: Asked, units: Units) -> tuple[NDArray[np.int64], int]:
    with asked.records() as cursor:
        found = fetch_columns(cursor, asked.selection, (units.column, "number"))
    column = found[units.column]
    return by_unit(
        column[leading(asked, found, units.column)] if counts_events(asked) else column, units.size
    )


def _outline(asked: Asked) -> shapely.Geometry:
    """Of the areas asked about, else the county's."""
    areas = [place for place in asked.within if place.kind in _AREAS]
    if len(areas) < len(asked.within) or not areas:
        return shapely.union_all(_shapes(asked.version, "district"))
    return shapely.union_all([_shapes(asked.version, place.kind)[place.id] for place in areas])


def _shapes(version: Version, level: str) -> NDArray[np.object_]:
    def read() -> NDArray[np.object_]:
        with version.cursor() as cursor:
            wkb = [bytes(one) for one in fetch_shapes(cursor, level)["wkb"].tolist()]
        return np.asarray(shapely.from_wkb(wkb), dtype=object)

    return version.recall(("outlines", level), read)


def _frame(outline: shapely.Geometry, asked_m: int) -> _Frame:
    """The squares over an outline, never finer than FINEST_CELL_M nor more than MOST_CELLS, and the bandwidth."""
    west, south, east, north = shapely.bounds(outline).tolist()
    usual_cell_m, usual_m = rule_of_thumb(east - west, north - south)
    customary_m = max(usual_m, LEAST_BANDWIDTH_M)
    bandwidth_m = float(asked_m) if asked_m else customary_m
    coarsest_m = ((east - west) * (north - south) / MOST_CELLS) ** 0.5
    cell_m = max(FINEST_CELL_M, coarsest_m, min(usual_cell_m, bandwidth_m / 3.0))
    if not cell_m <= bandwidth_m <= WIDEST_KERNEL * cell_m:
        raise QuestionError(f"For so large an area the radius of a density is at least {cell_m:.0f} metres.")
    grid = grid_over(west, south, east, north, cell_m)
    x, y = np.meshgrid(grid.eastings_m, grid.northings_m)
    shapely.prepare(outline)
    return _Frame(grid, bandwidth_m, customary_m, shapely.contains_xy(outline, x, y))


def _likeliest_m(
    asked: Asked, units: Units, counts: NDArray[np.int64], frame: _Frame, area_km2: float
) -> float | None:
    """Of a few bandwidths, the one under which the places foretell each other best; None with fewer than two places."""
    filled = np.flatnonzero(counts)
    tried = [
        width
        for multiple in TRIED
        if (width := multiple * frame.customary_m) >= max(LEAST_BANDWIDTH_M, frame.grid.cell_m)
    ]
    if filled.size < 2 or not tried:
        return None
    easting_m, northing_m = units.points(np.repeat(filled, counts[filled]))
    return likelihood_bandwidth_m(easting_m, northing_m, frame.grid, tried, area_km2)


def _facts(surface: Density, frame: _Frame, total: int, unplaced: int, beyond: int) -> dict[str, object]:
    return {
        "total": total,
        "unplaced": unplaced,
        "beyond_the_county": beyond,
        "cell_m": round(frame.grid.cell_m, 1),
        "bandwidth_m": round(frame.bandwidth_m, 1),
        "customary_bandwidth_m": round(frame.customary_m, 1),
        "not_drawn": round(surface.unreached, 6),
        "for_looks_only": True,
    }


_METHOD = (
    "Kernel density with the quartic kernel, each record's own share kept inside the outline, from the middles of "
    "hexagons of resolution 10. The customary bandwidth is a thirtieth of the area's shorter side."
)
