"""Where each record says it happened: its location claims. What is not said is not guessed."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from trigpoint.core.geography.crs import to_national_grid
from trigpoint.ingest.codes import AREA_LEVEL, NOT_PLOTTABLE, ROLE
from trigpoint.ingest.definition_places import Claim, Way
from trigpoint.ingest.schemas import CANDIDATE
from trigpoint.ingest.sheet import Fault, Mask, Sheet, blank
from trigpoint.ingest.steps import places
from trigpoint.ingest.steps.choose import plain
from trigpoint.ingest.steps.coordinates import BRITAIN, GRID, Floats, within

LsoaOf = Callable[[pa.StringArray], pa.StringArray]
"""Postcodes (no spaces) to LSOA codes, null where either layer does not know."""
ZERO_IS_NOWHERE = 1.0
"""A grid reference within a metre of 0, 0 is how systems write that they have none."""


@dataclass(frozen=True, slots=True)
class Said:
    """What one way says of every row: which rows, the fields it fills, and what is wrong with it."""

    given: Mask
    fields: dict[str, pa.Array] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Located:
    """One list of candidates a row; `unplaced` are rows without a claim at which a record could be counted."""

    claims: pa.ListArray
    unplaced: Mask
    faults: list[Fault]


def locate(sheet: Sheet, claims: tuple[Claim, ...], lsoa_of: LsoaOf) -> Located:
    """The claims of every row, in the definition's order. `lsoa_of` turns a home's postcode into its LSOA."""
    count = len(sheet.rows)
    entries: list[tuple[Claim, Way, Said]] = []
    unplaced = np.ones(count, dtype=np.bool_)
    faults: list[Fault] = []
    for claim in claims:
        left = np.ones(count, dtype=np.bool_)
        for way in claim.ways:
            said = _say(sheet, claim, way, left, lsoa_of)
            left &= ~said.given
            faults += said.faults
            entries.append((claim, way, said))
            if claim.may_be_primary and way.quality < NOT_PLOTTABLE:
                unplaced &= ~said.given
    return Located(_lists(entries, count), unplaced, faults)


def _say(sheet: Sheet, claim: Claim, way: Way, left: Mask, lsoa_of: LsoaOf) -> Said:
    asked = left & _applies(sheet, way)
    if claim.role == "home" and way.postcode is not None:
        told = places.postcodes(sheet.text(way.postcode))
        lsoa = lsoa_of(pc.if_else(pa.array(asked), told, ""))
        return Said(asked & ~_null(lsoa), {"area_level": _level("lsoa", asked), "area_code": lsoa})
    if way.lon is not None or way.easting is not None:
        return _point(sheet, way, asked)
    return _reference(sheet, way, asked)


def _applies(sheet: Sheet, way: Way) -> Mask:
    applies = np.ones(len(sheet.rows), dtype=np.bool_)
    for column, words in way.only_when.items():
        wanted = {plain(word) for word in words}
        encoded = sheet.text(column).dictionary_encode()
        hits = np.array([plain(word) in wanted for word in encoded.dictionary.to_pylist()], dtype=np.bool_)
        applies &= hits[encoded.indices.to_numpy()] if len(hits) else applies
    return applies


def _point(sheet: Sheet, way: Way, asked: Mask) -> Said:
    degrees = way.lon is not None
    x_name, y_name = (way.lon, way.lat) if degrees else (way.easting, way.northing)
    x, y, given, faults = read_points(sheet, str(x_name), str(y_name), degrees)
    easting, northing = to_national_grid(x, y) if degrees else (x, y)
    here = asked & given
    fields: dict[str, pa.Array] = {"easting_m": pa.array(easting), "northing_m": pa.array(northing)}
    if way.label is not None:
        told = sheet.text(way.label)
        published = sheet.definition.anchors
        label = places.labels(told, way.label_prefix) if published else places.street_and_town(told)[0]
        fields["street_name"] = label
    return Said(here, fields, [_among(fault, asked) for fault in faults])


def read_points(
    sheet: Sheet, x_name: str, y_name: str, degrees: bool
) -> tuple[Floats, Floats, Mask, list[Fault]]:
    """Two columns as coordinates: x, y (NaN where not given), which rows give a point, and what is wrong.

    Both cells blank, or 0 and 0, is no point given; one cell blank, a word, or a point outside Great Britain is a
    fault.
    """
    empty_x, empty_y = blank(sheet.text(x_name)), blank(sheet.text(y_name))
    x, y = places.numbers(sheet.text(x_name)), places.numbers(sheet.text(y_name))
    nowhere = (np.abs(x) < ZERO_IS_NOWHERE) & (np.abs(y) < ZERO_IS_NOWHERE)
    given = ~empty_x & ~empty_y & ~nowhere
    readable = np.isfinite(x) & np.isfinite(y)
    inside = within(x, y, BRITAIN if degrees else GRID)
    swapped = within(y, x, BRITAIN) if degrees else np.zeros(len(x), dtype=np.bool_)
    header = sheet.header(x_name)
    faults = [
        Fault(empty_x != empty_y, header, "half a coordinate", "Give both coordinates, or neither."),
        Fault(given & ~readable, header, "not a coordinate", "Write both coordinates as plain numbers."),
        Fault(
            given & swapped & ~inside, header, "coordinates the wrong way round", "Exchange the two columns."
        ),
        Fault(given & readable & ~inside, header, "a point outside Great Britain", "Check the coordinates."),
    ]
    fine = given & readable & inside
    return np.where(fine, x, np.nan), np.where(fine, y, np.nan), given, faults


def _among(fault: Fault, rows: Mask) -> Fault:
    return Fault(fault.mask & rows, fault.column, fault.rule, fault.advice)


def _reference(sheet: Sheet, way: Way, asked: Mask) -> Said:
    """Places told by name or number: kept as told, and looked up at publish."""
    if way.site is not None:
        fields = {
            "site_ref": places.filled(sheet.text(way.site)),
            "site_class": _fixed(way.site_class, asked),
        }
        return Said(asked & ~_null(fields["site_ref"]), fields)
    if way.postcode is not None:
        found = places.filled(places.postcodes(sheet.text(way.postcode)))
        return Said(asked & ~_null(found), {"postcode": found})
    if way.area is not None and way.area_level is not None:
        found = places.filled(sheet.text(way.area))
        return Said(
            asked & ~_null(found), {"area_level": _level(way.area_level, asked), f"area_{way.area_by}": found}
        )
    if way.street_and_town is not None:
        street, town = places.street_and_town(sheet.text(way.street_and_town))
    else:
        street = places.streets(sheet.text(str(way.street)))
        town = places.filled(sheet.text(way.town)) if way.town is not None else _fixed(None, asked)
    return Said(asked & ~_null(street), {"street_name": street, "town": town})


def _null(values: pa.Array) -> Mask:
    return np.asarray(values.is_null().to_numpy(zero_copy_only=False), dtype=np.bool_)


def _fixed(word: str | None, rows: Mask) -> pa.StringArray:
    return pa.array([word] * len(rows), pa.string())


def _level(level: str, rows: Mask) -> pa.Int8Array:
    return pa.array(np.full(len(rows), AREA_LEVEL[level], dtype=np.int8))


def _lists(entries: list[tuple[Claim, Way, Said]], count: int) -> pa.ListArray:
    """All ways of all claims, side by side, to one list a row."""
    given = np.array([said.given for _, _, said in entries]).reshape(len(entries), count)
    offsets = np.concatenate(([0], np.cumsum(given.sum(axis=0)))).astype(np.int32)
    rows, ways = np.nonzero(given.T)
    places_ = pa.array(ways * count + rows)
    fixed = {
        "role": np.array([ROLE[claim.role] for claim, _, _ in entries], dtype=np.int8)[ways],
        "quality": np.array([way.quality for _, way, _ in entries], dtype=np.int8)[ways],
        "candidate": np.zeros(len(ways), dtype=np.int8),
        "weight": np.ones(len(ways), dtype=np.float32),
    }
    columns = [
        pa.array(fixed[part.name]) if part.name in fixed else _gathered(part, entries, count, places_)
        for part in CANDIDATE
    ]
    values = pa.StructArray.from_arrays(columns, fields=list(CANDIDATE))
    return pa.ListArray.from_arrays(pa.array(offsets), values)


def _gathered(
    part: pa.Field, entries: list[tuple[Claim, Way, Said]], count: int, where: pa.Array
) -> pa.Array:
    """One field of every candidate, from whichever way said it."""
    if not any(part.name in said.fields for _, _, said in entries):
        return pa.nulls(len(where), part.type)
    told = [said.fields.get(part.name, pa.nulls(count, part.type)) for _, _, said in entries]
    return pc.take(pa.concat_arrays([one.cast(part.type) for one in told]), where)
