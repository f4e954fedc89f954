"""Schools, children's homes, hotels, guest houses and takeaways of the synthetic county.

Each stands beside a street where an English county would have it: hotels by stations, main roads and the
front, takeaways on the streets with most passers-by, homes in ordinary residential streets.
"""

from dataclasses import dataclass

import numpy as np

from trigpoint.core.county.buildings import (
    Addresses,
    Buildings,
    Register,
    make_addresses,
    make_buildings,
    make_lets,
    make_licensed,
)
from trigpoint.core.county.scene import Scene, beside, density, nearest
from trigpoint.core.county.tables import NEVER, Bools, Floats, Ints, Minutes, Strings

_MAIN_ROADS = ("A Road", "B Road")
_PER_CHILD = {"primary": 1 / 290, "secondary": 1 / 1_900, "pru": 1 / 11_000}
_PREMISES = {"hotel": 120, "bnb": 80, "takeaway": 900}
_HOMES = {"Children's home": 90, "Supported accommodation": 30}
_COUNTY_CHILDREN = 140_000
_HOTEL_WORDS = ("Hotel", "Park Hotel", "Lodge", "Station Hotel", "House Hotel")
_BNB_WORDS = ("Guest House", "B&B", "Farm B&B", "Cottage Guest House")
_TAKEAWAY_WORDS = ("Fish Bar", "Pizza", "Kebab House", "Chicken", "Chinese Takeaway", "Sandwich Bar", "Spice")


@dataclass(frozen=True, slots=True)
class Schools:
    """Schools: parallel arrays; `phase` is primary, secondary or pru; dates NaT where not known; metres."""

    urn: Ints
    number: Ints
    name: Strings
    phase: Strings
    opened: Minutes
    closed: Minutes
    segment: Ints
    easting_m: Floats
    northing_m: Floats
    postcode: Ints


@dataclass(frozen=True, slots=True)
class Homes:
    """Children's homes and supported accommodation: parallel arrays; a restricted layer; metres."""

    urn: Strings
    kind: Strings
    name: Strings
    opened: Minutes
    closed: Minutes
    segment: Ints
    easting_m: Floats
    northing_m: Floats
    postcode: Ints


@dataclass(frozen=True, slots=True)
class Premises:
    """Hotels, guest houses and takeaways: parallel arrays; `kind` is hotel, bnb or takeaway; metres."""

    kind: Strings
    name: Strings
    segment: Ints
    easting_m: Floats
    northing_m: Floats
    postcode: Ints


@dataclass(frozen=True, slots=True)
class Sites:
    """All sites of the county that a register lists (parks are the scene's own)."""

    schools: Schools
    homes: Homes
    premises: Premises
    buildings: Buildings
    licensed: Register
    lets: Register
    addresses: Addresses


def make_sites(scene: Scene, rng: np.random.Generator) -> Sites:
    """The county's sites, in numbers that follow its children (600 schools for 140,000 aged 10–17)."""
    built_up = density(scene.segments)
    schools, homes = _schools(scene, built_up, rng), _homes(scene, built_up, rng)
    premises = _premises(scene, built_up, rng)
    addresses = make_addresses(scene, rng)
    return Sites(
        schools=schools,
        homes=homes,
        premises=premises,
        buildings=make_buildings(scene, rng),
        licensed=make_licensed(scene, addresses, rng),
        lets=make_lets(scene, addresses, rng),
        addresses=addresses,
    )


def _drawn(weights: Floats, count: int, rng: np.random.Generator) -> Ints:
    """Segments drawn by weight, each at most once."""
    possible = int(np.count_nonzero(weights))
    return rng.choice(len(weights), size=min(count, possible), replace=False, p=weights / weights.sum())


def _scaled(scene: Scene, count: float) -> int:
    return max(1, round(count * scene.children / _COUNTY_CHILDREN))


def _quiet(scene: Scene, built_up: Floats) -> Floats:
    """Weights of ordinary residential streets: built-up, short of main roads."""
    return np.where(_is_main(scene), 0.05, 1.0) * built_up * scene.segments.length_m


def _is_main(scene: Scene) -> Bools:
    return np.isin(scene.segments.road_class, _MAIN_ROADS)


def _dates(count: int, first_year: int, last_year: int, rng: np.random.Generator) -> Minutes:
    first = np.datetime64(f"{first_year}-01-01", "D")
    span = int((np.datetime64(f"{last_year}-01-01", "D") - first).astype(np.int64))
    return (first + rng.integers(0, span, count).astype("timedelta64[D]")).astype("datetime64[m]")


def _closed_some(count: int, share: float, rng: np.random.Generator) -> Minutes:
    dates = _dates(count, 2022, 2026, rng)
    return np.where(rng.random(count) < share, dates, NEVER)


def _schools(scene: Scene, built_up: Floats, rng: np.random.Generator) -> Schools:
    counts = {phase: max(1, round(scene.children * per)) for phase, per in _PER_CHILD.items()}
    chosen = _drawn(_quiet(scene, built_up), sum(counts.values()), rng)
    phase = np.repeat(np.array(list(counts)), list(counts.values()))[: len(chosen)]
    easting_m, northing_m = beside(scene.segments, chosen, rng, nearest_m=25, farthest_m=60)
    count = len(chosen)
    number = np.where(phase == "pru", 1100, np.where(phase == "secondary", 4000, 2000)) + np.arange(count)
    opened = np.where(rng.random(count) < 0.6, _dates(count, 2011, 2024, rng), NEVER)
    return Schools(
        urn=np.sort(rng.choice(np.arange(900_000, 999_999), count, replace=False)),
        number=number,
        name=_school_names(scene, chosen, phase),
        phase=phase,
        opened=opened,
        closed=_closed_some(count, 0.02, rng),
        segment=chosen,
        easting_m=easting_m,
        northing_m=northing_m,
        postcode=nearest(scene.postcodes, easting_m, northing_m),
    )


