"""How each agency notes the county's events: when it writes them down, how well placed, how graded.

A feed's rows follow `Reports` one for one. What a report says in `theme`, `kind` and `grade` the feed writes as it
stands; where one is "", the feed is free to choose its words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from trigpoint.core.county.streams import (
    ALSO_NOTED,
    FLAGGED_LATE,
    GRADES,
    INTERVIEW,
    INTERVIEW_SHARE,
    STREAMS,
    THEMES,
    Stream,
)
from trigpoint.core.county.tables import Bools, Floats, Ints, Minutes, Strings

if TYPE_CHECKING:
    from trigpoint.core.county.events import Events

_LONGEST_WORD = "U24"


@dataclass(frozen=True, slots=True)
class Reports:
    """One feed's notes of events, in order of time: parallel arrays. `event` indexes Events.

    `own` is False where the event belongs to another stream; `placed` is False where the note has no usable
    place; `day_only` where it has no hour. Metres of EPSG:27700. `reported_at` is when the agency wrote it down
    (never before `at`, never after the last day); `flagged_at` when its flag for exploitation was set, if it ever
    was (at `reported_at`, or a month and more later for a fifth of the crimes; may lie beyond the last day).

    `theme` is what the note says it is about (CSE, CCE, CL, weapons, gangs, cuckooing, trafficking; "" where the
    stream does not say), `kind` the agency's own class for it (a Home Office code for a crime, a category for
    antisocial behaviour, a school's concern; "" nearly always), `grade` source/assessment/handling as 2/C/P
    (intelligence only).
    """

    event: Ints
    at: Minutes
    easting_m: Floats
    northing_m: Floats
    own: Bools
    placed: Bools
    day_only: Bools
    reported_at: Minutes
    flagged_at: Minutes
    theme: Strings
    kind: Strings
    grade: Strings

    def take(self, chosen: NDArray[np.intp] | Bools) -> Reports:
        """The chosen reports."""
        return Reports(*(getattr(self, name)[chosen] for name in Reports.__slots__))


def make_reports(events: Events, last_day: np.datetime64, rng: np.random.Generator) -> dict[str, Reports]:
    """Every feed's notes of the events, by stream name and "interview"."""
    chosen = {name: [np.flatnonzero(events.stream == index)] for index, name in enumerate(STREAMS)}
    for source, noted_by, share in ALSO_NOTED:
        own = chosen[source][0]
        chosen[noted_by].append(own[rng.random(len(own)) < share])
    reports = {
        name: noted(events, np.unique(np.concatenate(chosen[name])), name, last_day, rng) for name in STREAMS
    }
    episodes = chosen["missing"][0]
    episodes = episodes[rng.random(len(episodes)) < INTERVIEW_SHARE]
    reports["interview"] = noted(events, episodes, "interview", last_day, rng)
    return reports


def noted(
    events: Events, chosen: Ints, name: str, last_day: np.datetime64, rng: np.random.Generator
) -> Reports:
    """One feed's notes of the chosen events; another stream's event is noted some minutes and metres off."""
    stream = INTERVIEW if name == "interview" else STREAMS[name]
    own = events.stream[chosen] == list(STREAMS).index("missing" if name == "interview" else name)
    count = len(chosen)
    late = np.where(own, 0, rng.integers(-20, 40, count)).astype("timedelta64[m]")
    off_m = np.where(own, 0.0, rng.uniform(0.0, 25.0, count))
    angle = rng.uniform(0.0, 2.0 * np.pi, count)
    last = (last_day + 1).astype("datetime64[m]") - 1
    at = np.clip(events.at[chosen] + late, (last_day - 10_000).astype("datetime64[m]"), last)
    known = np.where(np.isnat(events.ended[chosen]), at, events.ended[chosen]) if name == "interview" else at
    reported = np.minimum(known + _delays(stream, count, rng), last)
    reports = Reports(
        event=chosen,
        at=at,
        easting_m=events.easting_m[chosen] + off_m * np.cos(angle),
        northing_m=events.northing_m[chosen] + off_m * np.sin(angle),
        own=own,
        placed=rng.random(count) >= stream.unplaced,
        day_only=rng.random(count) < stream.day_only,
        reported_at=reported,
        flagged_at=_flagged(reported, rng) if name == "crime" else reported,
        theme=_words(THEMES.get(name, {}), count, rng),
        kind=np.full(count, "", dtype=_LONGEST_WORD),
        grade=_words(GRADES if name == "intelligence" else {}, count, rng),
    )
    return reports.take(np.argsort(at, kind="stable"))


def merged(one: Reports, other: Reports) -> Reports:
    """Two sets of notes of one feed in order of time."""
    both = Reports(
        *(np.concatenate([getattr(one, name), getattr(other, name)]) for name in Reports.__slots__)
    )
    return both.take(np.argsort(both.at, kind="stable"))


def words(values: list[str] | NDArray[Any]) -> Strings:
    """Words of a report as its arrays keep them, wide enough that none is cut short when notes are joined."""
    return np.asarray(values, dtype=_LONGEST_WORD)


def _delays(stream: Stream, count: int, rng: np.random.Generator) -> NDArray[np.timedelta64]:
    median_h, spread, very_late = stream.delay
    minutes = 60.0 * median_h * np.exp(rng.normal(0.0, spread, count))
    month_late = rng.random(count) < very_late
    minutes = np.where(month_late, 1440.0 * rng.uniform(30, 120, count), minutes)
    return minutes.astype(np.int64).astype("timedelta64[m]")


def _flagged(reported: Minutes, rng: np.random.Generator) -> Minutes:
    late = rng.random(len(reported)) < FLAGGED_LATE
    days = np.where(late, rng.uniform(30, 120, len(reported)), 0.0)
    flagged: Minutes = reported + (days * 1440).astype(np.int64).astype("timedelta64[m]")
    return flagged


def _words(choices: Mapping[str, float], count: int, rng: np.random.Generator) -> Strings:
    """Words drawn by weight; all "" where there is no choice."""
    if not choices:
        return np.full(count, "", dtype=_LONGEST_WORD)
    weights = np.array(list(choices.values()), dtype=np.float64)
    return words(np.array(list(choices))[rng.choice(len(choices), size=count, p=weights / weights.sum())])
