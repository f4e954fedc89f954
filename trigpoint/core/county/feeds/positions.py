"""How positions go wrong on their way into a file: snapped, exchanged, zeroed, in another system, as a grid reference."""

import numpy as np
from pyproj import Transformer
from scipy.spatial import cKDTree

from trigpoint.core.county.feeds.wording import County
from trigpoint.core.county.tables import Bools, Floats, Ints, Strings, decimal, whole

_LETTERS = "ABCDEFGHJKLMNOPQRSTUVWXYZ"
_TO_DEGREES = Transformer.from_crs("EPSG:27700", "EPSG:4326", always_xy=True)


def degrees(easting_m: Floats, northing_m: Floats) -> tuple[Floats, Floats]:
    """Longitude and latitude (WGS 84, degrees) of EPSG:27700 metres; NaN stays NaN."""
    known = np.isfinite(easting_m) & np.isfinite(northing_m)
    longitude, latitude = _TO_DEGREES.transform(
        np.where(known, easting_m, 0.0), np.where(known, northing_m, 0.0)
    )
    return np.where(known, longitude, np.nan), np.where(known, latitude, np.nan)


def grid_references(easting_m: Floats, northing_m: Floats) -> Strings:
    """`TF 912 845`: letters and the 100 m square, as typed from a paper map; blank for NaN."""
    pairs = zip(easting_m.tolist(), northing_m.tolist(), strict=True)
    return np.array([_reference(e, n) if e == e else "" for e, n in pairs], dtype=np.str_)


def _reference(easting_m: float, northing_m: float) -> str:
    column, row = int(easting_m // 100_000), int(northing_m // 100_000)
    first = (19 - row) - (19 - row) % 5 + (column + 10) // 5
    second = (19 - row) * 5 % 25 + column % 5
    return (
        f"{_LETTERS[first]}{_LETTERS[second]} "
        f"{int(easting_m % 100_000) // 100:03d} {int(northing_m % 100_000) // 100:03d}"
    )


def beat_centres(county: County) -> tuple[Floats, Floats]:
    """The middle of each ward's streets, whole tens of metres: where a gazetteer that knows only the beat puts things."""
    segments, count = county.scene.segments, len(county.scene.wards.code)
    members = np.maximum(np.bincount(segments.ward, minlength=count), 1)
    return tuple(
        np.round(np.bincount(segments.ward, weights=at, minlength=count) / members, -1)
        for at in (segments.easting_m, segments.northing_m)
    )  # type: ignore[return-value]


def building_points(county: County, kind: str) -> tuple[Floats, Floats, Strings]:
    """For each district the position and name of its building of this kind (NaN and "" where there is none)."""
    buildings, count = county.sites.buildings, len(county.scene.wards.district_code)
    easting_m, northing_m = np.full(count, np.nan), np.full(count, np.nan)
    name = np.full(count, "", dtype="U60")
    for at in np.flatnonzero(buildings.kind == kind).tolist():
        district = int(buildings.district[at])
        easting_m[district], northing_m[district] = buildings.easting_m[at], buildings.northing_m[at]
        name[district] = buildings.name[at]
    return easting_m.round(), northing_m.round(), name


def mixed_systems(easting_m: Floats, northing_m: Floats, rng: np.random.Generator) -> tuple[Strings, Strings]:
    """One pair of columns in metres, mostly; every tenth in degrees, every fortieth the wrong way round."""
    longitude, latitude = degrees(easting_m, northing_m)
    chance = rng.random(len(easting_m))
    in_degrees = chance < 0.10
    x = np.where(in_degrees, decimal(longitude, 6), whole(easting_m))
    y = np.where(in_degrees, decimal(latitude, 6), whole(northing_m))
    exchanged = (chance > 0.975) & np.isfinite(easting_m)
    return np.where(exchanged, y, x), np.where(exchanged, x, y)


def placed_at(easting_m: Floats, northing_m: Floats, given: Bools) -> tuple[Strings, Strings]:
    """Whole metres where given, blank elsewhere."""
    return whole(np.where(given, easting_m, np.nan)), whole(np.where(given, northing_m, np.nan))


def nearest_uprn(county: County, easting_m: Floats, northing_m: Floats) -> Ints:
    """The property number of the nearest known address."""
    addresses = county.sites.addresses
    tree = cKDTree(np.column_stack([addresses.easting_m, addresses.northing_m]))
    closest = tree.query(np.column_stack([easting_m, northing_m]))[1]
    return np.asarray(addresses.uprn[closest])
