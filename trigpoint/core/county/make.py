"""The synthetic county's geography in one call."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

import numpy as np
import shapely

from trigpoint.core.county import areas, greens, names, naming, people, postcodes
from trigpoint.core.county.buses import make_bus
from trigpoint.core.county.coast import Ground, make_ground
from trigpoint.core.county.lines import make_rail
from trigpoint.core.county.mesh import country_roads, make_gates, make_mesh
from trigpoint.core.county.model import Areas, Geography, Population, Shape, Size, Streets, Town
from trigpoint.core.county.network import cut_network
from trigpoint.core.county.noise import Floats
from trigpoint.core.county.plan import Plan, plan_for
from trigpoint.core.county.streets import Laid, lay_streets
from trigpoint.core.county.towns import Settlements, make_settlements

_STAGES = (
    "ground",
    "towns",
    "roads",
    "rail",
    "streets",
    "areas",
    "names",
    "people",
    "bus",
    "postcodes",
    "greens",
)


def make_geography(seed: int, size: Size) -> Geography:
    """The whole county of a seed, the same each time.

    `size` 'county' is Marlshire entire (about ten seconds of one core at most); 'village' one small district for
    tests (under a second). Coordinates are EPSG:27700 metres in open sea, where no real place lies. Raises
    ValueError for any other size. Nothing in it is real: a name met by chance on a real map means nothing.
    """
    plan = plan_for(size)
    rngs = {s: np.random.default_rng([seed, i]) for i, s in enumerate(_STAGES)}
    ground = make_ground(rngs["ground"], plan)
    settlements = make_settlements(rngs["towns"], plan, ground)
    gates = make_gates(rngs["roads"], settlements)
    mesh = make_mesh(rngs["roads"], plan, ground, settlements, gates)
    roads = country_roads(mesh, settlements, rngs["roads"])
    rail = make_rail(rngs["rail"], plan, ground, settlements)
    laid = lay_streets(rngs["streets"], ground, settlements, gates, mesh, roads)
    network = cut_network(rngs["streets"], laid, ground, [line.geometry for line in rail.lines])
    divided = areas.divide(rngs["areas"], plan, ground, settlements, laid.quarters)
    streets = naming.name_streets(rngs["names"], network, laid, settlements, rail, divided.lsoas)
    population = people.make_population(rngs["people"], plan, divided, settlements)
    return Geography(
        name=names.COUNTY,
        seed=seed,
        size=size,
        districts=divided.districts,
        wards=divided.wards,
        lsoas=divided.lsoas,
        towns=_towns(settlements, divided.districts),
        streets=streets,
        rail=rail,
        bus=make_bus(rngs["bus"], plan, streets, settlements),
        postcodes=postcodes.make_postcodes(
            rngs["postcodes"], plan, streets, _people_per_street(streets, population)
        ),
        population=population,
        shapes=MappingProxyType(
            _shapes(
                rngs["greens"],
                plan,
                ground,
                settlements,
                laid,
                streets,
                [(r.name, r.geometry) for r in rail.lines],
            )
        ),
    )


def _towns(settlements: Settlements, districts: Areas) -> tuple[Town, ...]:
    tree = shapely.STRtree(districts.polygons)
    _, district = tree.query_nearest(shapely.points(settlements.points), all_matches=False)
    return tuple(
        Town(
            name=settlements.names[i],
            easting_m=float(settlements.points[i, 0].round()),
            northing_m=float(settlements.points[i, 1].round()),
            people=int(settlements.people[i]),
            radius_m=float(settlements.radius_m[i]),
            kind=settlements.kind(i),
            district=int(district[i]),
        )
        for i in range(len(settlements.names))
    )


def _people_per_street(streets: Streets, population: Population) -> Floats:
    """LSOA residents shared over its streets by length, with settlements' streets counted ten times open country's."""
    weight = streets.length_m * np.where(streets.town >= 0, 1.0, 0.1)
    whole = np.bincount(streets.lsoa, weights=weight, minlength=len(population.people))
    share: Floats = weight / whole[streets.lsoa] * population.everyone()[streets.lsoa]
    return share


def _shapes(
    rng: np.random.Generator, plan: Plan, ground: Ground, settlements: Settlements, laid: Laid, streets: Streets,
    rails: list[tuple[str, Any]],
) -> dict[str, tuple[Shape, ...]]:  # fmt: skip
    parks = greens.parks(rng, laid.greens, settlements)
    built = greens.built_up(streets, laid.quarters, np.array([p.geometry for p in parks]), ground.county)
    keep_off = shapely.union_all([*(shape.geometry for shape in built), *(p.geometry for p in parks)])
    wet = greens.lakes(rng, plan, ground, keep_off)
    keep_off = shapely.union_all([keep_off, *(shape.geometry for shape in wet)])
    return {
        "sea": _parts(ground.sea),
        "land": _parts(ground.county),
        "neighbour_land": _parts(ground.neighbours),
        "built": built,
        "wood": greens.woods(rng, plan, ground, keep_off, settlements.names),
        "park": parks,
        "water": wet,
        "river": tuple(Shape(name, line) for name, line in ground.rivers),
        "rail": tuple(Shape(name, line) for name, line in rails),
    }


def _parts(shape: Any) -> tuple[Shape, ...]:
    return tuple(Shape(None, part) for part in shapely.get_parts(shape) if part.geom_type == "Polygon")
