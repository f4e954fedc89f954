"""Which columns of a sample say where, and in what role."""

import re
from collections.abc import Mapping
from typing import Any

from trigpoint.ingest.draft_columns import (
    AREA_CODES,
    GRID_REF,
    NUMBER,
    POSTCODE,
    SECTOR,
    UPRN,
    Looked,
)

ROLES = {
    "found": "found_at", "met": "met_at", "seen": "seen_at", "home": "home", "placement": "placement",
}  # fmt: skip
PAIRS = (
    (("easting", "e", "eastings"), ("northing", "n", "northings")),
    (("lon", "long", "longitude"), ("lat", "latitude")),
    (("x",), ("y",)),
)
TEXT_WORDS = ("location", "place", "places", "address", "where", "venue", "spot")
METRES_FROM = 1_000.0
Way = dict[str, Any]


def ways_of(columns: Mapping[str, Looked]) -> list[dict[str, Any]]:
    """Claims as a definition has them: for each role its ways, the most exact first."""
    told: dict[str, list[Way]] = {}
    for columns_used, way in [*_points(columns), *_references(columns), *_texts(columns)]:
        role = _role(columns_used, columns, way)
        told.setdefault(role, []).append(way)
    last = ("school", "home", "placement")
    ordered = sorted(told, key=lambda role: last.index(role) if role in last else -1)
    return [{"role": role, "ways": told[role]} for role in ordered]


def _role(used: tuple[str, ...], columns: Mapping[str, Looked], way: Way) -> str:
    if "site" in way:
        return "school" if way.get("site_class") == "school" else "placement"
    for word, role in ROLES.items():
        if any(columns[own].named(word) for own in used):
            fits = (role != "home" or "postcode" in way) and role != "placement"
            return role if fits else "home" if "postcode" in way else "unknown"
    return "unknown" if "area" in way or "area_or_sector" in way else "occurred"


def _points(columns: Mapping[str, Looked]) -> list[tuple[tuple[str, ...], Way]]:
    found: list[tuple[tuple[str, ...], Way]] = []
    for x_words, y_words in PAIRS:
        for own, column in columns.items():
            partner = _partner(own, x_words, y_words, columns)
            if column.named(*x_words) and partner is not None and _numeric(column):
                found.append(((own, partner), _pair(column, columns[partner], own, partner)))
    return found


def _partner(
    own: str, x_words: tuple[str, ...], y_words: tuple[str, ...], columns: Mapping[str, Looked]
) -> str | None:
    """The column whose name is this one's with the other coordinate's word."""
    words = set(columns[own].words) - set(x_words)
    fits = (
        o
        for o, c in columns.items()
        if o != own and c.named(*y_words) and set(c.words) - set(y_words) == words
    )
    return next((other for other in fits if _numeric(columns[other])), None)


def _numeric(column: Looked) -> bool:
    """Numbers, or nothing at all: a short sample may have no point."""
    return not column.filled or column.share(NUMBER.fullmatch) > 0.8


def _pair(x: Looked, y: Looked, own: str, partner: str) -> Way:
    """Metres, degrees, or a mixture of both, by the size of the numbers rather than by the columns' names."""
    metres = x.share(lambda cell: _size(cell) >= METRES_FROM)
    degrees = x.share(lambda cell: 0 < _size(cell) < 180)
    if metres > 0.05 and degrees > 0.05:
        return {"quality": 2, "x": own, "y": partner}
    if degrees > metres or (not x.filled and x.named("lon", "long", "longitude")):
        return {"quality": 2, "lon": own, "lat": partner}
    named = x.named("x")
    return (
        {"quality": 2, "x": own, "y": partner}
        if named
        else {"quality": 2, "easting": own, "northing": partner}
    )


def _size(cell: str) -> float:
    return abs(float(cell)) if NUMBER.fullmatch(cell) else 0.0


def _references(columns: Mapping[str, Looked]) -> list[tuple[tuple[str, ...], Way]]:
    return [((own,), way) for own, column in columns.items() if (way := _reference(own, column)) is not None]


def _reference(own: str, column: Looked) -> Way | None:
    """The way of a column that refers to a place by a number or a code."""
    if column.share(GRID_REF.fullmatch) > 0.6 and not column.share(POSTCODE.fullmatch) > 0.6:
        return {"quality": 3, "grid_ref": own}
    if column.named("uprn") and (not column.filled or column.share(UPRN.fullmatch) > 0.8):
        return {"quality": 2, "uprn": own}
    if column.named("crs", "station") and column.share(re.compile(r"[A-Z]{3}").fullmatch) > 0.8:
        return {"quality": 3, "station": own}
    if column.named("urn") and column.named("placement"):
        return {"quality": 3, "site": own}
    if column.named("urn") and column.share(re.compile(r"\d{6}").fullmatch) > 0.8:
        return {"quality": 3, "site": own, "site_class": "school"}
    if column.share(POSTCODE.fullmatch) > 0.8 or (column.named("postcode") and not column.filled):
        return {"quality": 4, "postcode": own}
    return _area(own, column)


def _area(own: str, column: Looked) -> Way | None:
    for level, pattern in AREA_CODES.items():
        codes, sectors = column.share(pattern.fullmatch), column.share(SECTOR.fullmatch)
        if codes > 0.8:
            return {"quality": 4, "area": own, "area_level": level}
        if codes > 0.05 and codes + sectors > 0.8:
            return {"quality": 4, "area_or_sector": own, "area_level": level}
    if column.named("ward") and column.filled and not _numeric(column):
        return {"quality": 4, "area": own, "area_level": "ward", "area_by": "name"}
    return None


def _texts(columns: Mapping[str, Looked]) -> list[tuple[tuple[str, ...], Way]]:
    found: list[tuple[tuple[str, ...], Way]] = []
    for own, column in columns.items():
        if column.named("street") and not column.is_date:
            prefix = set(column.words) - {"street"}
            town = next(
                (
                    o
                    for o, c in columns.items()
                    if c.named("town", "locality") and set(c.words) - {"town", "locality"} == prefix
                ),
                None,
            )
            found.append(((own,), {"quality": 3, "street": own, **({"town": town} if town else {})}))
        elif _is_place_text(column):
            found.append(((own,), _text_way(own, column)))
    return found


def _is_place_text(column: Looked) -> bool:
    worded = column.share(lambda cell: re.search(r"[A-Za-z]{3}", cell))
    return (
        column.named(*TEXT_WORDS)
        and not column.is_date
        and worded > 0.8
        and column.different > min(6, 0.4 * len(column.filled))
    )


def _text_way(own: str, column: Looked) -> Way:
    several = column.share(lambda cell: ";" in cell or "\n" in cell) > 0.05
    with_town = column.share(lambda cell: cell.count(",") == 1) > 0.95
    if with_town and column.named("address"):
        return {"quality": 3, "street_and_town": own}
    return {"quality": 3, "text": own, **({"split": ";"} if several else {})}
