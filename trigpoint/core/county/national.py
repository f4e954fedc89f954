"""A country of invented counties for measuring at scale: each county's published rows, made by itself and for itself.

The rows are those of a store version (`counted` and the tables that name its ids), not deliveries: nothing is told in
an agency's words and no truth is planted. Counties stand in the open Atlantic, side by side, so that no two share a
cell. Volumes are far beyond what any county records; rhythms and concentration are those of the synthetic county.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import h3
import numpy as np
import pyarrow as pa
import shapely
from numpy.typing import NDArray
from pyproj import Transformer

from trigpoint.core.county.events import draw_minutes, draw_segments, expected_by_day
from trigpoint.core.county.make import make_geography
from trigpoint.core.county.model import Geography, Size
from trigpoint.core.county.national_rows import NationalRecords, counted_table
from trigpoint.core.county.scene import scene_of
from trigpoint.core.county.settings import SETTINGS, Setting, make_settings
from trigpoint.core.county.sites import make_sites
from trigpoint.core.county.streams import STREAMS
from trigpoint.core.county.tables import Floats, Ints

COUNTIES = 43
YEARS = 10
RESOLUTIONS = (7, 8, 9, 10)
_VINTAGE = 2024
_ACROSS, _WIDE_M, _HIGH_M, _OUT_TO_SEA_M = 7, 85_000.0, 75_000.0, -1_420_000.0


class FirstIds(NamedTuple):
    """How many of each thing the counties before this one have, which is the first id of this one's."""

    district: int = 0
    ward: int = 0
    lsoa: int = 0
    street: int = 0
    junction: int = 0
    cell_7: int = 0
    cell_8: int = 0
    cell_9: int = 0
    cell_10: int = 0


@dataclass(frozen=True, slots=True)
class NationalCounty:
    """One county's rows by table (counted, area, street, cell), and the first ids of the county after it."""

    tables: Mapping[str, pa.Table]
    after: FirstIds


