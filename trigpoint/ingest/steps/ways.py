"""The ways in which a row can say where: each turns columns into the fields of a candidate. Nothing is looked up."""

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from trigpoint.ingest.definition_places import Way
from trigpoint.ingest.definition_words import Ref
from trigpoint.ingest.sheet import Fault, Mask, Sheet, blank
from trigpoint.ingest.steps import places
from trigpoint.ingest.steps.coordinates import Bounds, System
from trigpoint.ingest.steps.points import Points, grid_points, points
from trigpoint.ingest.steps.said import Said, among, area_level, fixed, noted, present

AREA_CODE = re.compile(r"[A-Z]\d{8}", re.IGNORECASE)
CRS_CODE, ATCO_CODE = r"^[A-Z]{3}$", r"^[0-9]{3}[0-9A-Z]{1,9}$"
UPRN = r"^0*\d{1,12}(\.0+)?$"
"""A spreadsheet may have made a decimal number of it."""


def say_point(sheet: Sheet, way: Way, asked: Mask, county: Bounds | None) -> Said:
    """Coordinates in two columns, or one grid reference."""
    found = _point(sheet, way, asked, county)
    fields: dict[str, pa.Array] = {
        "easting_m": pa.array(found.easting_m),
        "northing_m": pa.array(found.northing_m),
    }
    if way.label is not None:
        told = sheet.text(way.label)
        published = sheet.definition.anchors
        label = places.labels(told, way.label_prefix) if published else places.street_and_town(told)[0]
        fields["street_name"] = label
    quality = np.maximum(found.best_quality, np.int8(way.quality))
    return Said(asked & found.given, fields, [among(f, asked) for f in found.faults], found.notes, quality)


def _point(sheet: Sheet, way: Way, asked: Mask, county: Bounds | None) -> Points:
    if way.grid_ref is not None:
        return grid_points(sheet, way.grid_ref, asked)
    pairs: tuple[tuple[Ref | None, Ref | None, System], ...] = (
        (way.lon, way.lat, "degrees"),
        (way.easting, way.northing, "metres"),
        (way.x, way.y, "mixed"),
    )
    x, y, system = next(pair for pair in pairs if pair[0] is not None)
    return points(sheet, str(x), str(y), system, asked, county)


def say_uprn(sheet: Sheet, name: Ref, asked: Mask) -> Said:
    """A unique property reference number, up to 12 digits; 0 is none. Followed at publish."""
    told = sheet.text(name)
    readable = pc.match_substring_regex(told, UPRN)
    digits = pc.replace_substring_regex(pc.if_else(readable, told, "0"), r"\.0+$", "")
    numbers = digits.cast(pa.int64())
    given = asked & np.asarray(pc.greater(numbers, 0).to_numpy(zero_copy_only=False))
    wrong = asked & ~blank(told) & ~np.asarray(readable.to_numpy(zero_copy_only=False))
    advice = "Write up to 12 digits, as text, so that no spreadsheet rounds them."
    return Said(given, {"uprn": numbers}, [Fault(wrong, sheet.header(name), "not a UPRN", advice)])


def say_station(sheet: Sheet, name: Ref, asked: Mask) -> Said:
    """A station by its three letters (CRS), or a stop or station by its ATCO code."""
    codes = pc.utf8_upper(sheet.text(name))
    crs = pc.match_substring_regex(codes, CRS_CODE)
    known = pc.or_(crs, pc.match_substring_regex(codes, ATCO_CODE))
    fields = {
        "site_ref": pc.if_else(known, codes, pa.scalar(None, pa.string())),
        "site_class": pc.if_else(crs, "station", pa.scalar(None, pa.string())),
    }
    given = asked & present(fields["site_ref"])
    strange = asked & ~given & ~blank(sheet.text(name))
    return Said(
        given, fields, notes=noted(strange, f"cells in '{sheet.header(name)}' are no station's code.")
    )


def say_site(sheet: Sheet, way: Way, name: Ref, asked: Mask) -> Said:
    """A site by its reference."""
    ref = places.filled(sheet.text(name))
    return Said(asked & present(ref), {"site_ref": ref, "site_class": fixed(way.site_class, asked)})


def say_street(sheet: Sheet, way: Way, asked: Mask) -> Said:
    """A street, and its town where one is told."""
    if way.street_and_town is not None:
        street, town = places.street_and_town(sheet.text(way.street_and_town))
    else:
        street = places.streets(sheet.text(str(way.street)))
        town = places.filled(sheet.text(way.town)) if way.town is not None else fixed(None, asked)
    return Said(asked & present(street), {"street_name": street, "town": town})


def say_postcode(sheet: Sheet, name: Ref, asked: Mask) -> Said:
    """A postcode, in use or terminated, or a sector written with its space (`CM1 2`)."""
    told = sheet.text(name)
    found = places.postcode_or_sector(told)
    given = asked & present(found)
    strange = asked & ~given & ~blank(told)
    words = f"cells in '{sheet.header(name)}' are no postcode or sector; they give no place."
    return Said(given, {"postcode": found}, notes=noted(strange, words))


def say_area(sheet: Sheet, way: Way, name: Ref, asked: Mask) -> Said:
    """An area by its code or name."""
    found = places.filled(sheet.text(name))
    fields = {"area_level": area_level(str(way.area_level), asked), f"area_{way.area_by}": found}
    return Said(asked & present(found), fields)


def say_area_or_sector(sheet: Sheet, way: Way, name: Ref, asked: Mask) -> Said:
    """An area's code, its name, or a postcode or sector, whichever each cell looks like."""
    told = sheet.text(name)
    sector = places.postcode_or_sector(told)
    encoded = told.dictionary_encode()
    coded = [AREA_CODE.fullmatch(word) is not None for word in encoded.dictionary.to_pylist()]
    is_code = pa.array(np.array(coded or [False])[encoded.indices.to_numpy()])
    is_sector = sector.is_valid()
    nothing = pa.scalar(None, pa.string())
    area = pc.if_else(is_sector, nothing, places.filled(told))
    fields = {
        "postcode": sector,
        "area_level": pc.if_else(
            is_sector, pa.scalar(None, pa.int8()), area_level(str(way.area_level), asked)
        ),
        "area_code": pc.if_else(is_code, pc.utf8_upper(area), nothing),
        "area_name": pc.if_else(is_code, nothing, area),
    }
    return Said(asked & ~blank(told), fields)
