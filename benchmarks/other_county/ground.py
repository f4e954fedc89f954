"""The other county's ground: the shapes of a made county seen in a mirror, so that the sea lies elsewhere, and renamed."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import product
from types import MappingProxyType
from typing import Any

import numpy as np
import shapely

from benchmarks.other_county import names
from trigpoint.core.county.make import make_geography
from trigpoint.core.county.model import Areas, Geography, Shape, Size, Streets
from trigpoint.core.county.names import COUNTY
from trigpoint.core.county.plan import plan_for
from trigpoint.core.county.sites import Premises, Schools, Sites

_OTHER_SEED = 70_000
"""Added to the seed, so that a seed's other county is not the demo's county of that seed in a mirror."""
_SWAPPED = {"East": "West", "West": "East"}
_BEARINGS = {"E": "W", "W": "E", "NE": "NW", "NW": "NE", "SE": "SW", "SW": "SE", "N": "N", "S": "S"}

Words = Callable[[str], str]


def other_ground(seed: int, size: Size) -> Geography:
    """The other county of a seed: east for west, with names of its own."""
    plan = plan_for(size)
    made = make_geography(seed + _OTHER_SEED, size)
    words = renamer(made, names.STREET_ENDINGS), renamer(made, {})
    return _renamed(_mirrored(made, 2.0 * plan.west_m + plan.width_m), *words)


def renamer(made: Geography, endings: Mapping[str, str]) -> Words:
    """What a name of the made county is in the other one: towns by a list, streets word by word, sides exchanged.

    Parks are renamed without the endings of streets: a park's Gardens are no street.
    """
    fresh = [*names.TOWNS, *(f + s for s, f in product(names.VILLAGE_LAST, names.VILLAGE_FIRST))]
    towns = dict(zip((town.name for town in made.towns), fresh, strict=False))
    if len(towns) < len(made.towns):
        raise ValueError(f"There are names for {len(fresh)} towns only, not for {len(made.towns)}")
    districts = {name: _of_district(name, towns) for name in made.districts.names}
    known = {**names.STREET_WORDS, **endings, **_SWAPPED, **districts, **towns, COUNTY: names.COUNTY}
    longest_first = sorted(known, key=lambda name: (-len(name), name))
    pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")\b")
    return lambda name: pattern.sub(lambda found: known[found.group()], name)


def other_sites(sites: Sites) -> Sites:
    """The sites under the signs that hang there: takeaways by their owners, academies, other inns."""
    licensed = np.array([_inn(name) for name in sites.licensed.name.tolist()])
    return replace(
        sites,
        schools=_schools(sites.schools),
        premises=_premises(sites.premises),
        licensed=replace(sites.licensed, name=licensed),
    )


def _of_district(name: str, towns: dict[str, str]) -> str:
    """A district is named after the town whose beginning it shares, if there is one."""
    seat = next((new for old, new in towns.items() if old[:5] == name[:5]), None)
    return seat if seat and name in towns else f"{seat} Vale" if seat else name


def _schools(schools: Schools) -> Schools:
    told = []
    for name, phase in zip(schools.name.tolist(), schools.phase.tolist(), strict=True):
        plain = name.replace(" Pupil Referral Unit", " Alternative Provision")
        told.append(plain.replace(" School", " High School") if phase == "secondary" else plain)
    return replace(schools, name=np.array(told))


def _premises(premises: Premises) -> Premises:
    """Takeaways by owner, kind and, as their number is large, the street."""
    told = []
    for number, (name, kind) in enumerate(zip(premises.name.tolist(), premises.kind.tolist(), strict=True)):
        end = next((end for end in names.ENDS_OF_SITES if kind == "takeaway" and name.endswith(end)), None)
        owner = names.OWNERS[number * 7 % len(names.OWNERS)]
        told.append(f"{owner} {names.ENDS_OF_SITES[end]}" if end else name)
    return replace(premises, name=np.array(told))


def _inn(name: str) -> str:
    return f"The {names.PUBS[name[4:]]}" if name[4:] in names.PUBS and name.startswith("The ") else name


def _renamed(made: Geography, words: Words, of_ground: Words) -> Geography:
    def each(column: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(words(name) for name in column)

    stops = made.bus.stops
    return replace(
        made,
        name=names.COUNTY,
        districts=replace(made.districts, names=each(made.districts.names)),
        wards=replace(made.wards, names=each(made.wards.names)),
        lsoas=replace(made.lsoas, names=each(made.lsoas.names)),
        towns=tuple(replace(town, name=words(town.name)) for town in made.towns),
        streets=replace(made.streets, names=each(made.streets.names)),
        rail=replace(
            made.rail,
            lines=tuple(replace(line, name=words(line.name)) for line in made.rail.lines),
            stations=tuple(replace(station, name=words(station.name)) for station in made.rail.stations),
        ),
        bus=replace(
            made.bus,
            stops=replace(
                stops,
                names=each(stops.names),
                streets=each(stops.streets),
                localities=each(stops.localities),
                bearing=tuple(_BEARINGS[way] for way in stops.bearing),
            ),
            routes=tuple(replace(route, name=words(route.name)) for route in made.bus.routes),
        ),
        shapes=MappingProxyType({
            kind: tuple(Shape(of_ground(one.name) if one.name else None, one.geometry) for one in shapes)
            for kind, shapes in made.shapes.items()
        }),
    )  # fmt: skip


def _mirrored(made: Geography, twice_middle_m: float) -> Geography:
    """The same ground with eastings counted from the other side."""

    def east(column: Any) -> Any:
        return twice_middle_m - column

    def shapes(geometries: Any) -> Any:
        return shapely.transform(
            geometries, lambda at: np.column_stack([twice_middle_m - at[:, 0], at[:, 1]])
        )

    def areas(level: Areas) -> Areas:
        return replace(level, polygons=shapes(level.polygons), easting_m=east(level.easting_m))

    def streets(told: Streets) -> Streets:
        return replace(
            told, geometries=shapes(told.geometries), junction_easting_m=east(told.junction_easting_m)
        )

    def moved(points: Any) -> Any:
        return replace(points, easting_m=east(points.easting_m))

    rail = made.rail
    return replace(
        made,
        districts=_with_quadrants(areas(made.districts)),
        wards=areas(made.wards),
        lsoas=areas(made.lsoas),
        towns=tuple(moved(town) for town in made.towns),
        streets=streets(made.streets),
        rail=replace(
            rail,
            lines=tuple(replace(line, geometry=shapes(line.geometry)) for line in rail.lines),
            stations=tuple(moved(station) for station in rail.stations),
        ),
        bus=replace(made.bus, stops=moved(made.bus.stops)),
        postcodes=moved(made.postcodes),
        shapes=MappingProxyType({
            kind: tuple(Shape(one.name, shapes(one.geometry)) for one in told) for kind, told in made.shapes.items()
        }),
    )  # fmt: skip


def _with_quadrants(districts: Areas) -> Areas:
    """West are as many of those neither North nor South as before, but now the westernmost."""
    label = np.array(districts.quadrants, dtype=object)
    between = np.flatnonzero(np.isin(label, ("West", "Mid")))
    westward = between[np.argsort(districts.easting_m[between])]
    count = int((label == "West").sum())
    label[westward[:count]], label[westward[count:]] = "West", "Mid"
    return replace(districts, quadrants=tuple(str(word) for word in label))
