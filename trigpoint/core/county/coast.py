"""Land, sea, neighbours and rivers: the ground the rest stands on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from trigpoint.core.county.noise import Floats, fractal_line, rounded
from trigpoint.core.county.plan import Plan

# Fractions of the county's width and height. The coast runs from the north-east to the south, sea to the east.
_COAST = ((0.86, 1.3), (0.90, 1.02), (0.99, 0.86), (0.97, 0.74), (0.88, 0.64), (0.91, 0.52), (0.95, 0.44))
_COAST_SOUTH = ((0.84, 0.34), (0.82, 0.27), (0.72, 0.16), (0.62, 0.10), (0.56, -0.04), (0.52, -0.3))
_BORDER = (
    (1.5, 1.05),
    (0.90, 0.985),
    (0.74, 0.93),
    (0.52, 0.98),
    (0.33, 0.94),
    (0.17, 0.99),
    (0.06, 0.86),
    (0.08, 0.66),
)
_BORDER_SOUTH = (
    (0.0, 0.5),
    (0.05, 0.3),
    (0.02, 0.12),
    (0.18, 0.03),
    (0.33, 0.08),
    (0.46, 0.01),
    (0.57, -0.02),
    (1.5, -0.1),
)
# Mouth on the coast and the river's way inland, largest first.
_RIVERS = (
    ((0.93, 0.30), (0.80, 0.345), (0.66, 0.36), (0.52, 0.42), (0.36, 0.40), (0.20, 0.46), (0.07, 0.52)),
    ((1.00, 0.62), (0.86, 0.65), (0.74, 0.70), (0.60, 0.68), (0.46, 0.76), (0.32, 0.88)),
    ((0.66, 0.05), (0.60, 0.13), (0.50, 0.16), (0.38, 0.24), (0.25, 0.22), (0.12, 0.17)),
)
_TRIBUTARIES = (
    (0, 0.45, (0.44, 0.58)),
    (0, 0.62, (0.22, 0.66)),
    (1, 0.5, (0.62, 0.86)),
    (2, 0.5, (0.32, 0.33)),
)
_RIVER_NAMES = (
    "River Marl",
    "River Kelder",
    "River Brindle",
    "Osk Brook",
    "Tarrel Water",
    "Sallow Beck",
    "Wend Brook",
)


@dataclass(frozen=True, slots=True)
class Ground:
    """Polygons of the county's land, all land, neighbours' land and sea inside `frame`; rivers as (name, line)."""

    frame: Any
    county: Any
    land: Any
    neighbours: Any
    sea: Any
    estuaries: Any
    rivers: tuple[tuple[str, Any], ...]


def make_ground(rng: np.random.Generator, plan: Plan) -> Ground:
    """Carve coast, estuaries, an island and a spit, then draw the county's border round its share."""
    margin = 0.13
    frame = shapely.box(*_place(plan, ((-margin, -margin), (1 + margin, 1 + margin))).ravel())
    rivers = _rivers(rng, plan)
    coast = fractal_line(rng, _shaken(rng, plan, _COAST + _COAST_SOUTH, 0.012), plan.coast_spacing_m, 0.17)
    inland = _place(plan, ((-0.5, -0.5), (-0.5, 1.5)))
    main = shapely.make_valid(shapely.Polygon(np.vstack([rounded(coast, 1), inland])))
    widths = plan.estuary_width_m * np.array([1.0, 0.8, 0.6])
    estuaries = shapely.union_all(
        [_funnel(line, width, main) for line, width in zip(rivers, widths, strict=False)]
    )
    dry = _largest(shapely.difference(main, estuaries))
    land = shapely.union_all([dry, *_outliers(rng, plan)]) if plan.has_island else dry
    land = shapely.intersection(land, frame)
    ring = fractal_line(
        rng, _shaken(rng, plan, _BORDER + _BORDER_SOUTH, 0.015), plan.coast_spacing_m * 3, 0.16
    )
    inside = shapely.make_valid(shapely.Polygon(rounded(ring, 1)))
    county = _dry_parts(shapely.intersection(land, inside))
    named = _named_rivers(rng, plan, rivers, land)
    return Ground(
        frame=frame,
        county=county,
        land=land,
        neighbours=shapely.difference(land, county),
        sea=shapely.difference(frame, land),
        estuaries=shapely.intersection(estuaries, main),
        rivers=named,
    )