def make_national_county(
    number: int, records: int, first: FirstIds, *, seed: int, last_day: np.datetime64, size: Size = "county"
) -> NationalCounty:
    """County `number` (from 0) with exactly so many records over the ten years up to the last day.

    The same values give the same rows. Needs some 200 bytes a record beside a county's geography. Raises ValueError
    for a negative number of records.
    """
    if records < 0:
        raise ValueError("a county cannot have fewer than no records")
    geography = make_geography(seed + number, size)
    shift_m = np.array([_OUT_TO_SEA_M + _WIDE_M * (number % _ACROSS), _HIGH_M * (number // _ACROSS)])
    units, cells = _units(geography, first, shift_m)
    happened = _records(geography, records, np.random.default_rng([seed, number]), last_day)
    after = FirstIds(
        first.district + len(geography.districts.codes),
        first.ward + len(geography.wards.codes),
        first.lsoa + len(geography.lsoas.codes),
        first.street + len(geography.streets.codes),
        first.junction + len(geography.streets.junction_easting_m),
        *(
            start + len(cells[resolution].h3)
            for start, resolution in zip(first[5:], RESOLUTIONS, strict=True)
        ),
    )
    tables = {
        "counted": counted_table(number, happened, units),
        "area": _areas(geography, number, first, shift_m),
        "street": _streets(geography, number, first, shift_m),
        "cell": pa.concat_tables([_cells(cells[resolution], resolution) for resolution in RESOLUTIONS]),
    }
    return NationalCounty(tables, after)


class _Cells(NamedTuple):
    """The cells of one resolution that hold a street: ids from `start`, and a street of each."""

    start: int
    h3: NDArray[np.uint64]
    street: Ints
    easting_m: Floats
    northing_m: Floats
    ward: Ints
    district: Ints
    near: list[str]


def _records(
    geography: Geography, records: int, rng: np.random.Generator, last_day: np.datetime64
) -> NationalRecords:
    """What happened: exactly so many records, shared over streams, days and settings as the county's are."""
    scene = scene_of(geography)
    settings = make_settings(scene, make_sites(scene, rng), rng)
    days = np.arange(last_day - 365 * YEARS + 1, last_day + 1)
    expected = np.stack([expected_by_day(stream, settings, days, 1.0) for stream in STREAMS.values()])
    counts = rng.multinomial(records, (expected / expected.sum()).ravel())
    stream, day, setting = np.unravel_index(np.repeat(np.arange(counts.size), counts), expected.shape)
    return _noted(stream, days[day], setting, settings, rng)


def _noted(
    stream: Ints,
    day: NDArray[np.datetime64],
    setting: Ints,
    settings: tuple[Setting, ...],
    rng: np.random.Generator,
) -> NationalRecords:
    if setting.size and setting.max() >= len(SETTINGS):
        raise ValueError("a record of an unknown setting")
    kinds = tuple(STREAMS.values())
    unplaced = np.array([kind.unplaced for kind in kinds])
    day_only = np.array([kind.day_only for kind in kinds])
    at = draw_minutes(day, setting, settings, rng)
    hour = (at - day.astype("datetime64[m]")).astype(np.int64) // 60
    return NationalRecords(
        stream=stream.astype(np.int8),
        day=day.astype(np.int64).astype(np.int32),
        hour=np.where(rng.random(len(at)) < day_only[stream], -1, hour).astype(np.int8),
        street=np.where(
            rng.random(len(at)) < unplaced[stream], -1, draw_segments(setting, settings, rng)
        ).astype(np.int32),
        category=rng.integers(0, 3, len(at)).astype(np.int8),
        person=rng.integers(1, 2**40, len(at)),
    )


def _units(
    geography: Geography, first: FirstIds, shift_m: Floats
) -> tuple[dict[str, Ints], dict[int, _Cells]]:
    """The units of each street segment as national ids, and the county's cells by resolution."""
    streets, parent = geography.streets, geography.wards.parent
    middle = (
        shapely.get_coordinates(shapely.line_interpolate_point(streets.geometries, 0.5, normalized=True))
        + shift_m
    )
    units = {
        "district": first.district + parent[streets.ward].astype(np.int64),
        "ward": first.ward + streets.ward.astype(np.int64),
        "lsoa": first.lsoa + streets.lsoa.astype(np.int64),
        "street": first.street + np.arange(len(streets.codes)),
    }
    to_degrees = Transformer.from_crs("EPSG:27700", "EPSG:4326", always_xy=True)
    longitude, latitude = to_degrees.transform(middle[:, 0], middle[:, 1])
    places = list(zip(latitude.tolist(), longitude.tolist(), strict=True))
    cells = {}
    for start, resolution in zip(first[5:], RESOLUTIONS, strict=True):
        names = np.array(
            [h3.str_to_int(h3.latlng_to_cell(*place, resolution)) for place in places], np.uint64
        )
        known, of, inverse = np.unique(names, return_index=True, return_inverse=True)
        units[f"cell_{resolution}"] = start + inverse
        cells[resolution] = _Cells(
            start, known, of, middle[of, 0], middle[of, 1],
            units["ward"][of], units["district"][of], [streets.names[one] for one in of.tolist()],
        )  # fmt: skip
    return units, cells


def _areas(geography: Geography, number: int, first: FirstIds, shift_m: Floats) -> pa.Table:
    levels = (geography.districts, geography.wards, geography.lsoas)
    parts = []
    for level, (areas, start) in enumerate(zip(levels, first[:3], strict=True), start=1):
        count, parent = len(areas.codes), areas.parent.astype(np.int64)
        district = parent if level == 2 else geography.wards.parent[parent] if level == 3 else parent
        parts.append(
            pa.table(
                {
                    "level": pa.array(np.full(count, level, np.int8)),
                    "id": pa.array(np.arange(start, start + count, dtype=np.int32)),
                    "code": [f"C{number:02d}{code}" for code in areas.codes],
                    "name": [f"{name} ({number})" for name in areas.names],
                    "vintage": pa.array(np.full(count, _VINTAGE, np.int16)),
                    "parent": pa.array(np.where(parent < 0, -1, first.district + district).astype(np.int32)),
                    "ward": pa.array(
                        (np.full(count, -1) if level < 3 else first.ward + parent).astype(np.int32)
                    ),
                    "easting_m": areas.easting_m + shift_m[0],
                    "northing_m": areas.northing_m + shift_m[1],
                    "wkb": pa.array(shapely.to_wkb(_moved(areas.polygons, shift_m)).tolist(), pa.binary()),
                }
            )
        )
    return pa.concat_tables(parts)


def _streets(geography: Geography, number: int, first: FirstIds, shift_m: Floats) -> pa.Table:
    streets = geography.streets
    count, lines = len(streets.codes), _moved(streets.geometries, shift_m)
    middle = shapely.get_coordinates(shapely.line_interpolate_point(lines, 0.5, normalized=True))
    return pa.table(
        {
            "id": pa.array(np.arange(first.street, first.street + count, dtype=np.int32)),
            "code": [f"C{number:02d}{code}" for code in streets.codes],
            "name": list(streets.names),
            "road_class": list(streets.road_class),
            "kind": ["segment"] * count,
            "feed": pa.array(np.full(count, -1, np.int32)),
            "start_junction": first.junction + streets.start_junction,
            "end_junction": first.junction + streets.end_junction,
            "length_m": streets.length_m,
            "easting_m": middle[:, 0],
            "northing_m": middle[:, 1],
            "ward": pa.array((first.ward + streets.ward).astype(np.int32)),
            "district": pa.array((first.district + geography.wards.parent[streets.ward]).astype(np.int32)),
            "locality": pa.array(np.full(count, -1, np.int32)),
            "wkb": pa.array(shapely.to_wkb(lines).tolist(), pa.binary()),
        }
    )


def _cells(cells: _Cells, resolution: int) -> pa.Table:
    count = len(cells.h3)
    return pa.table(
        {
            "resolution": pa.array(np.full(count, resolution, np.int8)),
            "id": pa.array(np.arange(cells.start, cells.start + count, dtype=np.int32)),
            "h3": pa.array(cells.h3),
            "in_county": pa.array(np.ones(count, np.bool_)),
            "easting_m": cells.easting_m,
            "northing_m": cells.northing_m,
            "ward": pa.array(cells.ward.astype(np.int32)),
            "district": pa.array(cells.district.astype(np.int32)),
            "near": cells.near,
        }
    )


def _moved(shapes: NDArray[np.object_], shift_m: Floats) -> NDArray[np.object_]:
    moved: NDArray[np.object_] = shapely.transform(shapes, lambda at: at + shift_m)
    return moved