def _school_names(scene: Scene, chosen: Ints, phase: Strings) -> Strings:
    ends = {"primary": "Primary School", "secondary": "School", "pru": "Pupil Referral Unit"}
    streets = scene.segments.name[chosen].tolist()
    stems = [street.rsplit(" ", 1)[0] if " " in street else street for street in streets]
    towns = town_names(scene, chosen).tolist()
    named: dict[str, int] = {}
    names = []
    for stem, town, kind in zip(stems, towns, phase.tolist(), strict=True):
        name = f"{stem or town} {ends[kind]}"
        if name in named:
            name = f"{stem} {ends[kind]}, {town}"
        named[name] = named.get(name, 0) + 1
        names.append(name if named[name] == 1 else f"{name} {named[name]}")
    return np.array(names)


def town_names(scene: Scene, chosen: Ints) -> Strings:
    """The town each chosen segment lies in, blank where it lies in none."""
    town = scene.segments.town[chosen]
    return np.where(town >= 0, scene.towns.name[np.maximum(town, 0)], "")


def _homes(scene: Scene, built_up: Floats, rng: np.random.Generator) -> Homes:
    counts = {kind: _scaled(scene, count) for kind, count in _HOMES.items()}
    chosen = _drawn(_quiet(scene, built_up), sum(counts.values()), rng)
    kind = np.repeat(np.array(list(counts)), list(counts.values()))[: len(chosen)]
    easting_m, northing_m = beside(scene.segments, chosen, rng, nearest_m=8, farthest_m=20)
    count = len(chosen)
    is_home = kind == "Children's home"
    opened = np.where(is_home, _dates(count, 2012, 2025, rng), _dates(count, 2024, 2026, rng))
    names = [f"{'Home' if h else 'Accommodation'} {i + 1:03d}" for i, h in enumerate(is_home.tolist())]
    return Homes(
        urn=np.array(
            [f"{n}" for n in np.sort(rng.choice(np.arange(8_000_000, 8_999_999), count, replace=False))]
        ),
        kind=kind,
        name=np.array(names),
        opened=opened,
        closed=_closed_some(count, 0.05, rng),
        segment=chosen,
        easting_m=easting_m,
        northing_m=northing_m,
        postcode=nearest(scene.postcodes, easting_m, northing_m),
    )


def _premises(scene: Scene, built_up: Floats, rng: np.random.Generator) -> Premises:
    counts = {kind: _scaled(scene, count) for kind, count in _PREMISES.items()}
    weights = {
        "hotel": _near_stations(scene) * built_up + 0.4 * _is_main(scene) + 6.0 * scene.segments.seafront,
        "bnb": 8.0 * scene.segments.seafront + 0.3 + 0.02 * built_up,
        "takeaway": built_up**1.6 * (1.0 + 4.0 * _is_main(scene)) * (1.0 + 4.0 * _near_stations(scene)),
    }
    drawn = {kind: _busy(weights[kind], counts[kind], rng) for kind in counts}
    chosen = np.concatenate(list(drawn.values()))
    kind = np.repeat(np.array(list(drawn)), [len(d) for d in drawn.values()])
    easting_m, northing_m = beside(scene.segments, chosen, rng, nearest_m=8, farthest_m=18)
    return Premises(
        kind=kind,
        name=_premises_names(scene, chosen, kind, rng),
        segment=chosen,
        easting_m=easting_m,
        northing_m=northing_m,
        postcode=nearest(scene.postcodes, easting_m, northing_m),
    )


def _busy(weights: Floats, count: int, rng: np.random.Generator) -> Ints:
    """Segments drawn by weight, several premises on one street allowed."""
    return rng.choice(len(weights), size=count, p=weights / weights.sum()).astype(np.int64)


def _near_stations(scene: Scene) -> Floats:
    closest = nearest(scene.stations, scene.segments.easting_m, scene.segments.northing_m)
    gap_m = np.hypot(
        scene.segments.easting_m - scene.stations.easting_m[closest],
        scene.segments.northing_m - scene.stations.northing_m[closest],
    )
    return np.exp(-((gap_m / 400.0) ** 2))


def _premises_names(scene: Scene, chosen: Ints, kind: Strings, rng: np.random.Generator) -> Strings:
    words = {"hotel": _HOTEL_WORDS, "bnb": _BNB_WORDS, "takeaway": _TAKEAWAY_WORDS}
    streets = scene.segments.name[chosen].tolist()
    towns = town_names(scene, chosen).tolist()
    picks = rng.random(len(chosen)).tolist()
    names = []
    for street, town, what, pick in zip(streets, towns, kind.tolist(), picks, strict=True):
        word = words[what][int(pick * len(words[what]))]
        stem = town if what == "hotel" and town else street
        names.append(f"{stem} {word}".strip())
    return np.array(names)