def _place(plan: Plan, fractions: tuple[tuple[float, float], ...]) -> Floats:
    return np.asarray(fractions) * (plan.width_m, plan.height_m) + (plan.west_m, plan.south_m)


def _shaken(
    rng: np.random.Generator, plan: Plan, fractions: tuple[tuple[float, float], ...], by: float
) -> Floats:
    points = np.asarray(fractions) + rng.uniform(-by, by, (len(fractions), 2))
    return points * (plan.width_m, plan.height_m) + (plan.west_m, plan.south_m)


def _rivers(rng: np.random.Generator, plan: Plan) -> list[Floats]:
    chosen = _RIVERS[: plan.estuary_count]
    courses = [
        fractal_line(rng, _shaken(rng, plan, way, 0.012), plan.coast_spacing_m * 3, 0.13) for way in chosen
    ]
    return [rounded(course, 2) for course in courses]


def _funnel(line: Floats, width_m: float, main: Any) -> Any:
    """The tidal part of a river: wide where it meets the coast, a stream by a quarter of the way up."""
    run = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
    ashore = int(np.argmax(shapely.contains_xy(main, line[:, 0], line[:, 1])))
    share = np.maximum(run - run[ashore], 0.0) / (run[-1] - run[ashore])
    half = width_m / 2 * np.exp(-share * 17.0) + 8.0
    tidal = share < 0.28
    discs = shapely.buffer(shapely.points(line[tidal]), half[tidal])
    return shapely.union_all(shapely.convex_hull(shapely.union(discs[:-1], discs[1:])))


def _outliers(rng: np.random.Generator, plan: Plan) -> list[Any]:
    """An island off the middle coast and a spit growing south across a bay."""
    angle = np.linspace(0, 2 * np.pi, 14)[:-1]
    long_m, wide_m = 0.052 * plan.width_m, 0.028 * plan.width_m
    centre = _place(plan, ((0.975, 0.545),))[0]
    turn = np.deg2rad(62)
    ring = np.column_stack([long_m * np.cos(angle), wide_m * np.sin(angle)]) * rng.uniform(0.8, 1.15, (13, 1))
    ring = ring @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]]) + centre
    ring = fractal_line(rng, np.vstack([ring, ring[:1]]), plan.coast_spacing_m, 0.13)
    way = rounded(_shaken(rng, plan, ((0.965, 0.78), (1.0, 0.73), (1.005, 0.69), (0.985, 0.655)), 0.004), 3)
    width = np.linspace(420, 110, len(way))
    discs = shapely.buffer(shapely.points(way), width)
    spit = shapely.union_all(shapely.convex_hull(shapely.union(discs[:-1], discs[1:])))
    return [shapely.make_valid(shapely.Polygon(ring)), spit]


def _largest(shape: Any) -> Any:
    parts = shapely.get_parts(shape)
    return parts[np.argmax(shapely.area(parts))]


def _dry_parts(shape: Any) -> Any:
    """Slivers the border cut off belong to nobody's county."""
    parts = shapely.get_parts(shape)
    areas = shapely.area(parts)
    keep = parts[areas > max(areas.max() * 0.002, 1.0)]
    return shapely.union_all(keep)


def _named_rivers(
    rng: np.random.Generator, plan: Plan, rivers: list[Floats], land: Any
) -> tuple[tuple[str, Any], ...]:
    lines = list(rivers)
    for parent, share, source in _TRIBUTARIES:
        if parent < len(rivers) and plan.has_island:
            meet = rivers[parent][int(share * (len(rivers[parent]) - 1))]
            way = fractal_line(
                rng, np.vstack([meet, _place(plan, (source,))]), plan.coast_spacing_m * 3, 0.12
            )
            lines.append(rounded(way, 2))
    kept = shapely.intersection([shapely.LineString(line) for line in lines], land)
    return tuple((name, line) for name, line in zip(_RIVER_NAMES, kept, strict=False) if not line.is_empty)
