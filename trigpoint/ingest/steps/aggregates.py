"""Rows that somebody has already counted, and other plain layers of numbers: totals, UPRNs, deprivation, aliases."""

import re
from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from trigpoint.ingest.codes import AREA_LEVEL
from trigpoint.ingest.definition_layers import Totals
from trigpoint.ingest.definition_words import Ref
from trigpoint.ingest.sheet import Fault, Mask, Sheet, blank
from trigpoint.ingest.steps import places
from trigpoint.ingest.steps.choose import Chosen, choose, plain, required, theme_mask
from trigpoint.ingest.steps.coordinates import Floats
from trigpoint.ingest.steps.dates import parse
from trigpoint.ingest.steps.layers import dates, nowhere, optional, point_columns, section
from trigpoint.ingest.steps.normalise import Normalised

Instants = NDArray[np.datetime64]
FEW = re.compile(r"^(<|<=|fewer than|less than|under)\s*\d+$", re.IGNORECASE)
"""A number withheld because it is small."""
MONTHS_IN = {"month": 1, "quarter": 3, "year": 12}
DAYS_IN = {"day": 1, "week": 7}


def totals(sheet: Sheet, bits: Mapping[str, int]) -> Normalised:
    """Every row a number of an area or site, a span of days and a category. A suppressed number is null, never 0."""
    told = section(sheet.definition.totals)
    category, faults = choose(sheet, told.category)
    count, suppressed, count_fault = counted(sheet, told)
    starts, date_fault = _starts(sheet, told)
    rows = len(sheet.rows)
    columns = {
        "area_level": pa.array([AREA_LEVEL[told.area_level] if told.area_level else None] * rows, pa.int8()),
        "area_code": optional(sheet, told.area if told.area_by == "code" else None),
        "area_name": optional(sheet, told.area if told.area_by == "name" else None),
        "site_class": pa.array([told.site_class] * rows, pa.string()),
        "site_ref": optional(sheet, told.site),
        "starts": _days(starts),
        "ends": _days(last_day(starts, told.lasts)),
        "category": category.array(),
        "theme_mask": pa.array(_masks(told, category, bits)),
        "count": count,
        "suppressed": pa.array(suppressed),
        "rounded_to": pa.array(np.full(rows, told.rounded_to, dtype=np.int16)),
    }
    named = [name for name in (told.area, told.site) if name is not None]
    placed = ~np.logical_and.reduce([blank(sheet.text(name)) for name in named])
    return Normalised(columns, ~placed, [_foot(sheet, told), *faults, count_fault, date_fault])


def _foot(sheet: Sheet, told: Totals) -> Fault:
    """The row that adds up the others, as spreadsheets have at their foot: counted with them it would double all."""
    name = told.area if told.area is not None else told.site
    adds_up = {plain(word) for word in told.foot}
    encoded = sheet.text(str(name)).dictionary_encode()
    hits = [plain(word) in adds_up for word in encoded.dictionary.to_pylist()]
    mask = _of_words(hits, encoded.indices.to_numpy())
    advice = "Nothing to do: the other rows are counted one by one."
    return Fault(mask, sheet.header(str(name)), "a row that adds up the others", advice)


def counted(sheet: Sheet, told: Totals) -> tuple[pa.Int64Array, Mask, Fault]:
    """The numbers (null where withheld or not applicable), which were withheld, and which cells are no number."""
    cells = pc.replace_substring(sheet.text(told.count), ",", "")
    values = places.numbers(cells)
    encoded = cells.dictionary_encode()
    words = [plain(word) for word in encoded.dictionary.to_pylist()]
    withheld = {plain(word) for word in told.suppressed}
    absent = {plain(word) for word in told.not_applicable}
    at = encoded.indices.to_numpy()
    suppressed = _of_words([word in withheld or FEW.match(word) is not None for word in words], at)
    not_applicable = _of_words([word in absent for word in words], at)
    whole = np.isfinite(values) & (values >= 0) & (values == np.floor(values))
    wrong = ~whole & ~suppressed & ~not_applicable
    counts = pa.array(np.where(whole, values, 0).astype(np.int64), mask=~whole)
    advice = "Write a whole number, 0 or more, or a word that the definition lists for a number withheld."
    return counts, suppressed, Fault(wrong, sheet.header(told.count), "not a number", advice)


def _of_words(hits: Sequence[bool], at: NDArray[np.int32]) -> Mask:
    return np.asarray(np.array(hits or [False], dtype=np.bool_)[at], dtype=np.bool_)


def _masks(told: Totals, category: Chosen, bits: Mapping[str, int]) -> NDArray[np.uint64]:
    masks = np.full(len(category.place), theme_mask(told.themes, bits), dtype=np.uint64)
    for code, themes in told.themes_by_category.items():
        masks[category.where(code)] |= np.uint64(theme_mask(themes, bits))
    return masks


def _starts(sheet: Sheet, told: Totals) -> tuple[Instants, Fault]:
    starts = _parsed(sheet.text(told.starts), told.date_formats)
    advice = f"Write it as one of {', '.join(told.date_formats)}."
    return starts, Fault(np.isnat(starts), sheet.header(told.starts), "not a date", advice)


