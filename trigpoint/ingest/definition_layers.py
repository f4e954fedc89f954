"""The parts of a definition that say what a row of a reference layer or of a register of notices holds."""

from typing import Literal

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
    """`kept` is how precisely a site may be known; `redacted` the publisher's word for a withheld cell."""

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


class Notices(Strict):
    ref: Ref
    notice_kind: Literal["cawn", "closure", "cpn", "pspo", "dispersal", "hotel"]
    status: Choice
    basis: Ref | None = None
    served: Ref
    starts: Ref
    ends: tuple[Ref, ...]
    date_formats: tuple[str, ...] = ("%Y-%m-%d", "%d/%m/%Y")
    point: Point
    street: Ref | None = None
    town: Ref | None = None
    street_and_town: Ref | None = None
    coarse: bool = False
