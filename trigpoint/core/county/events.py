"""What happens in the synthetic county over two years, before any agency writes it down.

An event is a latent happening at a street and a minute. A report is one agency's note of an event: about one event
in eight is noted by two agencies, each with its own wording, minute and point. Volumes and shares are estimates.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from trigpoint.core.county.children import Children, draw_children, make_children
from trigpoint.core.county.scene import Scene, beside
from trigpoint.core.county.settings import SETTINGS, Setting, day_rates, make_settings, school_term
from trigpoint.core.county.sites import Sites
from trigpoint.core.county.tables import Bools, Floats, Ints, Minutes

MONTHS = 26
_COUNTY_CHILDREN = 140_000
_NIGHT_LONG_MIN = 60 * 8
_HOLIDAY_RATE = 0.1


class Stream(NamedTuple):
    """How a feed's own events arise: a month's volume in a whole county, where, and how well they are noted.

    `unplaced` is the share with no usable place, `day_only` the share with no hour, `growth` the change a year.
    """

    monthly: float
    growth: float
    mix: Mapping[str, float]
    unplaced: float
    day_only: float
    term_only: bool = False


STREAMS: Mapping[str, Stream] = {
    "missing": Stream(
        365,
        0.04,
        dict(neighbourhood=30, station=18, high_street=14, retail=8, seafront=7, park=9, home_front=14),
        0.20,
        0.12,
    ),
    "concern": Stream(
        150,
        0.05,
        dict(neighbourhood=12, school_gate=40, bus_corridor=18, retail=14, park=10, station=6),
        0.25,
        0.30,
        True,
    ),
    "exclusion": Stream(120, 0.10, dict(school_gate=1), 0.0, 1.0, True),
    "session": Stream(
        170, 0.0, dict(park=35, high_street=15, seafront=12, retail=12, neighbourhood=26), 0.04, 0.0
    ),
    "asb": Stream(
        860,
        0.0,
        dict(neighbourhood=46, high_street=14, park=13, seafront=8, station=7, retail=8, bus_corridor=4),
        0.18,
        0.15,
    ),
    "crime": Stream(
        1500,
        0.03,
        dict(neighbourhood=50, high_street=20, station=9, retail=8, seafront=5, park=5, bus_corridor=3),
        0.17,
        0.08,
    ),
    "probation": Stream(65, 0.0, dict(neighbourhood=1), 0.08, 1.0),
}
INTERVIEW_SHARE = 0.60
INTERVIEW_UNPLACED = 0.35
ALSO_NOTED = (
    ("crime", "asb", 0.07),
    ("missing", "crime", 0.09),
    ("concern", "asb", 0.12),
    ("exclusion", "concern", 0.20),
)


@dataclass(frozen=True, slots=True)
class Events:
    """Parallel arrays, one entry an event. `stream` indexes STREAMS, `setting` SETTINGS, `segment` the scene's.

    `ended` is when a missing child returned (NaT for other events); `child` indexes the latent children (-1 none).
    """

    stream: Ints
    setting: Ints
    at: Minutes
    ended: Minutes
    segment: Ints
    easting_m: Floats
    northing_m: Floats
    child: Ints


@dataclass(frozen=True, slots=True)
class Reports:
    """One feed's notes of events, in order of time: parallel arrays. `event` indexes Events.

    `own` is False where the event belongs to another stream; `placed` is False where the note has no usable
    place; `day_only` where it has no hour. Metres of EPSG:27700.
    """

    event: Ints
    at: Minutes
    easting_m: Floats
    northing_m: Floats
    own: Bools
    placed: Bools
    day_only: Bools

    def take(self, chosen: NDArray[np.intp] | Bools) -> "Reports":
        """The chosen reports."""
        return Reports(
            self.event[chosen],
            self.at[chosen],
            self.easting_m[chosen],
            self.northing_m[chosen],
            self.own[chosen],
            self.placed[chosen],
            self.day_only[chosen],
        )


@dataclass(frozen=True, slots=True)
class History:
    """Two years of the county: its events, its latent children, and each feed's reports by stream name.

    `reports` has the streams of STREAMS and "interview" (return interviews of missing episodes).
    """

    first_day: np.datetime64
    last_day: np.datetime64
    events: Events
    children: Children
    reports: Mapping[str, Reports]


def make_history(scene: Scene, sites: Sites, rng: np.random.Generator, *, end: date) -> History:
    """The 26 calendar months up to and including the day `end`."""
    settings = make_settings(scene, sites, rng)
    last_day = np.datetime64(end, "D")
    first_day = (last_day.astype("datetime64[M]") - np.timedelta64(MONTHS - 1, "M")).astype("datetime64[D]")
    days = np.arange(first_day, last_day + 1)
    children = make_children(scene, sites.homes, settings[0].segment_weight, MONTHS, rng)
    events = _joined([_stream_events(i, scene, settings, children, days, rng) for i in range(len(STREAMS))])
    return History(first_day, last_day, events, children, _reports(events, last_day, rng))


def noted_twice(history: History) -> float:
    """The share of events that two or more feeds note."""
    noted = np.bincount(np.concatenate([r.event for r in history.reports.values()]))
    return float((noted >= 2).sum() / (noted >= 1).sum())


def _stream_events(
    index: int,
    scene: Scene,
    settings: tuple[Setting, ...],
    children: Children,
    days: NDArray[np.datetime64],
    rng: np.random.Generator,
) -> Events:
    name, stream = list(STREAMS.items())[index]
    rate = _rates(stream, settings, days, scene.children / _COUNTY_CHILDREN)
    counts = rng.poisson(rate)
    day, setting = np.divmod(np.repeat(np.arange(counts.size), counts.ravel()), len(SETTINGS))
    at = _minutes(days[day], setting, settings, rng)
    segment = _segments(setting, settings, rng)
    easting_m, northing_m = beside(scene.segments, segment, rng, nearest_m=0.0, farthest_m=9.0)
    missing = name == "missing"
    month = (days[day].astype("datetime64[M]") - days[0].astype("datetime64[M]")).astype(np.int64)
    away = np.exp(rng.normal(np.log(_NIGHT_LONG_MIN), 0.9, len(at))).astype(np.int64).astype("timedelta64[m]")
    return Events(
        stream=np.full(len(at), index),
        setting=setting,
        at=at,
        ended=at + away if missing else np.full(len(at), np.datetime64("NaT", "m")),
        segment=segment,
        easting_m=easting_m,
        northing_m=northing_m,
        child=draw_children(children, month, rng) if missing else _any_child(children, len(at), rng),
    )


def _any_child(children: Children, count: int, rng: np.random.Generator) -> Ints:
    """Children of other streams: numbers above those who go missing, each with few records."""
    return len(children.weight) + rng.integers(0, max(count // 2, 1), count)


def _rates(
    stream: Stream, settings: tuple[Setting, ...], days: NDArray[np.datetime64], scale: float
) -> Floats:
    """Expected events per day and setting, shape (days, settings): the stream's volume over its seasons."""
    term = school_term(days)
    mix = np.array([stream.mix.get(setting.name, 0.0) for setting in settings])
    shape = np.column_stack([day_rates(setting.rhythm, days, term) for setting in settings])
    shape = shape / shape.mean(axis=0) * mix / mix.sum()
    years = (days - days[0]).astype(np.int64) / 365.25
    per_day = stream.monthly * 12 / 365.25 * scale * (1.0 + stream.growth) ** (years - years[-1] / 2)
    if stream.term_only:
        return _only_in_term(shape, term, days, stream.monthly * scale)
    return np.asarray(shape * per_day[:, None])


