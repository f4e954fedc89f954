"""Closures that changed nothing, judged as a page judges them: where, when and among what records they are invented.

In an invented town records are single, or come in runs (one child's episodes), or every place has a season of its own, or
what a feed counts changes, or a small feed falls silent and nobody notices. A finished county has all of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from math import sqrt
from typing import Any, Literal, cast

import numpy as np
from numpy.typing import NDArray

from tests.factories import null_worlds
from tests.factories.null_worlds import Size, null_world
from trigpoint.core.analysis.nearby_counts import circles, month_counts
from trigpoint.core.sharing.viewer import Viewer
from trigpoint.gate.ask import ask, decided, home_desk
from trigpoint.gate.asked import LONDON
from trigpoint.gate.kinds.evaluation_counted import Counted, all_time
from trigpoint.gate.kinds.evaluation_ground import MOST_PRIOR, Ground, Months, ground_of, months_about
from trigpoint.gate.kinds.evaluation_run import Found, judged
from trigpoint.gate.kinds.evaluation_words import sentence_of
from trigpoint.gate.questions import question_from_words
from trigpoint.gate.show import rows
from trigpoint.gate.tested import tested_records

__all__ = [
    "CHOICES",
    "WORLDS",
    "Choice",
    "Closure",
    "Town",
    "World",
    "closure_at",
    "county",
    "judge",
    "reduced",
    "town",
]

Ints = NDArray[np.int64]
World = Literal["single", "in runs", "own seasons", "a break", "unnoticed silence"]
WORLDS: tuple[World, ...] = ("single", "in runs", "own seasons", "a break", "unnoticed silence")
Choice = Literal["any", "busiest", "highest"]
CHOICES: tuple[Choice, ...] = ("any", "busiest", "highest")
"""Any place with LEAST_BEFORE records; one of the BUSIEST; one of those that lately rose most above their own past."""

RADIUS_M, BUFFER_M = 150.0, 250.0
LEAST_BEFORE, BUSIEST, RUN = 6, 0.05, 3
LONG = 36
TELLS = ("more than chance explains", "% of the fall moved there", "or more, arose there")
"""Words by which a sentence tells a change."""
PLANTED = (0.3, 0.5)
LEVEL, NORMAL_95 = 0.05, 1.96
RUN_OF = 4.0
"""Records of a run, on average; they lie within three months."""


@dataclass(frozen=True, slots=True, eq=False)
class Town:
    """The ground, and the records of each unit in the months about a start drawn by chance: int64[units, months]."""

    ground: Ground
    about: Callable[[int, np.random.Generator], tuple[Months, Ints]]


@dataclass(frozen=True, slots=True, eq=False)
class Closure:
    """A closure of which nothing came: its place (a position on the ground), months and counts."""

    ground: Ground
    months: Months
    windows: tuple[int, int]
    counts: Ints


def town(world: World, size: Size, rng: np.random.Generator) -> Town:
    """An invented town of streets, three years long, in which nothing works."""
    land = null_worlds.ground_of("street", size)
    share = null_world("clustered", land, 1, rng).share
    counts = _counts(world, share * size.records, land.sector, rng)

    def about(months: int, draw: np.random.Generator) -> tuple[Months, Ints]:
        start = int(draw.integers(MOST_PRIOR, LONG - months + 1))
        first = start - int(draw.choice([15, MOST_PRIOR]))
        held = counts[:, first : start + months]
        return Months(np.arange(held.shape[1] + 1), start - first, first % 12), held

    kind = np.zeros(land.units, dtype=np.int64)
    return Town(_ground(np.arange(land.units), land.easting_m, land.northing_m, kind), about)


def _counts(world: World, yearly: NDArray[np.float64], sector: Ints, rng: np.random.Generator) -> Ints:
    """Records of each unit and month; `yearly` is what is expected of each in a year."""
    usual = np.repeat(yearly[:, None] / 12.0, LONG, axis=1)
    month = np.arange(LONG)
    if world == "own seasons":
        high = rng.integers(0, 12, len(yearly))[:, None]
        usual = usual * (1.0 + 0.4 * np.cos(2.0 * np.pi * (month - high) / 12.0))
    if world == "in runs":
        begun = rng.poisson(usual / RUN_OF)
        sizes = rng.negative_binomial(np.maximum(begun, 1), 1.0 / RUN_OF) * (begun > 0) + begun
        counts = np.zeros_like(sizes)
        for later, part in enumerate(rng.multinomial(sizes, [1 / 3] * 3).transpose(2, 0, 1)):
            counts[:, later:] += part[:, : LONG - later]
        return counts.astype(np.int64)
    feed = rng.beta(4.0, 4.0, len(yearly))[:, None] if world == "a break" else np.full((len(yearly), 1), 0.05)
    factor = np.ones_like(usual)
    if world == "a break":
        factor[:, LONG - 10 :] = 1.5
    if world == "unnoticed silence":
        factor[(sector == rng.integers(sector.max() + 1)), LONG - 9 :] = 0.0
    return rng.poisson(usual * (1.0 - feed)) + rng.poisson(usual * feed * factor)


def county(told: dict[str, Any]) -> Town:
    """A finished county: unit and day of every record tested, and where its units lie (`of_home`)."""
    unit, day = told["unit"], told["day"]
    first, last = (date(1970, 1, 1) + timedelta(days=int(one)) for one in (day.min(), day.max()))

    def about(months: int, draw: np.random.Generator) -> tuple[Months, Ints]:
        earliest = first.toordinal() + 366 + 31
        start = date.fromordinal(int(draw.integers(earliest, last.toordinal() - 31 * months)))
        whole = months_about(start, MOST_PRIOR, months)
        before = int(np.sum(whole.edges[:MOST_PRIOR] >= int(day.min()) - 3))
        found = months_about(start, before, months)
        return found, month_counts(unit, found.of(day), len(told["kind"]), len(found.edges) - 1).counts

    return Town(
        _ground(np.arange(len(told["kind"])), told["easting_m"], told["northing_m"], told["kind"]), about
    )


def _ground(ids: Ints, easting_m: NDArray[np.float64], northing_m: NDArray[np.float64], kind: Ints) -> Ground:
    return Ground(
        units=cast(Any, None), ids=ids, easting_m=easting_m, northing_m=northing_m, kind=kind,
        around=circles(easting_m, northing_m, RADIUS_M), treated=np.zeros(1, dtype=np.intp),
        place_of=np.zeros(1, dtype=np.int64), radius_m=RADIUS_M, buffer_m=BUFFER_M,
        passed_over=np.zeros(len(ids), dtype=bool),
    )  # fmt: skip


def closure_at(where: Town, choice: Choice, months: int, rng: np.random.Generator) -> Closure:
    """A start and a place drawn by chance: of all, of the busiest, or of those that stood highest above their own past."""
    when, counts = where.about(months, rng)
    windows = (min(months, when.start - 1), months)
    past = np.asarray(where.ground.around @ counts[:, : when.start])
    held = past[:, -windows[0] :].sum(axis=1)
    if choice == "highest":
        run, usual = past[:, -RUN:].sum(axis=1), past[:, :-RUN].mean(axis=1) * RUN
        held = np.where(held >= LEAST_BEFORE, (run - usual) / np.sqrt(np.maximum(usual, 1.0)), -np.inf)
    worst = np.argsort(-held, kind="stable")[: max(int(BUSIEST * len(held)), 5)]
    at = int(rng.choice(np.flatnonzero(held >= LEAST_BEFORE) if choice == "any" else worst))
    ground = replace(where.ground, treated=np.array([at], dtype=np.intp))
    return Closure(ground, when, windows, counts)


def reduced(closed: Closure, share: float, rng: np.random.Generator) -> Closure:
    """The same with a real effect: each record at the place after the start is gone with the chance `share`."""
    counts, here = closed.counts.copy(), closed.ground.circle(closed.ground.treated)
    after = counts[here, closed.months.start :]
    counts[here, closed.months.start :] = rng.binomial(after, 1.0 - share)
    return replace(closed, counts=counts)


def judge(closed: Closure) -> Found:
    """As the gate judges it once its records are counted."""
    prior = closed.counts[:, : closed.months.start]
    records = Counted(
        cast(Any, None), closed.ground, cast(Any, None), closed.months, closed.windows, (), (), (), ()
    )
    rng = np.random.default_rng(0)
    return judged(records, (prior, closed.counts), True, None, 1, rng, lambda *_: None)


def one_closure(where: Town, choice: Choice, months: int, rng: np.random.Generator) -> dict[str, Any]:
    """What is said of one closure with no effect, and of the same with effects of known size."""
    closed = closure_at(where, choice, months, rng)
    found = judge(closed)
    evaluation = found.evaluation
    difference = evaluation.displacement if evaluation is not None else None
    said = {"verdict": evaluation.verdict if evaluation is not None else "", "tells": tells(found)}
    if difference is None or difference.buffer is None:
        return {**said, "compared": False}
    place, ring = (sqrt(one) for one in found.spread.errors)
    seen = found.before
    least = seen.fall / seen.expected if seen.possible else 0.0
    planted = {f"{share:.0%}": share for share in PLANTED} | ({"promised": least} if least else {})
    return {
        **said,
        "compared": True,
        "poisson": bool(abs(difference.local.z) * place > NORMAL_95),
        "ring": bool(difference.buffer.p <= LEVEL),
        "ring_poisson": bool(abs(difference.buffer.z) * ring > NORMAL_95),
        "smallest": least,
        "seen": {name: fell(judge(reduced(closed, share, rng))) for name, share in planted.items()},
    }


def tells(found: Found) -> bool:
    """Whether the sentence that is read out tells a change."""
    said = sentence_of(found)
    return any(words in said for words in TELLS)


def fell(found: Found) -> bool:
    """Whether it tells a fall."""
    return tells(found) and found.evaluation is not None and found.evaluation.verdict != "rose"


def of_home() -> dict[str, Any]:
    """Every record that the analyst of this home may test, and where its streets lie."""
    at, viewer = datetime.now(LONDON), Viewer(user="analyst", agency="", role="analyst", purpose="meeting")
    notices = rows(ask(viewer, question_from_words("notices", {}), at).columns)
    closed = next(one for one in notices if one["kind"] == "closure" and one["place"])
    words = {"level": "street", "around": closed["place"], "start": closed["starts"]}
    asked = decided(viewer, question_from_words("evaluation", words), at, home_desk(at))
    ground = ground_of(asked, 150.0, 250.0)
    tested = tested_records(asked, ground.units, "day", selection=all_time(asked))
    place = np.full(ground.units.size + 1, -1, dtype=np.int64)
    place[ground.ids] = np.arange(len(ground.ids))
    return {
        "unit": place[tested.unit],
        "day": tested.columns["day"].astype(np.int64),
        "easting_m": ground.easting_m,
        "northing_m": ground.northing_m,
        "kind": ground.kind,
    }
