"""Which records an evaluation counts: those of feeds that sent throughout its months, before the start and after it.

A feed that fell silent where the work was looks like a success, and one that fell silent where it is compared with hides
one. So it is left out on both sides, everywhere; and where only other districts are silent, they are not compared with.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from trigpoint.core.tally import by_unit
from trigpoint.gate.asked import EPOCH, LONDON, Asked
from trigpoint.gate.change_panel import EVERYWHERE, LeftOut, breaks_between, every_history, interrupted_feeds
from trigpoint.gate.denial import QuestionError
from trigpoint.gate.kinds.evaluation_ground import MOST_PRIOR, Ground, Months, months_about, moved
from trigpoint.gate.tested import TestedRecords, county_wide, tested_records
from trigpoint.store.questions import Selection

__all__ = ["Counted", "NothingLeft", "all_time", "counted", "months_over", "start_of", "what_was_sent"]

_STARTED = 0.25
_SPARED = 2
"""A feed silent in one district of so many, or more of them, is left out: else too few would be left to compare with."""
NOT_PLANNED_FEED = "not planned"
NOT_PLANNED_WORDS = " is not among the feeds that the plan was locked with."


class NothingLeft(QuestionError):
    """No feed sent throughout the months that would be compared."""


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """The records compared and their months; `windows` are the months before and after, `asked` asks for the feeds kept.

    `left_out` says which feeds are not counted at all, `not_compared` in which districts no place is compared with (they
    are `passed_over` on the ground), `earlier` which of the feeds kept were interrupted before the windows began, and
    `broken` what began to count otherwise in the windows, in words.
    """

    asked: Asked
    ground: Ground
    tested: TestedRecords
    months: Months
    windows: tuple[int, int]
    left_out: tuple[LeftOut, ...]
    not_compared: tuple[LeftOut, ...]
    earlier: tuple[LeftOut, ...]
    broken: tuple[str, ...]


def counted(
    asked: Asked, ground: Ground, fixed: NDArray[np.intp], planned: frozenset[str] | None = None
) -> Counted:
    """The records of the question, whose start is given. `fixed` are the controls of a plan (positions on the ground)
    and `planned` the codes of the feeds it was made from. Raises NothingLeft where every feed was interrupted.

    Leaving one feed out may move the months that the others cover: so it is asked again until nothing more falls out.
    """
    judged, left_out = _districts(ground, fixed), list[LeftOut]()
    while True:
        now = _without(asked, left_out)
        tested = tested_records(now, ground.units, "day", selection=all_time(now))
        months = _months(start_of(asked), months_over(asked), tested)
        windows = (min(asked.question.months, months.start), min(asked.question.months, months.after))
        telling = _telling(tested, months)
        if left_out and not telling:
            raise NothingLeft(_nothing_left(left_out))
        gaps = _gaps(asked, months, windows, telling)
        more = [*_unplanned(asked, telling, planned), *_hitting(asked, gaps, judged)]
        if not more:
            break
        left_out += more
    beside = _with_passed_over(ground, gaps)
    earlier = [one for one in _gaps(asked, months, (months.start, 0), telling) if _hits(one, judged)]
    return Counted(
        now,
        beside,
        tested,
        months,
        windows,
        tuple(left_out),
        tuple(gaps),
        tuple(earlier),
        _breaks(now, months, windows, telling),
    )


def start_of(asked: Asked) -> date:
    """The day the work began. Raises QuestionError where the question does not say, or gives a period beside it."""
    if asked.question.start is None:
        raise QuestionError("Say on which day the work began: start=YYYY-MM-DD.")
    if asked.question.period_from or asked.question.period_to:
        raise QuestionError("An evaluation takes its time from its start: leave out 'from' and 'to'.")
    return asked.question.start


def months_over(asked: Asked) -> int:
    """How many of the months after the start that the question names are over on the day it is asked.

    Records of later months are known only where an earlier day is played: a plan locked then must not rest on them.
    """
    start, today = start_of(asked), asked.at.astimezone(LONDON).date()
    after = range(1, asked.question.months + 1)
    return sum(moved(start, step) <= today for step in after)


def all_time(asked: Asked) -> Selection:
    """The question's selection over the whole county, whatever its period: the start says what is before and after."""
    return replace(county_wide(asked), from_day=None, to_day=None)


def what_was_sent(asked: Asked) -> tuple[tuple[str, bytes, bytes], ...]:
    """What decides which feeds are left out, beside the records: for the key of a run. What is due hangs on the day."""
    told = every_history(asked)
    return tuple(
        (one.feed.code, one.due.tobytes(), np.round(np.nan_to_num(one.found.silent), 6).tobytes())
        for one in told.feeds
    )


def _without(asked: Asked, left_out: list[LeftOut]) -> Asked:
    """The same question of the feeds that are kept."""
    if not left_out:
        return asked
    out, chosen = {one.feed for one in left_out}, asked.selection.feeds
    kept = tuple(
        one.feed for one in asked.permitted if one.feed not in out and (not chosen or one.feed in chosen)
    )
    if not kept:
        raise NothingLeft(_nothing_left(left_out))
    return replace(asked, selection=replace(asked.selection, feeds=kept))


def _nothing_left(left_out: list[LeftOut]) -> str:
    why = " ".join(sorted({one.sentence for one in left_out}))
    return f"No feed sent these records throughout the months before and after, so that nothing can be compared. {why}"


