"""Reference layers: what the publishers' columns say of areas, streets, shapes, postcodes and people."""

from typing import TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from trigpoint.core.geography.crs import to_national_grid
from trigpoint.ingest.codes import AREA_LEVEL
from trigpoint.ingest.definition_layers import Point, Streets
from trigpoint.ingest.definition_words import Ref
from trigpoint.ingest.sheet import Fault, Mask, Sheet, blank
from trigpoint.ingest.steps import places
from trigpoint.ingest.steps.choose import choose, required
from trigpoint.ingest.steps.coordinates import Floats
from trigpoint.ingest.steps.dates import parse
from trigpoint.ingest.steps.locate import read_points
from trigpoint.ingest.steps.normalise import Normalised

Section = TypeVar("Section")


def section(told: Section | None) -> Section:
    """The definition's section of its kind, which the schema promises is there."""
    if told is None:
        raise ValueError("the definition has no section of its kind")
    return told


def areas(sheet: Sheet) -> Normalised:
    """One area a row; its geometry must be there."""
    told = section(sheet.definition.areas)
    columns = {
        "level": _same(AREA_LEVEL[told.level], sheet, pa.int8()),
        "code": sheet.text(told.code),
        "name": sheet.text(told.area_name),
        "vintage": _same(sheet.vintage, sheet, pa.string()),
        "parent_code": optional(sheet, told.parent),
        "wkb": sheet.geometry,
    }
    return Normalised(columns, nowhere(sheet), [*required(sheet, [told.code]), *_without_geometry(sheet)])


def lookup(sheet: Sheet) -> Normalised:
    """Which area lies in which."""
    told = section(sheet.definition.lookup)
    columns = {
        "child_level": _same(AREA_LEVEL[told.child_level], sheet, pa.int8()),
        "child_code": sheet.text(told.child_code),
        "child_name": sheet.text(told.child_name),
        "parent_level": _same(AREA_LEVEL[told.parent_level], sheet, pa.int8()),
        "parent_code": sheet.text(told.parent_code),
        "parent_name": sheet.text(told.parent_name),
        "vintage": _same(sheet.vintage, sheet, pa.string()),
    }
    return Normalised(columns, nowhere(sheet), required(sheet, [told.child_code, told.parent_code]))


def postcodes(sheet: Sheet) -> Normalised:
    """Postcode units; those whose publisher has no point for them are kept and counted as unplaced."""
    told = section(sheet.definition.postcodes)
    quality = places.numbers(sheet.text(told.quality))
    easting, northing, given, faults = point_columns(sheet, told.point)
    pointless = np.isin(quality, told.no_point_quality) | ~given
    ended = blank(sheet.text(told.ended)) if told.ended is not None else np.ones(len(sheet.rows), np.bool_)
    advice = "Write the publisher's positional quality as a whole number."
    unreadable = ~np.isfinite(quality) | (np.abs(quality) > 127)
    columns = {
        "postcode": places.postcodes(sheet.text(told.postcode)),
        "easting_m": _known(easting, ~pointless),
        "northing_m": _known(northing, ~pointless),
        "quality": pa.array(np.where(unreadable, 0, quality).astype(np.int8)),
        "ward_code": sheet.text(told.ward),
        "district_code": sheet.text(told.district),
        "ended": pa.array(~ended),
    }
    quality_fault = Fault(unreadable, sheet.header(told.quality), "not a positional quality", advice)
    return Normalised(columns, pointless, [*required(sheet, [told.postcode]), quality_fault, *faults])


def streets(sheet: Sheet) -> Normalised:
    """Street segments between junctions; a segment must be one line."""
    told = section(sheet.definition.streets)
    faults = [
        *required(sheet, [told.code, told.start_junction, told.end_junction]),
        *_without_geometry(sheet),
    ]
    kinds = shapely.get_type_id(shapely.from_wkb(geometry_of(sheet).to_numpy(zero_copy_only=False)))
    not_a_line = (kinds != shapely.GeometryType.LINESTRING) & (kinds != -1)
    faults.append(
        Fault(not_a_line, "the geometry", "a street that is not one line", "Split it into segments.")
    )
    columns = {
        "code": sheet.text(told.code),
        "name": _name_or_number(sheet, told),
        "road_class": sheet.text(told.road_class),
        "start_junction": sheet.text(told.start_junction),
        "end_junction": sheet.text(told.end_junction),
        "town": optional(sheet, told.town),
        "wkb": sheet.geometry,
    }
    return Normalised(columns, nowhere(sheet), faults)


def _name_or_number(sheet: Sheet, told: Streets) -> pa.StringArray:
    """A street's name, or the number of a road that has none (A12)."""
    named = places.filled(sheet.text(told.street_name))
    return pc.fill_null(pc.coalesce(named, optional(sheet, told.road_number)), "")


