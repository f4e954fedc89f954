"""The county while truths are being planted in it: a value that each truth takes and gives back with its records added."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

import numpy as np
import shapely

from trigpoint.core.county.events import Events, History, joined
from trigpoint.core.county.model import Areas, Geography
from trigpoint.core.county.reporting import Reports, merged, noted, words
from trigpoint.core.county.scene import Scene
from trigpoint.core.county.sites import Sites
from trigpoint.core.county.streams import STREAMS
from trigpoint.core.county.tables import Floats, Ints, Minutes, Strings
from trigpoint.core.county.truths.truth import Truth

_REACH_M = 40.0
_ROUND_M = 18.0
_OUT_MIN = 300


class Spot(NamedTuple):
    """Ground that a truth has taken: a point in metres, how far round it no other truth may come, and its segment."""

    easting_m: float
    northing_m: float
    radius_m: float
    segment: int


class Closure(NamedTuple):
    """A closure order that the register must list: its street segment, first and last day and when it was extended to."""

    ref: str
    segment: int
    start: np.datetime64
    end: np.datetime64
    extended_to: np.datetime64
    premises: str
    grounds: str


@dataclass(frozen=True, slots=True)
class Planting:
    """The county so far. `taken` is the ground of the truths planted; `silent_district` the one from which an agency
    stops sending (-1: none).

    `later_wards` are the wards from May 2025 on and `later_ward_of_lsoa` which of them each LSOA lies in.
    """

    geography: Geography
    scene: Scene
    sites: Sites
    history: History
    later_wards: Areas
    later_ward_of_lsoa: Ints
    silent_district: int = -1
    taken: tuple[Spot, ...] = ()
    closures: tuple[Closure, ...] = ()
    truths: tuple[Truth, ...] = ()


def month_start(planting: Planting, number: int) -> np.datetime64:
    """The first day of a month of the history, numbered from 1."""
    month = planting.history.first_day.astype("datetime64[M]") + (number - 1)
    day: np.datetime64 = month.astype("datetime64[D]")
    return day


def month_end(planting: Planting, number: int) -> np.datetime64:
    """The last day of a month of the history, numbered from 1, or the history's last day."""
    before_next: np.datetime64 = month_start(planting, number + 1) - 1
    return min(before_next, planting.history.last_day)


def as_date(day: np.datetime64) -> date:
    """The day as Python's date."""
    return date.fromisoformat(str(day.astype("datetime64[D]")))


