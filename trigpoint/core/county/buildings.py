"""Public buildings, licensed premises, lets and addresses of the synthetic county."""

from dataclasses import dataclass

import numpy as np

from trigpoint.core.county.scene import Scene, beside, density, nearest
from trigpoint.core.county.tables import NEVER, Floats, Ints, Minutes, Strings

_COUNTY_CHILDREN = 140_000
_LICENSED = {
    "Pub": 420,
    "Off licence": 380,
    "Late night refreshment": 160,
    "Members' club": 90,
    "Nightclub": 18,
}
_LETS = {"HMO": 900, "Short-let": 600}
_ADDRESSES = 60_000
_PUB_NAMES = (
    *(
        "Crown",
        "Swan",
        "Plough",
        "Railway",
        "King's Head",
        "White Hart",
        "Red Lion",
        "Anchor",
        "Ship",
        "Bell",
    ),
    *(
        "Wheatsheaf",
        "George",
        "Fox and Hounds",
        "Rose and Crown",
        "Queen Vic",
        "Jolly Sailor",
        "Cock Robin",
        "Marl Inn",
    ),
)
_SHOP_WORDS = ("Off Licence", "Food & Wine", "Express", "News", "Mini Market")


@dataclass(frozen=True, slots=True)
class Buildings:
    """Named buildings: parallel arrays; metres. Kinds: police_station, civic_centre, hospital, library, leisure centre."""

    kind: Strings
    name: Strings
    district: Ints
    segment: Ints
    easting_m: Floats
    northing_m: Floats
    postcode: Ints


@dataclass(frozen=True, slots=True)
class Register:
    """A council's register of premises: parallel arrays; `address` indexes Addresses; dates NaT where not given."""

    kind: Strings
    name: Strings
    segment: Ints
    address: Ints
    opened: Minutes
    closed: Minutes


@dataclass(frozen=True, slots=True)
class Addresses:
    """Addresses with their property numbers: parallel arrays; metres. Not every house: some sixty thousand."""

    uprn: Ints
    segment: Ints
    easting_m: Floats
    northing_m: Floats
    postcode: Ints


def make_addresses(scene: Scene, rng: np.random.Generator) -> Addresses:
    """Addresses along built-up streets, in open country few."""
    count = _scaled(scene, _ADDRESSES)
    weight = scene.segments.length_m * density(scene.segments)
    segment = np.sort(rng.choice(len(weight), size=count, p=weight / weight.sum())).astype(np.int64)
    easting_m, northing_m = beside(scene.segments, segment, rng, nearest_m=6.0, farthest_m=22.0)
    uprn = 10_090_000_000 + np.cumsum(rng.integers(1, 90, count))
    return Addresses(uprn, segment, easting_m, northing_m, nearest(scene.postcodes, easting_m, northing_m))


def make_buildings(scene: Scene, rng: np.random.Generator) -> Buildings:
    """Each district's police station and civic centre in its largest town, hospitals, and libraries in every town."""
    segments, wards = scene.segments, scene.wards
    rows: list[tuple[str, str, int]] = []
    for district, name in enumerate(wards.district_name.tolist()):
        here = np.flatnonzero((wards.district[segments.ward] == district) & (segments.town >= 0))
        towns = np.unique(segments.town[here])
        largest = int(towns[np.argmax(scene.towns.weight[towns])]) if len(towns) else -1
        seat = str(scene.towns.name[largest]) if largest >= 0 else str(name)
        core = here[segments.town[here] == largest] if largest >= 0 else here
        rows.append(("police_station", f"{seat} Police Station", _central(scene, core, largest, 0)))
        rows.append(("civic_centre", f"{name} Civic Centre", _central(scene, core, largest, 1)))
        rows.append(("library", f"{seat} Library", _central(scene, core, largest, 2)))
        rows.append(("leisure centre", f"{seat} Leisure Centre", _central(scene, core, largest, 25)))
        if district % 3 == 0:
            rows.append(("hospital", f"{seat} General Hospital", _central(scene, core, largest, 40)))
    kind, names, at = zip(*rows, strict=True)
    segment = np.array(at, dtype=np.int64)
    easting_m, northing_m = beside(segments, segment, rng, nearest_m=20.0, farthest_m=40.0)
    return Buildings(
        kind=np.array(kind),
        name=np.array(names),
        district=wards.district[segments.ward[segment]],
        segment=segment,
        easting_m=easting_m,
        northing_m=northing_m,
        postcode=nearest(scene.postcodes, easting_m, northing_m),
    )


