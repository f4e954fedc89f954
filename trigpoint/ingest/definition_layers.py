"""The parts of a definition that say what a row of a reference layer or of a register of notices holds."""

from typing import Literal, Self

from pydantic import Field, model_validator

from trigpoint.ingest.definition_words import Choice, Ref, Strict

Level = Literal["district", "ward", "lsoa"]


class Areas(Strict):
    level: Level
    code: Ref
    area_name: Ref
    parent: Ref | None = None


class Lookup(Strict):
    child_level: Level
    child_code: Ref
    child_name: Ref
    parent_level: Level
    parent_code: Ref
    parent_name: Ref


class Point(Strict):
    """Where something lies, by two columns, or by the geometry (its inside point)."""

    lon: Ref | None = None
    lat: Ref | None = None
    easting: Ref | None = None
    northing: Ref | None = None
    geometry: bool = False


class Postcodes(Strict):
    postcode: Ref
    point: Point
    quality: Ref
    no_point_quality: tuple[int, ...] = ()
    ward: Ref
    district: Ref
    ended: Ref | None = None


class Sites(Strict):
    """`kept` is how precisely a site may be known; `redacted` the publisher's word for a withheld cell; `once` where a
    file names a site in several rows, of which the first is it.
    """

    ref: Ref
    site_name: Ref | None = None
    site_class: Choice
    point: Point | None = None
    district_code: Ref | None = None
    district_name: Ref | None = None
    postcode: Ref | None = None
    locality: Ref | None = None
    opened: Ref | None = None
    closed: Ref | None = None
    date_formats: tuple[str, ...] = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y")
    status: Choice = Choice(always="open")
    restricted: bool = False
    kept: Literal["point", "district"] = "point"
    redacted: str | None = None
    once: bool = False


class Streets(Strict):
    code: Ref
    street_name: Ref
    road_number: Ref | None = None
    road_class: Ref
    start_junction: Ref
    end_junction: Ref
    town: Ref | None = None


class Shapes(Strict):
    shape_class: Choice
    shape_name: Ref | None = None


class Population(Strict):
    level: Level
    code: Ref
    area_name: Ref | None = None
    people_all: Ref
    people_10_17: tuple[Ref, ...] = ()


NOTICE_KINDS = ("cawn", "closure", "cpn", "pspo", "dispersal", "hotel")


class Notices(Strict):
    """`boundary` is WKT in EPSG:27700: where there is no point, the notice is known by a point inside it.

    `breaches` is how often it was breached, `last_breach` the day of the last time: never by whom.
    """

    ref: Ref
    notice_kind: Choice
    status: Choice
    basis: Ref | None = None
    served: Ref
    starts: Ref
    ends: tuple[Ref, ...]
    breaches: Ref | None = None
    last_breach: Ref | None = None
    date_formats: tuple[str, ...] = ("%Y-%m-%d", "%d/%m/%Y")
    point: Point
    boundary: Ref | None = None
    street: Ref | None = None
    town: Ref | None = None
    street_and_town: Ref | None = None
    coarse: bool = False

    @model_validator(mode="after")
    def _kinds_are_known(self) -> Self:
        unknown = [kind for kind in self.notice_kind.outcomes if kind not in NOTICE_KINDS]
        if unknown:
            raise ValueError(f"'{unknown[0]}' is not one of {', '.join(NOTICE_KINDS)}")
        return self


class Totals(Strict):
    """Rows that somebody has already counted: an area or a site, a span of time, a category and a number.

    `suppressed` are the words of a number withheld because it is small, besides any such as "<5"; `not_applicable`
    the words of a number that does not exist; `foot` what an area is called in a row that adds up the others, which is
    put aside. `starts` is read by `date_formats`, in which %q is a quarter of the
    calendar year; a row lasts as long as `lasts` says.
    """

    area: Ref | None = None
    area_level: Level | None = None
    area_by: Literal["code", "name"] = "code"
    site: Ref | None = None
    site_class: str | None = None
    starts: Ref
    date_formats: tuple[str, ...] = ("%Y-%m-%d", "%d/%m/%Y")
    lasts: Literal["day", "week", "month", "quarter", "year"]
    category: Choice
    category_names: dict[str, str] = Field(default_factory=dict)
    themes: tuple[str, ...] = ()
    themes_by_category: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    count: Ref
    suppressed: tuple[str, ...] = ("c", "x", "*", "~", "k", "suppressed")
    not_applicable: tuple[str, ...] = ("z", ":", "-", "n/a")
    rounded_to: int = Field(default=1, ge=1)
    foot: tuple[str, ...] = ("total", "totals", "grand total", "all districts", "county", "county total")

    @model_validator(mode="after")
    def _says_of_what(self) -> Self:
        if self.area is None and self.site is None:
            raise ValueError("a total needs an area or a site")
        if (self.area is None) != (self.area_level is None):
            raise ValueError("an area needs area and area_level")
        return self


class Uprns(Strict):
    """Unique property reference numbers with their points; no address."""

    uprn: Ref
    point: Point


class Deprivation(Strict):
    """Deprivation of areas, of everybody and (where the file tells) of children by income. Rank 1 is most deprived."""

    level: Level
    code: Ref
    area_name: Ref | None = None
    score: Ref | None = None
    rank: Ref
    decile: Ref
    children_rank: Ref | None = None
    children_decile: Ref | None = None


class Timetable(Strict):
    """Routes of a timetable, one row for each direction, with the departures from every stop (as JSON)."""

    mode: Ref
    route: Ref
    direction: Ref
    route_name: Ref
    operator: Ref | None = None
    stops: Ref


class Aliases(Strict):
    """Older references of sites: `ref` is one reference, `other` another of the same site, and how they relate."""

    site_class: str
    ref: Ref
    other: Ref
    relation: Choice
    since: Ref | None = None
    date_formats: tuple[str, ...] = ("%d-%m-%Y", "%Y-%m-%d", "%d/%m/%Y")