def moments(
    days: np.ndarray, count: int, rng: np.random.Generator, hours: tuple[float, float] = (14.0, 23.5)
) -> Minutes:
    """Instants on days of the list, as evenly spread over them as the count allows, within the hours."""
    if len(days) == 0:
        return np.zeros(0, dtype="datetime64[m]")
    rounds = [rng.permutation(len(days)) for _ in range(count // len(days) + 1)]
    chosen = np.sort(np.concatenate(rounds)[:count])
    minute = rng.integers(round(hours[0] * 60), round(hours[1] * 60), count).astype("timedelta64[m]")
    at: Minutes = days[chosen].astype("datetime64[m]") + minute
    return at


def each_month(
    planting: Planting,
    counts: Mapping[int, int],
    rng: np.random.Generator,
    hours: tuple[float, float] = (14.0, 23.5),
) -> Minutes:
    """Instants for so many happenings in each month (numbered from 1); of a month cut short, its part."""
    parts = [np.zeros(0, dtype="datetime64[m]")]
    for number, count in counts.items():
        days = np.arange(month_start(planting, number), month_end(planting, number) + 1)
        length = (month_start(planting, number + 1) - month_start(planting, number)).astype(np.int64)
        parts.append(moments(days, round(count * len(days) / float(length)), rng, hours))
    return np.concatenate(parts)


def last_days(planting: Planting, count: int) -> np.ndarray:
    """The last days of the history, oldest first."""
    return np.arange(planting.history.last_day - count + 1, planting.history.last_day + 1)


def add(
    planting: Planting,
    stream: str,
    at: Minutes,
    segment: int | Ints,
    rng: np.random.Generator,
    *,
    also: tuple[str, ...] = (),
    child: Ints | None = None,
    prompt: bool = False,
    same_point: bool = False,
    centre: tuple[float, float] | None = None,
    **said: str,
) -> Planting:
    """The county with happenings of a stream added on a segment (or one for each), noted by it and by other feeds.

    Every note has its place and its hour. `prompt` notes are written down within six hours; `said` sets theme, kind
    or grade of the stream's own notes; with `same_point` other feeds copy the point and the minute. Without `child`
    each happening has a child of its own among those whom the stream knows. With `centre` (easting, northing) they lie
    round that point instead of the segment's middle.
    """
    history, count = planting.history, len(at)
    if count == 0:
        return planting
    events = _events(planting, stream, at, np.broadcast_to(np.asarray(segment), count), child, rng)
    if centre is not None:
        off_m = rng.uniform(-_ROUND_M, _ROUND_M, (2, count))
        events = replace(events, easting_m=centre[0] + off_m[0], northing_m=centre[1] + off_m[1])
    whole = joined([history.events, events])
    fresh = np.arange(len(history.events.at), len(whole.at))
    reports = dict(history.reports)
    for name in (stream, *also):
        notes = noted(whole, fresh, name, history.last_day, rng)
        if same_point:
            notes = replace(notes, at=at, easting_m=events.easting_m, northing_m=events.northing_m)
        certain = _certain(notes, prompt, said if name == stream else {}, history.last_day, rng)
        reports[name] = merged(reports[name], certain)
    return replace(planting, history=replace(history, events=whole, reports=reports))


def clear(planting: Planting, spot: Spot, streams: tuple[str, ...] | None = None) -> Planting:
    """The county without the notes that lie on a spot's ground (of the streams, or of all)."""
    reports = dict(planting.history.reports)
    for name in streams or tuple(reports):
        notes = reports[name]
        away = np.hypot(notes.easting_m - spot.easting_m, notes.northing_m - spot.northing_m) > spot.radius_m
        reports[name] = notes.take(away)
    return with_reports(planting, reports)


def with_reports(planting: Planting, reports: Mapping[str, Reports]) -> Planting:
    """The county with other notes of the same events."""
    return replace(planting, history=replace(planting.history, reports=reports))


def take_ground(planting: Planting, *spots: Spot) -> Planting:
    """The county with the spots kept from later truths."""
    return replace(planting, taken=(*planting.taken, *spots))


def with_truth(planting: Planting, truth: Truth) -> Planting:
    """The county with the truth told."""
    return replace(planting, truths=(*planting.truths, truth))


def _events(
    planting: Planting, stream: str, at: Minutes, segment: Ints, child: Ints | None, rng: np.random.Generator
) -> Events:
    count = len(at)
    easting_m, northing_m = _near_middle(planting.scene, segment, rng)
    out = rng.integers(_OUT_MIN // 2, _OUT_MIN * 2, count).astype("timedelta64[m]")
    known = len(planting.history.children.weight)
    others = rng.integers(0, known, count) if stream == "missing" else known + rng.integers(0, 90_000, count)
    return Events(
        stream=np.full(count, list(STREAMS).index(stream)),
        setting=np.zeros(count, dtype=np.int64),
        at=at,
        ended=at + out if stream == "missing" else np.full(count, np.datetime64("NaT", "m")),
        segment=segment.astype(np.int64),
        easting_m=easting_m,
        northing_m=northing_m,
        child=others if child is None else child,
    )


def _near_middle(scene: Scene, segment: Ints, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Points beside the middle forty metres either way of each segment."""
    half = scene.segments.length_m[segment] / 2.0
    along = half + np.clip(rng.uniform(-_REACH_M, _REACH_M, len(segment)), -0.9 * half, 0.9 * half)
    at = shapely.get_coordinates(shapely.line_interpolate_point(scene.segments.line[segment], along))
    beside = rng.uniform(-7.0, 7.0, (len(segment), 2))
    return at[:, 0] + beside[:, 0], at[:, 1] + beside[:, 1]


def _certain(
    notes: Reports, prompt: bool, said: Mapping[str, str], last_day: np.datetime64, rng: np.random.Generator
) -> Reports:
    count = len(notes.event)
    last = (last_day + 1).astype("datetime64[m]") - 1
    soon = np.minimum(notes.at + rng.integers(10, 360, count).astype("timedelta64[m]"), last)

    def word(name: str, before: Strings) -> Strings:
        return words([said[name]] * count) if name in said else before

    return replace(
        notes,
        placed=np.ones(count, dtype=np.bool_),
        day_only=np.zeros(count, dtype=np.bool_),
        reported_at=soon if prompt else notes.reported_at,
        flagged_at=soon if prompt else notes.flagged_at,
        theme=word("theme", notes.theme),
        kind=word("kind", notes.kind),
        grade=word("grade", notes.grade),
    )