def make_licensed(scene: Scene, addresses: Addresses, rng: np.random.Generator) -> Register:
    """Pubs, clubs and shops that sell alcohol, where passers-by are."""
    kind = np.repeat(np.array(list(_LICENSED)), [_scaled(scene, n) for n in _LICENSED.values()])
    address = _busy_addresses(scene, addresses, len(kind), rng)
    segment = addresses.segment[address]
    streets = scene.segments.name[segment].tolist()
    picks = rng.integers(0, 10_000, len(kind)).tolist()
    names = [_premises_name(k, s, p) for k, s, p in zip(kind.tolist(), streets, picks, strict=True)]
    return Register(kind, np.array(names), segment, address, *_dates(len(kind), 0.08, rng))


def make_lets(scene: Scene, addresses: Addresses, rng: np.random.Generator) -> Register:
    """Houses in multiple occupation in towns, and short lets near the sea and the stations."""
    kind = np.repeat(np.array(list(_LETS)), [_scaled(scene, n) for n in _LETS.values()])
    address = _busy_addresses(scene, addresses, len(kind), rng)
    segment = addresses.segment[address]
    names = np.array([f"{k} {n:04d}" for n, k in enumerate(kind.tolist(), start=1)])
    return Register(kind, names, segment, address, *_dates(len(kind), 0.15, rng))


def _premises_name(kind: str, street: str, pick: int) -> str:
    if kind in ("Pub", "Nightclub"):
        return (
            f"The {_PUB_NAMES[pick % len(_PUB_NAMES)]}" if kind == "Pub" else f"Club {street.split(' ')[0]}"
        )
    if kind == "Members' club":
        return f"{street.split(' ')[0]} Social Club"
    return f"{street} {_SHOP_WORDS[pick % len(_SHOP_WORDS)]}"


def _central(scene: Scene, among: Ints, town: int, rank: int) -> int:
    """The segment among those given that is the nth nearest to the middle of the town."""
    if len(among) == 0:
        return 0
    segments, towns = scene.segments, scene.towns
    if town < 0:
        return int(among[min(rank, len(among) - 1)])
    gap = np.hypot(
        segments.easting_m[among] - towns.easting_m[town], segments.northing_m[among] - towns.northing_m[town]
    )
    return int(among[np.argsort(gap)[min(rank, len(among) - 1)]])


def _busy_addresses(scene: Scene, addresses: Addresses, count: int, rng: np.random.Generator) -> Ints:
    built_up = density(scene.segments)[addresses.segment] ** 1.5
    count = min(count, len(addresses.uprn))
    return rng.choice(len(built_up), size=count, replace=False, p=built_up / built_up.sum()).astype(np.int64)


def _dates(count: int, closed: float, rng: np.random.Generator) -> tuple[Minutes, Minutes]:
    opened = np.datetime64("2012-01-01", "D") + rng.integers(0, 4_600, count).astype("timedelta64[D]")
    ended = np.datetime64("2025-01-01", "D") + rng.integers(0, 600, count).astype("timedelta64[D]")
    return opened.astype("datetime64[m]"), np.where(
        rng.random(count) < closed, ended.astype("datetime64[m]"), NEVER
    )


def _scaled(scene: Scene, count: float) -> int:
    return max(3, round(count * scene.children / _COUNTY_CHILDREN))
