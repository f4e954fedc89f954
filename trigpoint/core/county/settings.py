"""Where and when things happen in the synthetic county: a handful of settings, each with its streets and its clock.

A setting is a kind of place (a station front, the seafront, an after-school bus corridor). It gives every street
segment a weight and every hour, weekday and month a rate. Shares and shapes are estimates for an invented
county; none is a finding about a real one.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from trigpoint.core.county.scene import Scene, density
from trigpoint.core.county.sites import Sites
from trigpoint.core.county.tables import Bools, Floats, Ints

SETTINGS = (
    "neighbourhood",
    "station",
    "high_street",
    "retail",
    "seafront",
    "park",
    "bus_corridor",
    "school_gate",
    "home_front",
)

_BUSIEST_HOME_STREET = 24.0


class Rhythm(NamedTuple):
    """A setting's clock: peaks (hour, spread, weight) on weekdays and at weekends, a rate a weekday, a summer swing."""

    weekday_peaks: tuple[tuple[float, float, float], ...]
    weekend_peaks: tuple[tuple[float, float, float], ...]
    days: tuple[float, ...]
    summer: float
    term_only: bool = False


_EVENING = ((20.0, 2.6, 0.8), (15.7, 1.2, 0.2))
_NIGHT = ((22.5, 2.0, 0.8), (18.0, 3.0, 0.2))
_DAYTIME = ((15.5, 2.5, 1.0),)
_MOST_DAYS = (1.0, 0.95, 1.0, 1.05, 1.3, 1.35, 1.05)
_SCHOOL_DAYS = (1.0, 1.0, 1.0, 1.0, 1.1, 0.0, 0.0)

RHYTHMS = {
    "neighbourhood": Rhythm(_EVENING, _EVENING, _MOST_DAYS, 0.10),
    "station": Rhythm(((18.5, 2.8, 0.7), (8.2, 0.8, 0.15), (22.5, 1.2, 0.15)), _NIGHT, _MOST_DAYS, 0.05),
    "high_street": Rhythm(_EVENING, _NIGHT, (0.7, 0.7, 0.8, 0.95, 1.6, 1.9, 0.9), 0.05),
    "retail": Rhythm(
        ((16.3, 1.2, 0.7), (19.0, 1.5, 0.3)), _DAYTIME, (0.9, 0.9, 0.9, 1.0, 1.2, 1.8, 1.2), 0.0
    ),
    "seafront": Rhythm(((19.0, 3.0, 1.0),), ((16.5, 3.5, 1.0),), (0.8, 0.8, 0.8, 0.9, 1.2, 1.8, 1.6), 0.85),
    "park": Rhythm(
        ((18.0, 2.2, 0.8), (15.8, 0.8, 0.2)), ((17.0, 3.0, 1.0),), (1.0, 1.0, 1.0, 1.0, 1.3, 1.4, 1.1), 0.45
    ),
    "bus_corridor": Rhythm(((16.1, 0.45, 1.0),), ((16.1, 0.45, 1.0),), _SCHOOL_DAYS, 0.0, True),
    "school_gate": Rhythm(
        ((15.4, 0.5, 0.6), (8.5, 0.4, 0.2), (12.5, 0.7, 0.2)), _DAYTIME, _SCHOOL_DAYS, 0.0, True
    ),
    "home_front": Rhythm(((20.5, 2.2, 1.0),), ((20.0, 3.0, 1.0),), _MOST_DAYS, 0.05),
}


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: a weight per segment (sums to 1) and per hour of a weekday and a weekend day (2 × 24, rows sum to 1)."""

    name: str
    segment_weight: Floats
    hour_weight: Floats
    rhythm: Rhythm


def make_settings(scene: Scene, sites: Sites, rng: np.random.Generator) -> tuple[Setting, ...]:
    """The county's settings in the order of SETTINGS, concentrated so that few streets hold most of what happens."""
    weights = _weights(scene, sites, rng)
    return tuple(Setting(name, weights[name], _hours(RHYTHMS[name]), RHYTHMS[name]) for name in SETTINGS)


def holding_half(counts: Floats | Ints) -> float:
    """The share of all units that together hold half the total, largest first (0 for an empty total)."""
    ordered = np.cumsum(np.sort(np.asarray(counts, dtype=np.float64))[::-1])
    if ordered[-1] == 0:
        return 0.0
    return float((np.searchsorted(ordered, ordered[-1] / 2) + 1) / len(ordered))


def day_rates(rhythm: Rhythm, days: NDArray[np.datetime64], term: Bools) -> Floats:
    """The rate of each day (mean about 1): its weekday, its month's swing, and nothing in holidays if term-only."""
    weekday = (days.astype("datetime64[D]").astype(np.int64) + 3) % 7
    month = days.astype("datetime64[M]").astype(np.int64) % 12
    swing = 1.0 + rhythm.summer * np.cos((month - 6.5) * np.pi / 6.0)
    rate = np.asarray(rhythm.days)[weekday] * swing
    return np.asarray(rate * term if rhythm.term_only else rate, dtype=np.float64)


def school_term(days: NDArray[np.datetime64]) -> Bools:
    """True on weekdays of term, by a calendar of the usual English shape."""
    weekday = (days.astype(np.int64) + 3) % 7
    month = days.astype("datetime64[M]").astype(np.int64) % 12 + 1
    day = (days - days.astype("datetime64[M]").astype("datetime64[D]")).astype(np.int64) + 1
    holiday = (
        (month == 8)
        | ((month == 7) & (day > 22))
        | ((month == 9) & (day < 3))
        | ((month == 12) & (day > 19))
        | ((month == 1) & (day < 5))
        | ((month == 4) & (day < 15))
        | ((month == 2) & (day > 13) & (day < 22))
        | ((month == 5) & (day > 24))
        | ((month == 10) & (day > 24))
    )
    return np.asarray((weekday < 5) & ~holiday, dtype=np.bool_)


