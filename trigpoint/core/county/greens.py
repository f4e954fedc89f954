"""Built-up ground, parks, recreation grounds, woods and lakes."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely

from trigpoint.core.county import names
from trigpoint.core.county.coast import Ground
from trigpoint.core.county.model import Shape, Streets
from trigpoint.core.county.noise import Floats, rounded
from trigpoint.core.county.plan import Plan
from trigpoint.core.county.towns import Settlements

_PARKS = ("Park", "Recreation Ground", "Playing Field", "Gardens", "Green", "Rec", "Common", "Sports Ground")
_PARK_FIRST = (
    "Central", "Victoria", "Jubilee", "Coronation", "Memorial", "Castle", "Priory", "Abbey", "Queen's", "King George's",
    "Albert", "Millfield", "Riverside", "Hillside", "Highfield", "Northfield", "Southfield", "Westfield", "Eastfield",
    "Station", "Orchard", "Meadow", "Brook", "Elm", "Oak", "Lime Tree", "Rectory", "Manor", "Cricket", "Fairfield",
    "Windmill", "Heath", "Warren", "Copse", "Spinney", "Paddock", "Lammas", "Glebe", "Swan", "Heron", "Larkfield",
)  # fmt: skip
_WOODS = ("Wood", "Copse", "Plantation", "Covert", "Hanger", "Spinney", "Great Wood", "Thicks")


def built_up(
    streets: Streets, quarters: tuple[tuple[int, Any], ...], parks: Any, county: Any
) -> tuple[Shape, ...]:
    """Ground of towns' quarters that streets reach, and within 55 m of any settlement's streets, without its parks."""
    local = streets.geometries[streets.town >= 0]
    wide = shapely.union_all(shapely.buffer(shapely.simplify(local, 6.0), 75.0, quad_segs=2))
    towns = shapely.buffer(
        shapely.union_all([quarter for _, quarter in quarters], grid_size=0.5), 22.0, quad_segs=2
    )
    served = shapely.intersection(towns, shapely.buffer(wide, 60.0, quad_segs=2))
    wide = shapely.union(shapely.buffer(wide, -22.0), served)
    solid = shapely.union_all([_filled(part) for part in shapely.get_parts(wide)])
    open_ground = shapely.union_all(parks) if len(parks) else shapely.Point()
    trimmed = shapely.intersection(shapely.difference(solid, open_ground), county)
    return tuple(Shape(None, part) for part in shapely.get_parts(trimmed) if part.area > 3_000)


def _filled(part: Any) -> Any:
    """Holes under ten hectares are gardens and yards, not country."""
    large = [ring for ring in part.interiors if shapely.Polygon(ring).area > 100_000]
    return shapely.Polygon(part.exterior, large)


def parks(
    rng: np.random.Generator, greens: tuple[tuple[int, Any], ...], settlements: Settlements
) -> tuple[Shape, ...]:
    """Blocks left open in towns, drawn in from the streets, and a recreation ground beside most villages."""
    found = []
    used: set[tuple[int, str]] = set()
    grounds = [(town, shapely.buffer(green, -9.0)) for town, green in greens]
    for village in range(settlements.town_count, len(settlements.names)):
        if rng.random() < 0.7:
            turn, reach = rng.uniform(0, 2 * np.pi), settlements.radius_m[village] * rng.uniform(0.5, 0.8)
            at = settlements.points[village] + reach * np.array([np.cos(turn), np.sin(turn)])
            grounds.append((village, blob(rng, at, rng.uniform(45, 85), 5)))
    for town, green in grounds:
        if green.area > 2_500 and green.geom_type == "Polygon":
            found.append(Shape(_park_name(rng, town, settlements, used), green))
    return tuple(found)


def _park_name(
    rng: np.random.Generator, town: int, settlements: Settlements, used: set[tuple[int, str]]
) -> str:
    if town >= settlements.town_count:
        return f"{settlements.names[town]} {'Recreation Ground' if rng.random() < 0.6 else 'Playing Field'}"
    for _ in range(80):
        name = f"{rng.choice(_PARK_FIRST)} {rng.choice(_PARKS)}"
        if (town, name) not in used:
            break
    used.add((town, name))
    return name


def blob(rng: np.random.Generator, at: Floats, reach_m: float, corners: int = 9) -> Any:
    """A rounded irregular patch."""
    turn = np.sort(np.arange(corners) + rng.uniform(-0.35, 0.35, corners)) * 2 * np.pi / corners
    reach = reach_m * rng.uniform(0.6, 1.25, corners)
    ring = at + np.column_stack([np.cos(turn), np.sin(turn)]) * reach[:, None]
    return shapely.Polygon(rounded(np.vstack([ring, ring[:2]]), 2)[2:-2])


def _ragged(rng: np.random.Generator, at: Floats, reach_m: float) -> Any:
    """A wood's outline: longer than wide, with straight edges where fields were cut out of it."""
    turn = np.sort(rng.uniform(0, 2 * np.pi, 14))
    reach = reach_m * rng.uniform(0.65, 1.2, 14)
    ring = np.column_stack([np.cos(turn) * rng.uniform(1.0, 1.7), np.sin(turn)]) * reach[:, None]
    heading = rng.uniform(0, np.pi)
    spun = ring @ np.array([[np.cos(heading), np.sin(heading)], [-np.sin(heading), np.cos(heading)]])
    outline = spun + at
    return shapely.make_valid(shapely.Polygon(rounded(np.vstack([outline, outline[:2]]), 1)[1:-1]))


def woods(
    rng: np.random.Generator, plan: Plan, ground: Ground, keep_off: Any, villages: tuple[str, ...]
) -> tuple[Shape, ...]:
    """Woods in clumps over the open country, ragged, none on streets or houses."""
    centres = rng.uniform(size=(max(2, plan.wood_count // 12), 2)) * (plan.width_m, plan.height_m)
    chosen = centres[rng.integers(len(centres), size=plan.wood_count)]
    at = chosen + rng.normal(0, plan.width_m * 0.035, (plan.wood_count, 2)) + (plan.west_m, plan.south_m)
    reach = np.minimum(rng.lognormal(5.45, 0.55, plan.wood_count), 1200)
    patches = np.array([_ragged(rng, p, r) for p, r in zip(at, reach, strict=True)])
    apart = shapely.difference(shapely.intersection(shapely.union_all(patches), ground.county), keep_off)
    parts = [part for part in shapely.get_parts(apart) if part.area > 15_000]
    return tuple(Shape(f"{rng.choice(villages)} {rng.choice(_WOODS)}", part) for part in parts)


def lakes(rng: np.random.Generator, plan: Plan, ground: Ground, keep_off: Any) -> tuple[Shape, ...]:
    """A reservoir and gravel pits along the rivers, with the tidal reaches drawn as water too."""
    found = []
    count = max(2, plan.wood_count // 10)
    lines = [line for _, line in ground.rivers]
    for number in range(count):
        line = lines[int(rng.integers(len(lines)))]
        at = shapely.get_coordinates(line.interpolate(rng.uniform(0.3, 0.95), normalized=True))[
            0
        ] + rng.normal(0, 260, 2)
        reach = 620.0 if number == 0 and plan.has_island else rng.uniform(60, 190)
        pond = shapely.difference(shapely.intersection(blob(rng, at, reach), ground.county), keep_off)
        for part in shapely.get_parts(pond):
            if part.area > 6_000:
                found.append(Shape(f"{names.COUNTY} Water" if number == 0 else None, part))
    return tuple(found)