def _districts(ground: Ground, fixed: NDArray[np.intp]) -> frozenset[int]:
    """Dense ids of the districts of the treated places, of a plan's controls and of the rings round both."""
    places = np.concatenate([ground.treated, fixed])
    units = ground.circle(places) | ground.ring(places)
    return frozenset(ground.units.districts(ground.ids[units]).tolist()) - {EVERYWHERE}


def _telling(tested: TestedRecords, months: Months) -> frozenset[int]:
    """Dense ids of the feeds that told any of the records in the months."""
    month = months.of(tested.told_by["day"].astype(np.int64))
    inside = (month >= 0) & (month < len(months.edges) - 1)
    return frozenset(np.unique(tested.told_by["feed"][inside]).tolist())


def _gaps(asked: Asked, months: Months, windows: tuple[int, int], telling: frozenset[int]) -> list[LeftOut]:
    """Where and when the feeds that tell of these records did not send, in the months compared."""
    periods = _periods(months, windows)
    return [one for one in interrupted_feeds(asked, periods) if one.feed in telling] if periods else []


def _breaks(
    asked: Asked, months: Months, windows: tuple[int, int], telling: frozenset[int]
) -> tuple[str, ...]:
    """What began to count otherwise in the months compared, of the feeds that tell of these records: similar places changed
    with it, but only as far as they hold the same records."""
    periods, themes = _periods(months, windows), set(asked.question.themes)
    codes = {one.code for one in asked.version.vocabulary.feeds if one.id in telling}
    return tuple(
        f"{one.title.rstrip('.')}, {'about ' if one.about else ''}{one.day.day} {one.day:%B %Y}"
        for one in (breaks_between(asked, periods) if periods else ())
        if (not one.feeds or codes & set(one.feeds))
        and not (themes and one.themes and not themes & set(one.themes))
    )


def _periods(months: Months, windows: tuple[int, int]) -> tuple[tuple[date, date], tuple[date, date]] | None:
    """The months before and after as days; one of them twice where there is no other, None where there is neither."""
    before, after = windows
    first, start, end = (
        EPOCH + timedelta(days=int(months.edges[months.start + step])) for step in (-before, 0, after)
    )
    if first == end:
        return None
    return (first, start) if before else (start, end), (start, end) if after else (first, start)


def _unplanned(asked: Asked, telling: frozenset[int], planned: frozenset[str] | None) -> Iterator[LeftOut]:
    """The feeds that a plan was not made from: shared since, or left out of it."""
    for one in asked.version.vocabulary.feeds if planned is not None else ():
        if one.id in telling and planned is not None and one.code not in planned:
            words = f"{one.name}{NOT_PLANNED_WORDS}"
            yield LeftOut(one.id, one.code, EVERYWHERE, 0, NOT_PLANNED_FEED, words)


def _hitting(asked: Asked, gaps: list[LeftOut], judged: frozenset[int]) -> Iterator[LeftOut]:
    """The gaps for which a feed is left out: where the work was, or in so much of the county that little else is left."""
    districts = asked.version.areas("district")
    for feed in sorted({one.feed for one in gaps}):
        own = [one for one in gaps if one.feed == feed]
        hit = [one for one in own if _hits(one, judged)]
        if not hit and _SPARED * len(own) >= len(districts.codes):
            name = next(one.name for one in asked.version.vocabulary.feeds if one.id == feed)
            words = f"{name} was silent in {len(own)} of {len(districts.codes)} districts."
            hit = [replace(own[0], district=EVERYWHERE, sentence=words)]
        yield from hit


def _hits(one: LeftOut, judged: frozenset[int]) -> bool:
    return one.district == EVERYWHERE or one.district in judged


def _with_passed_over(ground: Ground, gaps: list[LeftOut]) -> Ground:
    """The ground on which no unit of those districts is compared with."""
    districts = sorted({one.district for one in gaps})
    return replace(ground, passed_over=np.isin(ground.units.districts(ground.ids), districts))


def _months(start: date, wanted: int, tested: TestedRecords) -> Months:
    """The months that records cover, up to MOST_PRIOR before the start and as many after it as are asked for.

    Months with hardly a record in the county are from before its feeds began, or have not been sent yet; a month that
    is not over by the last record is no month after. Before a start that is still to come stands the last month known.
    """
    day = tested.columns["day"].astype(np.int64)
    last = int(day.max()) if day.size else (start - EPOCH).days - 1
    anchor, later = start, 0
    while (anchor - EPOCH).days > last + 1:
        later += 1
        anchor = moved(start, -later)
    whole = months_about(anchor, MOST_PRIOR, 0 if later else wanted)
    month = whole.of(day)
    held = by_unit(np.where(month < len(whole.edges) - 1, month, -1), len(whole.edges) - 1)[0]
    usual = held[:MOST_PRIOR][held[:MOST_PRIOR] > 0]
    thin = held < _STARTED * (float(np.median(usual)) if usual.size else 1.0)
    over = int(np.searchsorted(whole.edges, last + 1, side="right")) - 1 - MOST_PRIOR
    sent = whole.after - _leading(thin[MOST_PRIOR:][::-1])
    return months_about(anchor, MOST_PRIOR - _leading(thin[:MOST_PRIOR]), min(over, sent))


def _leading(thin: NDArray[np.bool_]) -> int:
    """How many of the first are thin."""
    return len(thin) if thin.all() else int(np.argmin(thin))
