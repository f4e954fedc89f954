"""What a place wording truly means: the four truths that a matcher of words is judged by."""

from dataclasses import dataclass
from typing import Any, Literal

import shapely

ACCEPTED_WITHIN_M = 150.0
STREET_OR_SITE, LOCALITY = 3, 5


@dataclass(frozen=True, slots=True)
class Named:
    """A place that the geography holds and the words name.

    `name` is its full name there, `town` its settlement. `place_class` is the location quality a right answer earns:
    3 for a street or named site, 5 for a settlement. `easting_m`, `northing_m` (EPSG:27700) is where it truly was;
    it lies on `ground`, a shapely shape: the whole street, the park, the point of a site, the disc of a settlement.
    Where the words name two places, `ground` is both and `also` the other's name: either is a right answer.
    `sort` says what stands there (road, school, park, station, takeaway, hotel, town).
    """

    kind: Literal["street", "site", "locality"]
    name: str
    town: str
    place_class: int
    easting_m: float
    northing_m: float
    sort: str
    ground: Any
    also: tuple[str, ...] = ()

    def accepts(self, easting_m: float, northing_m: float) -> bool:
        """Whether an answer lies within 150 m of the ground."""
        return bool(shapely.Point(easting_m, northing_m).distance(self.ground) <= ACCEPTED_WITHIN_M)


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Several places fit and the words cannot choose: right is to offer them or to abstain, wrong to place one."""

    why: str
    candidates: tuple[Named, ...]

    @property
    def points(self) -> tuple[tuple[float, float], ...]:
        """Eastings and northings of the candidates, metres."""
        return tuple((place.easting_m, place.northing_m) for place in self.candidates)


@dataclass(frozen=True, slots=True)
class Vague:
    """No place that anybody could find; `why` says what the words hold instead."""

    why: str


@dataclass(frozen=True, slots=True)
class Outside:
    """Another county: `place` is the city."""

    place: str


@dataclass(frozen=True, slots=True)
class Worded:
    """One place as an agency typed it. `town_hint` is the town field beside it, often blank; `template` its pattern."""

    agency: str
    text: str
    town_hint: str
    truth: Named | Ambiguous | Vague | Outside
    template: str
