"""Where people settled: the main town on its bay, seats of districts, small towns, villages and hamlets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from scipy.spatial import cKDTree

from trigpoint.core.county import names
from trigpoint.core.county.coast import Ground
from trigpoint.core.county.model import Kind
from trigpoint.core.county.noise import Floats
from trigpoint.core.county.plan import Plan

MAIN_RADIUS_M = 2600.0


@dataclass(frozen=True, slots=True)
class Settlements:
    """Towns first (main, seats, small), then villages; hamlets have no name and only draw lanes."""

    names: tuple[str, ...]
    points: Floats
    people: Floats
    radius_m: Floats
    town_count: int
    seat_count: int
    hamlets: Floats

    def kind(self, index: int) -> Kind:
        if index == 0:
            return "large town" if self.people[0] > 50_000 else "small town"
        if index < self.seat_count:
            return "town"
        return "small town" if index < self.town_count else "village"


def make_settlements(rng: np.random.Generator, plan: Plan, ground: Ground) -> Settlements:
    """Largest first, each keeping its distance from those before; rivers and the coast draw towns to them."""
    people = np.array([*plan.seats, *plan.small_towns, *_village_people(rng, plan)], dtype=np.float64)
    radius = np.where(
        np.arange(len(people)) < len(plan.seats) + len(plan.small_towns),
        np.maximum(MAIN_RADIUS_M * (people / 152_000) ** 0.74, plan.least_town_radius_m),
        150.0 + people**0.5 * 2.2,
    )
    candidates = _candidates(rng, plan, ground)
    points = _place_apart(rng, plan, ground, candidates, radius)
    town_count = len(plan.seats) + len(plan.small_towns)
    hamlets = _hamlets(rng, plan, candidates, points, radius)
    return Settlements(
        names=_named(rng, plan, ground, points),
        points=points,
        people=people,
        radius_m=radius,
        town_count=town_count,
        seat_count=len(plan.seats),
        hamlets=hamlets,
    )


def _village_people(rng: np.random.Generator, plan: Plan) -> list[float]:
    drawn = np.sort(rng.lognormal(7.1, 0.55, plan.village_count))[::-1]
    made: list[float] = np.clip(drawn, 250, 4200).round().tolist()
    return made


def _candidates(rng: np.random.Generator, plan: Plan, ground: Ground) -> Floats:
    count = 9000 if plan.seats[0] > 50_000 else 1500
    loose = rng.uniform(size=(count, 2)) * (plan.width_m, plan.height_m) + (plan.west_m, plan.south_m)
    shapely.prepare(ground.county)
    on_land = shapely.contains_xy(ground.county, loose[:, 0], loose[:, 1])
    made: Floats = loose[on_land]
    return made


def _place_apart(
    rng: np.random.Generator, plan: Plan, ground: Ground, candidates: Floats, radius: Floats
) -> Floats:
    """Each place takes the most wished-for spot with room; where none has room, the roomiest."""
    edge = shapely.distance(shapely.points(candidates), shapely.boundary(ground.county))
    water = shapely.union_all([line for _, line in ground.rivers] + [shapely.boundary(ground.sea)])
    near_water = np.exp(-shapely.distance(shapely.points(candidates), water) / 2500.0)
    loose = rng.random(len(candidates)) + 0.12 * near_water
    wish = loose + 0.7 * near_water
    towns = len(plan.seats) + len(plan.small_towns)
    placed = [_main_point(plan, ground)]
    spare = np.full(len(candidates), np.inf)
    for index in range(1, len(radius)):
        last = np.hypot(*(candidates - placed[-1]).T) - radius[index - 1] * 1.25
        spare = np.minimum(spare, last)
        fits = spare - radius[index] * 1.2 > _room(plan, index, towns)
        fits &= edge > radius[index] * (0.75 if index < towns else 1.1) + 150
        draw = wish if index < towns else loose
        pick = np.where(fits, draw, spare / 1e9 - 1.0).argmax()
        placed.append(candidates[pick])
    return np.array(placed)


def _room(plan: Plan, index: int, towns: int) -> float:
    """Open country wanted between a new place and its neighbours."""
    span = np.sqrt(plan.width_m * plan.height_m)
    if index < len(plan.seats):
        return float(span * 0.135)
    return float(span * (0.062 if index < towns else 0.016))


def _main_point(plan: Plan, ground: Ground) -> Floats:
    """Inland of the south-east coast, near enough that the sea cuts the town's edge."""
    start = np.array([plan.west_m + 0.72 * plan.width_m, plan.south_m + 0.26 * plan.height_m])
    if plan.seats[0] < 50_000:
        start = np.array([plan.west_m + 0.55 * plan.width_m, plan.south_m + 0.60 * plan.height_m])
        return start
    heading = np.array([0.82, -0.57])
    reach = shapely.LineString([start, start + heading * plan.width_m * 0.3])
    shore = shapely.distance(shapely.Point(start), shapely.intersection(reach, ground.sea))
    point: Floats = start + heading * (shore - MAIN_RADIUS_M * 0.72)
    return point


def _hamlets(
    rng: np.random.Generator, plan: Plan, candidates: Floats, points: Floats, radius: Floats
) -> Floats:
    apart = np.hypot(*(candidates[:, None, :] - points[None, :, :]).T).T - radius * 1.3
    free = candidates[apart.min(axis=1) > 600]
    made: Floats = free[rng.permutation(len(free))[: plan.hamlet_count]]
    return made


def _named(rng: np.random.Generator, plan: Plan, ground: Ground, points: Floats) -> tuple[str, ...]:
    """Small towns nearest the sea take the seaside names."""
    seats = (names.MAIN_TOWN, *names.SEAT_NAMES)[: len(plan.seats)]
    first, count = len(seats), len(plan.small_towns)
    inland = list(names.SMALL_TOWN_NAMES)
    shore = shapely.distance(shapely.points(points[first : first + count]), ground.sea)
    seaside = dict(zip(np.argsort(shore).tolist(), names.SEASIDE_NAMES, strict=False))
    small = [seaside.get(i) or inland.pop(0) for i in range(count)]
    taken = (names.MAIN_TOWN, *names.SEAT_NAMES, *names.SMALL_TOWN_NAMES, *names.SEASIDE_NAMES)
    more = names.place_names(rng, taken)
    return (*seats, *small, *(next(more) for _ in range(len(points) - first - count)))


def nearest(points: Floats, targets: Floats) -> Any:
    """Index of the nearest target per point (n,)."""
    return cKDTree(targets).query(points)[1]