def _parsed(cells: pa.StringArray, formats: Sequence[str]) -> Instants:
    """By the first format that fits; `%q` stands for the number of a quarter, which is read as its first month."""
    plain_formats = [known for known in formats if "%q" not in known]
    readings, _ = parse(cells, plain_formats)
    for format_ in (known for known in formats if "%q" in known):
        pattern = re.escape(format_).replace("%Y", r"(?P<year>\d{4})").replace("%q", "(?P<quarter>[1-4])")
        found = [re.fullmatch(pattern, cell, re.IGNORECASE) for cell in cells.to_pylist()]
        told = [f"{hit['year']}-{int(hit['quarter']) * 3 - 2:02d}" if hit else "NaT" for hit in found]
        quarters = np.array(told, dtype="datetime64[M]").astype("datetime64[us]")
        readings = np.where(np.isnat(readings), quarters, readings)
    return readings


def last_day(starts: Instants, lasts: str) -> Instants:
    """The last day of the span that begins on each day."""
    if lasts in DAYS_IN:
        return np.asarray(starts + np.timedelta64(DAYS_IN[lasts] - 1, "D"))
    months = starts.astype("datetime64[M]") + np.timedelta64(MONTHS_IN[lasts], "M")
    return np.asarray((months.astype("datetime64[D]") - np.timedelta64(1, "D")).astype("datetime64[us]"))


def _days(readings: Instants) -> pa.Array:
    return pa.array(readings.astype("datetime64[D]"), pa.date32())


def uprns(sheet: Sheet) -> Normalised:
    """Every row a property's number and its point."""
    told = section(sheet.definition.uprns)
    easting, northing, given, faults = point_columns(sheet, told.point)
    number = sheet.text(told.uprn)
    unreadable = ~np.asarray(pc.match_substring_regex(number, r"^\d{1,12}$").to_numpy(zero_copy_only=False))
    advice = "Write a number of at most 12 digits."
    wrong = Fault(unreadable, sheet.header(told.uprn), "not a property reference number", advice)
    columns = {
        "uprn": pc.if_else(pa.array(unreadable), "0", number).cast(pa.int64()),
        "easting_m": pa.array(easting, mask=~given),
        "northing_m": pa.array(northing, mask=~given),
    }
    return Normalised(columns, ~given, [wrong, *faults])


def deprivation(sheet: Sheet) -> Normalised:
    """Every row an area with its rank and decile."""
    told = section(sheet.definition.deprivation)
    count = len(sheet.rows)
    rank, rank_faults = _whole(sheet, told.rank, 200_000)
    decile, decile_faults = _whole(sheet, told.decile, 10)
    children_rank, more = _whole(sheet, told.children_rank, 200_000)
    children_decile, more_still = _whole(sheet, told.children_decile, 10)
    score = _numbers(sheet, told.score)
    columns = {
        "area_level": pa.array([AREA_LEVEL[told.level]] * count, pa.int8()),
        "area_code": sheet.text(told.code),
        "area_name": optional(sheet, told.area_name),
        "vintage": pa.array([sheet.vintage] * count, pa.string()),
        "score": pa.array(score, mask=~np.isfinite(score)),
        "rank": rank.cast(pa.int32()),
        "decile": decile.cast(pa.int8()),
        "children_rank": children_rank.cast(pa.int32()),
        "children_decile": children_decile.cast(pa.int8()),
    }
    faults = [*required(sheet, [told.code, told.rank, told.decile]), *rank_faults, *decile_faults]
    return Normalised(columns, nowhere(sheet), [*faults, *more, *more_still])


def _numbers(sheet: Sheet, name: Ref | None) -> Floats:
    if name is None:
        return np.full(len(sheet.rows), np.nan)
    return places.numbers(pc.replace_substring(sheet.text(name), ",", ""))


def _whole(sheet: Sheet, name: Ref | None, most: int) -> tuple[pa.Int64Array, list[Fault]]:
    """Whole numbers from 1 to `most`, null where blank."""
    values = _numbers(sheet, name)
    fits = np.isfinite(values) & (values >= 1) & (values <= most) & (values == np.floor(values))
    numbers = pa.array(np.where(fits, values, 0).astype(np.int64), mask=~fits)
    if name is None:
        return numbers, []
    wrong = ~fits & ~blank(sheet.text(name))
    rule = f"not a whole number from 1 to {most}"
    return numbers, [Fault(wrong, sheet.header(name), rule, "Check the publisher's file.")]


def aliases(sheet: Sheet) -> Normalised:
    """Every row another reference of a site."""
    told = section(sheet.definition.aliases)
    relation, faults = choose(sheet, told.relation)
    since, since_faults = dates(sheet, told.since, told.date_formats)
    columns = {
        "class": pa.array([told.site_class] * len(sheet.rows), pa.string()),
        "ref": sheet.text(told.ref),
        "other_ref": sheet.text(told.other),
        "relation": relation.array(),
        "since": since,
    }
    return Normalised(
        columns, nowhere(sheet), [*required(sheet, [told.ref, told.other]), *faults, *since_faults]
    )
