"""Where the units of a drawn place lie: published ground, never what was recorded there."""

from collections import Counter

import h3

from trigpoint.core.geography.crs import to_lonlat
from trigpoint.core.workflow.place import Drawn, PlaceMoveRefused
from trigpoint.gate.connection import current_version
from trigpoint.gate.version import Version

__all__ = [
    "district_of",
    "districts_by_name",
    "lies_in",
    "middle_of",
    "unit_names",
    "ward_code_of",
    "ward_name_of",
]


def district_of(drawing: Drawn) -> str:
    """The code of the district that most of its units lie in, "" where none does.

    Raises PlaceMoveRefused for a unit that is not of this county, and for streets where no street layer is loaded:
    what stands for streets then are points of records, and a place is not drawn by those.
    """
    version = current_version()
    number = _commonest(_of_units(drawing, version, "district"))
    return version.areas("district").codes[number] if number >= 0 else ""


def districts_by_name() -> dict[str, str]:
    """The code of the district that the name of a district or of a ward means; names that mean two are left out."""
    version = current_version()
    districts, wards = version.areas("district"), version.areas("ward")
    found: dict[str, set[str]] = {}
    for name, code in zip(districts.names, districts.codes, strict=True):
        found.setdefault(name, set()).add(code)
    for name, parent in zip(wards.names, wards.parent.tolist(), strict=True):
        if parent >= 0:
            found.setdefault(name, set()).add(districts.codes[parent])
    return {name: next(iter(codes)) for name, codes in found.items() if len(codes) == 1}


def ward_name_of(drawing: Drawn) -> str:
    """The name of the ward that most of its units lie in, "" where none does or the ground has changed since."""
    version = current_version()
    try:
        number = _commonest(_of_units(drawing, version, "ward"))
    except PlaceMoveRefused:
        return ""
    return version.areas("ward").names[number] if number >= 0 else ""


def ward_code_of(drawing: Drawn) -> str:
    """The code of the ward that most of its units lie in, "" where none does or the ground has changed since."""
    version = current_version()
    try:
        number = _commonest(_of_units(drawing, version, "ward"))
    except PlaceMoveRefused:
        return ""
    return version.areas("ward").codes[number] if number >= 0 else ""


def lies_in(unit: str, level: str) -> str:
    """The hexagon of that level in which the middle of a street or of a smaller hexagon lies; "" for no such unit."""
    at = middle_of(unit)
    return "" if at is None else h3.latlng_to_cell(at[1], at[0], int(level.partition(":")[2]))


def middle_of(unit: str) -> tuple[float, float] | None:
    """Degrees east and north of the middle of a street or hexagon; None for no such unit."""
    if h3.is_valid_cell(unit):
        lat, lon = h3.cell_to_latlng(unit)
        return lon, lat
    return _middle_of_street(current_version(), unit)


def _middle_of_street(version: Version, code: str) -> tuple[float, float] | None:
    streets, number = version.streets, version.code_places("street").get(code)
    if streets.anchors or number is None:
        return None
    lon, lat = to_lonlat(streets.easting_m[number : number + 1], streets.northing_m[number : number + 1])
    return float(lon[0]), float(lat[0])


def unit_names(drawing: Drawn) -> tuple[str, ...]:
    """What each unit of a drawing is called: a street by its name, a hexagon by its ward and the end of its code."""
    version = current_version()
    if drawing.level == "street":
        known = version.code_places("street")
        return tuple(version.streets.names[known[code]] if code in known else code for code in drawing.units)
    wards = version.areas("ward").names
    numbers = _of_units(drawing, version, "ward")
    return tuple(
        f"Hexagon {code.rstrip('f')[-4:]}{f', {wards[ward]}' if ward >= 0 else ''}"
        for code, ward in zip(drawing.units, numbers, strict=True)
    )


def _of_units(drawing: Drawn, version: Version, level: str) -> list[int]:
    if drawing.level == "street":
        return _of_streets(drawing, version, level)
    resolution = int(drawing.level.partition(":")[2])
    cells, known = version.cells(resolution), version.cell_places(resolution)
    areas = cells.ward if level == "ward" else cells.district
    found = []
    for code in drawing.units:
        number = known.get(h3.str_to_int(code), -1) if h3.is_valid_cell(code) else -1
        # cells beyond the county are there only because a record is: they are as if they were not
        if not 0 <= number < cells.in_county:
            raise PlaceMoveRefused(f"{code} is no hexagon of the level {drawing.level} in this county.")
        found.append(int(areas[number]))
    return found


def _of_streets(drawing: Drawn, version: Version, level: str) -> list[int]:
    streets, known = version.streets, version.code_places("street")
    if streets.anchors:
        raise PlaceMoveRefused("This home has no layer of streets: draw the place in hexagons.")
    areas = streets.ward if level == "ward" else streets.district
    found = []
    for code in drawing.units:
        number = known.get(code)
        if number is None:
            raise PlaceMoveRefused(f"{code} is no street of this county.")
        found.append(int(areas[number]))
    return found


def _commonest(numbers: list[int]) -> int:
    """The number that stands there most often, of several the least; -1 where there is none but -1."""
    counted = Counter(number for number in numbers if number >= 0)
    return min(counted, key=lambda number: (-counted[number], number), default=-1)
