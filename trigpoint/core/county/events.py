"""What happens in the synthetic county over two years, before any agency writes it down.

An event is a latent happening at a street and a minute. A report is one agency's note of an event (reporting.py):
about one event in eight is noted by two agencies or more, each with its own wording, minute and point.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from trigpoint.core.county.children import Children, draw_children, make_children
from trigpoint.core.county.reporting import Reports, make_reports
from trigpoint.core.county.scene import Scene, beside
from trigpoint.core.county.settings import SETTINGS, Setting, day_rates, make_settings, school_term
from trigpoint.core.county.sites import Sites
from trigpoint.core.county.streams import STREAMS, Stream
from trigpoint.core.county.tables import Bools, Floats, Ints, Minutes

__all__ = [
    "MONTHS",
    "STREAMS",
    "Events",
    "History",
    "Reports",
    "Stream",
    "draw_segments",
    "expected_by_day",
    "make_history",
    "noted_twice",
    "unplaced_share",
]

MONTHS = 26
_COUNTY_CHILDREN = 140_000
_NIGHT_LONG_MIN = 60 * 8
_HOLIDAY_RATE = 0.1


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
    events = joined([_stream_events(i, scene, settings, children, days, rng) for i in range(len(STREAMS))])
    return History(first_day, last_day, events, children, make_reports(events, last_day, rng))


def joined(parts: list[Events]) -> Events:
    """One after another; numbers of events in the first keep their meaning."""
    return Events(*(np.concatenate([getattr(part, name) for part in parts]) for name in Events.__slots__))


def noted_twice(history: History) -> float:
    """The share of events that two or more feeds note."""
    noted = np.bincount(np.concatenate([r.event for r in history.reports.values()]))
    return float((noted >= 2).sum() / (noted >= 1).sum())


def unplaced_share(history: History) -> float:
    """The share of all feeds' notes that have no usable place."""
    return float(1.0 - np.concatenate([r.placed for r in history.reports.values()]).mean())


def expected_by_day(
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


def draw_minutes(
    days: NDArray[np.datetime64], setting: Ints, settings: tuple[Setting, ...], rng: np.random.Generator
) -> Minutes:
    """A minute of each day by its setting's clock; half of them are rounded to a quarter of an hour."""
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


def draw_segments(setting: Ints, settings: tuple[Setting, ...], rng: np.random.Generator) -> Ints:
    """A street segment for each event by its setting's weights."""
    segment = np.zeros(len(setting), dtype=np.int64)
    chance = rng.random(len(setting))
    for which, each in enumerate(settings):
        here = setting == which
        cumulative = np.cumsum(each.segment_weight)
        segment[here] = np.searchsorted(cumulative, chance[here]).clip(max=len(cumulative) - 1)
    return segment


def _stream_events(
    index: int,
    scene: Scene,
    settings: tuple[Setting, ...],
    children: Children,
    days: NDArray[np.datetime64],
    rng: np.random.Generator,
) -> Events:
    name, stream = list(STREAMS.items())[index]
    counts = rng.poisson(expected_by_day(stream, settings, days, scene.children / _COUNTY_CHILDREN))
    day, setting = np.divmod(np.repeat(np.arange(counts.size), counts.ravel()), len(SETTINGS))
    at = draw_minutes(days[day], setting, settings, rng)
    segment = draw_segments(setting, settings, rng)
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


def _only_in_term(shape: Floats, term: Bools, days: NDArray[np.datetime64], monthly: float) -> Floats:
    """A month's volume over a full month of term (21 school days); a tenth of the rate on weekdays of the holidays."""
    weekday = (days.astype(np.int64) + 3) % 7 < 5
    mix = shape.sum(axis=0) / shape.sum()
    per_day = monthly / 21.0 * np.where(term, 1.0, np.where(weekday, _HOLIDAY_RATE, 0.0))
    return np.asarray(per_day[:, None] * mix)