def _hours(rhythm: Rhythm) -> Floats:
    rows = []
    for peaks in (rhythm.weekday_peaks, rhythm.weekend_peaks):
        hour = np.arange(24) + 0.5
        total = np.full(24, 0.002)
        for centre, spread, weight in peaks:
            gap = np.minimum(np.abs(hour - centre), 24 - np.abs(hour - centre))
            total += weight * np.exp(-0.5 * (gap / spread) ** 2) / spread
        rows.append(total / total.sum())
    return np.array(rows)


def _weights(scene: Scene, sites: Sites, rng: np.random.Generator) -> dict[str, Floats]:
    segments = scene.segments
    built_up = density(segments)
    count = len(segments.name)
    unevenness = rng.lognormal(0.0, 0.7, count)
    takeaways = np.bincount(sites.premises.segment[sites.premises.kind == "takeaway"], minlength=count)
    busiest = _busiest_towns(scene, 8)
    centres = {
        "station": busiest,
        "high_street": _peaks(scene, takeaways * built_up, 9),
        "retail": _peaks(scene, _edge_of_town(built_up) * rng.random(count), 6),
        "seafront": _peaks(scene, segments.seafront * built_up, 4),
        "park": _peaks(scene, _beside_parks(scene) * built_up * rng.random(count), 7),
    }
    spread = {"station": 130.0, "high_street": 150.0, "retail": 170.0, "seafront": 220.0, "park": 130.0}
    weights = {name: _around(scene, at, spread[name], rng) * unevenness for name, at in centres.items()}
    weights["bus_corridor"] = _marked(count, scene.corridor) * unevenness
    weights["school_gate"] = (
        _marked(count, sites.schools.segment[sites.schools.phase != "primary"]) * unevenness
    )
    weights["home_front"] = _marked(count, sites.homes.segment) * rng.lognormal(0.0, 0.9, count)
    background = (
        built_up
        * np.sqrt(segments.length_m)
        * np.minimum(rng.lognormal(0.0, 1.45, count), _BUSIEST_HOME_STREET)
    )
    weights["neighbourhood"] = background
    return {name: _normal(weight, background) for name, weight in weights.items()}


def _normal(weight: Floats, otherwise: Floats) -> Floats:
    """Weights that sum to 1; a county without such places (no sea, no bus) falls back to its neighbourhoods."""
    chosen = weight if weight.sum() > 0 else otherwise
    return np.asarray(chosen / chosen.sum(), dtype=np.float64)


def _marked(count: int, chosen: Ints) -> Floats:
    return np.bincount(chosen, minlength=count).astype(np.float64)


def _busiest_towns(scene: Scene, most: int) -> Ints:
    """The segments nearest the stations of the largest towns."""
    towns = np.argsort(-scene.towns.weight)[:most]
    stations = cKDTree(np.column_stack([scene.stations.easting_m, scene.stations.northing_m]))
    at = np.column_stack([scene.towns.easting_m[towns], scene.towns.northing_m[towns]])
    chosen = np.unique(stations.query(at)[1])
    tree = cKDTree(np.column_stack([scene.segments.easting_m, scene.segments.northing_m]))
    front = np.column_stack([scene.stations.easting_m[chosen], scene.stations.northing_m[chosen]])
    return np.asarray(tree.query(front)[1], dtype=np.int64)


def _peaks(scene: Scene, weight: Floats, most: int, apart_m: float = 1_500.0) -> Ints:
    """Segments of greatest weight that lie at least the distance apart from one another."""
    at = np.column_stack([scene.segments.easting_m, scene.segments.northing_m])
    chosen: list[int] = []
    for candidate in np.argsort(-weight)[: 60 * most].tolist():
        if weight[candidate] <= 0 or len(chosen) == most:
            break
        gaps = at[chosen] - at[candidate]
        if not chosen or np.hypot(gaps[:, 0], gaps[:, 1]).min() >= apart_m:
            chosen.append(candidate)
    return np.array(chosen, dtype=np.int64)


def _edge_of_town(built_up: Floats) -> Floats:
    """Greatest where a street is neither in the thick of a town nor in the country."""
    middle = np.quantile(built_up, 0.6)
    return np.exp(-(((built_up - middle) / max(middle * 0.25, 1.0)) ** 2))


def _beside_parks(scene: Scene) -> Floats:
    if len(scene.parks.name) == 0:
        return np.zeros(len(scene.segments.name))
    tree = cKDTree(shapely.get_coordinates(shapely.centroid(scene.parks.shape)))
    gap_m = tree.query(np.column_stack([scene.segments.easting_m, scene.segments.northing_m]))[0]
    return np.asarray(np.exp(-((gap_m / 150.0) ** 2)), dtype=np.float64)


def _around(scene: Scene, centres: Ints, reach_m: float, rng: np.random.Generator) -> Floats:
    """Weight that falls away from each centre over the reach, each centre with a heat of its own."""
    easting_m, northing_m = scene.segments.easting_m, scene.segments.northing_m
    total = np.zeros(len(easting_m))
    for centre, heat in zip(centres.tolist(), rng.lognormal(0.0, 0.5, len(centres)).tolist(), strict=True):
        gap_m = np.hypot(easting_m - easting_m[centre], northing_m - northing_m[centre])
        total += heat * np.where(gap_m < 2.5 * reach_m, np.exp(-0.5 * (gap_m / reach_m) ** 2), 0.0)
    return total