def _only_in_term(shape: Floats, term: Bools, days: NDArray[np.datetime64], monthly: float) -> Floats:
    """A month's volume over a full month of term (21 school days); a tenth of the rate on weekdays of the holidays."""
    weekday = (days.astype(np.int64) + 3) % 7 < 5
    mix = shape.sum(axis=0) / shape.sum()
    per_day = monthly / 21.0 * np.where(term, 1.0, np.where(weekday, _HOLIDAY_RATE, 0.0))
    return np.asarray(per_day[:, None] * mix)


def _minutes(
    days: NDArray[np.datetime64], setting: Ints, settings: tuple[Setting, ...], rng: np.random.Generator
) -> Minutes:
    weekend = (((days.astype(np.int64) + 3) % 7) >= 5).astype(np.int64)
    hour = np.zeros(len(days), dtype=np.int64)
    chance = rng.random(len(days))
    for which, each in enumerate(settings):
        for row in (0, 1):
            here = (setting == which) & (weekend == row)
            hour[here] = np.searchsorted(np.cumsum(each.hour_weight[row]), chance[here]).clip(max=23)
    minute = rng.integers(0, 60, len(days))
    minute = np.where(rng.random(len(days)) < 0.5, minute // 15 * 15, minute)
    at: Minutes = days.astype("datetime64[m]") + (hour * 60 + minute).astype("timedelta64[m]")
    return at


def _segments(setting: Ints, settings: tuple[Setting, ...], rng: np.random.Generator) -> Ints:
    segment = np.zeros(len(setting), dtype=np.int64)
    chance = rng.random(len(setting))
    for which, each in enumerate(settings):
        here = setting == which
        cumulative = np.cumsum(each.segment_weight)
        segment[here] = np.searchsorted(cumulative, chance[here]).clip(max=len(cumulative) - 1)
    return segment


def _joined(parts: list[Events]) -> Events:
    return Events(*(np.concatenate([getattr(part, name) for part in parts]) for name in Events.__slots__))


def _reports(events: Events, last_day: np.datetime64, rng: np.random.Generator) -> dict[str, Reports]:
    names = list(STREAMS)
    chosen = {name: [np.flatnonzero(events.stream == index)] for index, name in enumerate(names)}
    for source, noted_by, share in ALSO_NOTED:
        own = chosen[source][0]
        chosen[noted_by].append(own[rng.random(len(own)) < share])
    reports = {
        name: _noted(
            events,
            np.concatenate(chosen[name]),
            name,
            STREAMS[name].unplaced,
            STREAMS[name].day_only,
            last_day,
            rng,
        )
        for name in names
    }
    episodes = chosen["missing"][0]
    episodes = episodes[rng.random(len(episodes)) < INTERVIEW_SHARE]
    reports["interview"] = _noted(events, episodes, "missing", INTERVIEW_UNPLACED, 1.0, last_day, rng)
    return reports


def _noted(
    events: Events,
    chosen: Ints,
    name: str,
    unplaced: float,
    day_only: float,
    last_day: np.datetime64,
    rng: np.random.Generator,
) -> Reports:
    """One feed's notes of the chosen events; another stream's event is noted some minutes and metres off."""
    own = events.stream[chosen] == list(STREAMS).index(name)
    count = len(chosen)
    late = np.where(own, 0, rng.integers(-20, 40, count)).astype("timedelta64[m]")
    off_m = np.where(own, 0.0, rng.uniform(0.0, 25.0, count))
    angle = rng.uniform(0.0, 2.0 * np.pi, count)
    bounds = (last_day - 10_000).astype("datetime64[m]"), (last_day + 1).astype("datetime64[m]") - 1
    at = np.clip(events.at[chosen] + late, *bounds)
    reports = Reports(
        event=chosen,
        at=at,
        easting_m=events.easting_m[chosen] + off_m * np.cos(angle),
        northing_m=events.northing_m[chosen] + off_m * np.sin(angle),
        own=own,
        placed=rng.random(count) >= unplaced,
        day_only=rng.random(count) < day_only,
    )
    return reports.take(np.argsort(at, kind="stable"))
