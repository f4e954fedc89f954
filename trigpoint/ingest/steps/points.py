"""Columns of coordinates: what is a point, what was put right, and what is wrong."""

from dataclasses import dataclass

import numpy as np

from trigpoint.core.geography.grid_reference import points_of_grid_references
from trigpoint.ingest.sheet import Fault, Mask, Sheet, blank
from trigpoint.ingest.steps import places
from trigpoint.ingest.steps.coordinates import (
    BRITAIN,
    FAR_M,
    GRID,
    Bounds,
    Floats,
    System,
    ToldApart,
    no_place,
    told_apart,
    within,
)

CORRECTED_QUALITY = 3
"""The best a point can have that had to be put right."""
PRECISE_M, COARSE_M = 100.0, 1000.0
"""A grid reference's square up to the first side keeps its quality, up to the second has quality 4, above it 5."""


@dataclass(frozen=True, slots=True)
class Points:
    """Easting and northing (NaN where there is none), which rows were given a point, how good each is at best, what
    is wrong, and what the receipt says of it."""

    easting_m: Floats
    northing_m: Floats
    given: Mask
    best_quality: np.typing.NDArray[np.int8]
    faults: list[Fault]
    notes: tuple[str, ...] = ()


def points(
    sheet: Sheet, x_name: str, y_name: str, system: System, asked: Mask, county: Bounds | None
) -> Points:
    """Two columns as points, of the rows asked for, with marks rather than guesses (see `told_apart`).

    Both cells blank, 0 and 0, or -1 is no point given; one cell blank, a word, or a pair that is nowhere in Great
    Britain is a fault. In columns of `mixed` systems the first cell may hold a grid reference, the second nothing.
    """
    blank_x, blank_y = blank(sheet.text(x_name)), blank(sheet.text(y_name))
    x, y = places.numbers(sheet.text(x_name)), places.numbers(sheet.text(y_name))
    filled = asked & ~blank_x & ~blank_y
    nowhere = filled & no_place(x, y)
    told = told_apart(x, y, system, county)
    known = np.isfinite(told.easting_m)
    readable = np.isfinite(x) & np.isfinite(y)
    given = filled & ~nowhere
    easting, northing = told.easting_m, told.northing_m
    best = np.where(told.corrected, CORRECTED_QUALITY, 1).astype(np.int8)
    lone = asked & (blank_x != blank_y)
    if system == "mixed" and (lone & blank_y).any():
        written = grid_points(sheet, x_name, lone & blank_y)
        here = np.isfinite(written.easting_m)
        easting, northing = (
            np.where(here, written.easting_m, easting),
            np.where(here, written.northing_m, northing),
        )
        best = np.where(here, written.best_quality, best).astype(np.int8)
        given, lone = given | here, lone & ~here
    header = sheet.header(x_name)
    faults = [
        Fault(lone, header, "half a coordinate", "Give both coordinates, or neither."),
        Fault(
            filled & ~nowhere & ~readable,
            header,
            "not a coordinate",
            "Write both coordinates as plain numbers.",
        ),
        Fault(
            filled & ~nowhere & readable & ~known,
            header,
            "a point outside Great Britain",
            "Check the coordinates.",
        ),
    ]
    notes = _notes((header, sheet.header(y_name)), told, nowhere, given & known, system)
    return Points(easting, northing, given, best, faults, notes)


def _notes(
    headers: tuple[str, str], told: ToldApart, nowhere: Mask, given: Mask, system: System
) -> tuple[str, ...]:
    """What the receipt says, with counts; nothing of any one row."""
    columns = f"'{headers[0]}' and '{headers[1]}'"
    other = "metres" if system == "degrees" else "degrees"
    said = (
        (nowhere, f"rows have 0, 0 or -1 in {columns}: that is no place."),
        (
            given & told.exchanged,
            f"points in {columns} had easting and northing exchanged; they are placed as exchanged, with quality 3.",
        ),
        (
            given & told.other_system & ~told.exchanged,
            f"points in {columns} are in {other}, which is not what the columns say; they are placed as such, "
            "with quality 3.",
        ),
        (
            given & told.far,
            f"points in {columns} lie more than {FAR_M / 1000:.0f} km outside the county; they are kept where they are.",
        ),
    )
    return tuple(f"{int(rows.sum())} {words}" for rows, words in said if rows.any())


def grid_points(sheet: Sheet, name: str, asked: Mask) -> Points:
    """A column of grid references as the centres of their squares; a square of 1 km has quality 4, of 10 km 5."""
    encoded = sheet.text(name).dictionary_encode()
    place = encoded.indices.to_numpy()
    squares = points_of_grid_references(encoded.dictionary.to_pylist())
    easting, northing, side = (values[place] if len(values) else np.full(0, np.nan) for values in squares)
    best = np.where(side <= PRECISE_M, 1, np.where(side <= COARSE_M, 4, 5)).astype(np.int8)
    given = asked & ~blank(sheet.text(name))
    unreadable = given & ~np.isfinite(easting)
    header = sheet.header(name)
    faults = [
        Fault(unreadable, header, "not a grid reference", "Write it like TQ 712 945, or leave it blank.")
    ]
    return Points(easting, northing, given, best, faults)


def read_points(
    sheet: Sheet, x_name: str, y_name: str, degrees: bool
) -> tuple[Floats, Floats, Mask, list[Fault]]:
    """Two columns of a publisher's layer, taken at their word: x, y (NaN where not given), which rows give a point,
    and what is wrong.

    Both cells blank, or 0 and 0, is no point given; one cell blank, a word, a point outside Great Britain or columns
    the wrong way round are faults: a layer is put right by whoever publishes it.
    """
    empty_x, empty_y = blank(sheet.text(x_name)), blank(sheet.text(y_name))
    x, y = places.numbers(sheet.text(x_name)), places.numbers(sheet.text(y_name))
    given = ~empty_x & ~empty_y & ~((np.abs(x) < 1) & (np.abs(y) < 1))
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