def shapes(sheet: Sheet) -> Normalised:
    """What the base map is drawn from."""
    told = section(sheet.definition.shapes)
    chosen, faults = choose(sheet, told.shape_class)
    columns = {"class": chosen.array(), "name": optional(sheet, told.shape_name), "wkb": sheet.geometry}
    return Normalised(columns, nowhere(sheet), [*faults, *_without_geometry(sheet)])


def population(sheet: Sheet) -> Normalised:
    """Residents of areas, with those aged 10 to 17 where the file has ages."""
    told = section(sheet.definition.population)
    people = _people(sheet, told.people_all)
    ages_there = bool(told.people_10_17) and all(name in sheet.columns for name in told.people_10_17)
    ages = [_people(sheet, name) for name in told.people_10_17] if ages_there else []
    young = np.sum(ages, axis=0) if ages else np.full(len(people), np.nan)
    faults = [
        *required(sheet, [told.code]),
        _not_people(sheet, told.people_all, people),
        *(_not_people(sheet, name, age) for name, age in zip(told.people_10_17, ages, strict=False)),
    ]
    columns = {
        "area_level": _same(AREA_LEVEL[told.level], sheet, pa.int8()),
        "area_code": sheet.text(told.code),
        "area_name": optional(sheet, told.area_name),
        "vintage": _same(sheet.vintage, sheet, pa.string()),
        "people_all": pa.array(people),
        "people_10_17": _known(young, np.isfinite(young)),
    }
    return Normalised(columns, nowhere(sheet), faults)


def _people(sheet: Sheet, name: str) -> Floats:
    return places.numbers(pc.replace_substring(sheet.text(name), ",", ""))


def _not_people(sheet: Sheet, name: str, people: Floats) -> Fault:
    wrong = ~np.isfinite(people) | (people < 0)
    return Fault(wrong, sheet.header(name), "not a number of people", "Write a number, 0 or more.")


def _same(value: object, sheet: Sheet, type_: pa.DataType) -> pa.Array:
    return pa.array([value] * len(sheet.rows), type_)


def optional(sheet: Sheet, name: Ref | None) -> pa.StringArray:
    """A column that the definition may leave out: null where blank."""
    if name is None:
        return pa.nulls(len(sheet.rows), pa.string())
    return places.filled(sheet.text(name))


def nowhere(sheet: Sheet) -> Mask:
    """No row counts as unplaced."""
    return np.zeros(len(sheet.rows), dtype=np.bool_)


def geometry_of(sheet: Sheet) -> pa.BinaryArray:
    """The geometry; null throughout where the file has none."""
    return sheet.geometry if sheet.geometry is not None else pa.nulls(len(sheet.rows), pa.binary())


def _without_geometry(sheet: Sheet) -> list[Fault]:
    missing = np.asarray(geometry_of(sheet).is_null().to_numpy(zero_copy_only=False), dtype=np.bool_)
    return [Fault(missing, "the geometry", "no geometry", "Ask the publisher for the row's shape.")]


def _known(values: Floats, known: Mask) -> pa.Array:
    return pa.array(values, mask=~known)


def point_columns(sheet: Sheet, told: Point | None) -> tuple[Floats, Floats, Mask, list[Fault]]:
    """Easting and northing in metres (NaN where not given), which rows give a point, and what is wrong."""
    if told is not None and told.geometry:
        inside = shapely.point_on_surface(shapely.from_wkb(geometry_of(sheet).to_numpy(zero_copy_only=False)))
        x, y = shapely.get_x(inside), shapely.get_y(inside)
        return x, y, np.isfinite(x) & np.isfinite(y), []
    if told is not None and told.lon is not None:
        lon, lat, given, faults = read_points(sheet, told.lon, str(told.lat), degrees=True)
        return *to_national_grid(lon, lat), given, faults
    if told is not None and told.easting is not None:
        return read_points(sheet, told.easting, str(told.northing), degrees=False)
    nothing = np.full(len(sheet.rows), np.nan)
    return nothing, nothing.copy(), nowhere(sheet), []


def dates(sheet: Sheet, name: Ref | None, formats: tuple[str, ...]) -> tuple[pa.Array, list[Fault]]:
    """A column of dates; blank cells are null, unreadable ones a fault."""
    if name is None:
        return pa.nulls(len(sheet.rows), pa.date32()), []
    words = sheet.text(name)
    readings, _ = parse(words, (*formats, "%Y-%m-%d", "%Y-%m-%d %H:%M:%S"))
    unreadable = ~blank(words) & np.isnat(readings)
    days = pa.array(readings.astype("datetime64[D]"), pa.date32())
    advice = f"Write it as one of {', '.join(formats)}."
    return pc.if_else(pa.array(np.isnat(readings)), pa.scalar(None, pa.date32()), days), [
        Fault(unreadable, sheet.header(name), "not a date", advice)
    ]
