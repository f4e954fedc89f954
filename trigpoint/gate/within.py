"""Where `within` and `around` point: a code or a name becomes one place of the store, or a route what lies along it."""

import re
from dataclasses import dataclass

import h3

from trigpoint.core.sharing.grain import Grain
from trigpoint.gate.along import CORRIDOR_M, FINEST, ROUTE_WORD, cells_along, route_word, routes_called
from trigpoint.gate.denial import QuestionError
from trigpoint.gate.version import Version
from trigpoint.gate.words import RESOLUTIONS

__all__ = ["Place", "find_place", "find_point"]

NO_UNIT = -2
"""An id that no record has: a cell the store does not know holds nothing."""

ANCHOR_CODE = re.compile(r"at(-+[0-9a-f.]+)+")
"""What the codes of anchor points look like, whether or not there is one."""

_AREA_GRAINS = {"district": Grain.DISTRICT, "ward": Grain.WARD, "lsoa": Grain.LSOA}


@dataclass(frozen=True, slots=True)
class Place:
    """One place: its kind (district, ward, lsoa, locality, street, cell, route), dense id, code and name.

    `column` is the unit column that records in it share. `grain` is how finely a count in it would tell where
    they lie. A locality ranks with streets: it cuts across wards, and a hamlet is smaller than any of them.
    A route has no id of its own: `members` are the dense ids of the hexagons along it.
    """

    kind: str
    id: int
    code: str
    name: str
    column: str
    grain: Grain
    members: tuple[int, ...] = ()

    @property
    def ids(self) -> tuple[int, ...]:
        """Every dense id that a record in it may have in `column`; one that no record has where it holds nothing."""
        return self.members or (self.id,)

    @property
    def key(self) -> tuple[str, int | str]:
        """What tells it from every other place of the version, and hangs on no record."""
        return (self.column, self.code if self.kind == "route" else self.id)


def find_place(text: str, version: Version) -> Place:
    """The place a person means: an area's code, a town or a named place, an area's name, a cell, a street, a route.

    Raises QuestionError where there is none, and where a name means several. An anchor point found here is not
    yet known to be one that the viewer may see.
    """
    wanted = text.strip()
    if wanted.casefold().startswith(ROUTE_WORD):
        place = _route(wanted[len(ROUTE_WORD) :], version)
        if place is None:
            raise QuestionError(
                f"There is no bus route or railway line '{wanted[len(ROUTE_WORD) :]}' in this county."
            )
        return place
    place = (
        _area_coded(wanted, version)
        or _locality(wanted, version)
        or _area_named(wanted, version)
        or _cell(wanted, version)
        or _street(wanted, version)
        or _route(wanted, version)
    )
    if place is None:
        raise QuestionError(f"There is no area, town, street or hexagon '{wanted}' in this county.")
    return place


def find_point(text: str, version: Version) -> Place:
    """A place that distances can be measured from. Raises QuestionError for a route, and as `find_place`."""
    place = find_place(text, version)
    if place.kind == "route":
        raise QuestionError(
            "Distances are measured from a place, not from a route: ask within the route instead."
        )
    return place


def _area_coded(text: str, version: Version) -> Place | None:
    for level, grain in _AREA_GRAINS.items():
        number = version.code_places(level).get(text.upper(), version.code_places(level).get(text))
        if number is not None:
            areas = version.areas(level)
            return Place(level, number, areas.codes[number], areas.names[number], level, grain)
    return None


def _locality(text: str, version: Version) -> Place | None:
    name, _, district = (part.strip().casefold() for part in text.partition(","))
    places, districts = version.localities, version.areas("district")
    found = [i for i, one in enumerate(places.names) if one.casefold() == name]
    if district:
        found = [
            i for i in found if _name_of(int(places.district[i]), districts.names).casefold() == district
        ]
    if len(found) > 1:
        among = sorted(
            {f"{places.names[i]}, {_name_of(int(places.district[i]), districts.names)}" for i in found}
        )
        if len(among) < len(found):
            raise QuestionError(f"More than one place is called {text}: use a ward's code instead.")
        raise QuestionError(f"More than one place is called {text}: write {' or '.join(among[:3])}.")
    if not found:
        return None
    return Place(
        "locality", found[0], places.names[found[0]], places.names[found[0]], "locality", Grain.STREET
    )


def _area_named(text: str, version: Version) -> Place | None:
    for level in ("district", "ward"):
        areas = version.areas(level)
        found = [i for i, one in enumerate(areas.names) if one.casefold() == text.casefold()]
        if len(found) > 1:
            codes = ", ".join(areas.codes[i] for i in found[:3])
            raise QuestionError(f"More than one {level} is called {text}: use its code ({codes}).")
        if found:
            i = found[0]
            return Place(level, i, areas.codes[i], areas.names[i], level, _AREA_GRAINS[level])
    return None


def _cell(text: str, version: Version) -> Place | None:
    if not h3.is_valid_cell(text) or h3.get_resolution(text) not in RESOLUTIONS:
        return None
    resolution = h3.get_resolution(text)
    number = version.cell_places(resolution).get(h3.str_to_int(text), NO_UNIT)
    return Place("cell", number, text, text, f"cell_{resolution}", Grain.CELL)


def _street(text: str, version: Version) -> Place | None:
    streets = version.streets
    number = version.code_places("street").get(text)
    if number is None:
        # an anchor that exists and one that does not must be told alike until it is known who asks
        may_be = streets.anchors and ANCHOR_CODE.fullmatch(text)
        return Place("street", NO_UNIT, text, text, "street", Grain.STREET) if may_be else None
    return Place("street", number, text, streets.names[number], "street", Grain.STREET)


def _route(text: str, version: Version) -> Place | None:
    found = routes_called(text, version)
    if not found:
        return None
    names = tuple(dict.fromkeys(one.name for one in found))
    if len(names) > 1:
        raise QuestionError(f"More than one route is called {text}: write {' or '.join(names[:3])}.")
    lines = tuple(line for one in found for line in one.lines)
    members = tuple(cells_along(version, lines, CORRIDOR_M).tolist())
    code = route_word(found[0].code, names[0], version)
    return Place("route", NO_UNIT, code, names[0], f"cell_{FINEST}", Grain.CELL, members)


def _name_of(number: int, names: tuple[str, ...]) -> str:
    return names[number] if number >= 0 else ""
