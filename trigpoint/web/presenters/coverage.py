"""Who sent what, feed by month."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median_low

from trigpoint.gate.answers import Answer
from trigpoint.gate.reasons import UNPLACED, told_why
from trigpoint.web.presenters.plain import mapping_list, whole, words
from trigpoint.web.presenters.words import counted

LEAST_DELIVERIES = 3
NO_BREAK = "\N{NON-BREAKING HYPHEN}"


@dataclass(frozen=True, slots=True)
class FeedRow:
    """`received` by month; 0 where nothing was due in that month, None where it is silent."""

    name: str
    received: tuple[int | None, ...]
    total: int


@dataclass(frozen=True, slots=True)
class CoveragePage:
    sentence: str
    months: tuple[str, ...]
    rows: tuple[FeedRow, ...]
    cannot_show: tuple[str, ...]


def coverage_page(answer: Answer) -> CoveragePage:
    """Districts are added together; a feed with nothing at all is still listed."""
    received: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    columns = answer.columns
    for feed, month, n in zip(
        words(columns["feed"]), words(columns["month"]), whole(columns["received"]), strict=True
    ):
        received[feed][month] += n
    months = tuple(sorted({month for by_month in received.values() for month in by_month}))
    feeds = mapping_list(answer.about["feeds"])
    rows = tuple(_row(str(one["name"]), received[str(one["code"])], months) for one in feeds)
    silent = sum(n is None for row in rows for n in row.received)
    due = sum(n != 0 for row in rows for n in row.received)
    return CoveragePage(
        sentence=_sentence(due, silent),
        months=tuple(month.replace("-", NO_BREAK) for month in months),
        rows=rows,
        cannot_show=(*_outside(answer), *_silence(answer), *_refusals(answer)),
    )


def _silence(answer: Answer) -> tuple[str, ...]:
    return (str(answer.about["silence"]),) if "silence" in answer.about else ()


def _refusals(answer: Answer) -> tuple[str, ...]:
    return tuple(one["sentence"] for one in told_why(answer.about) if one["code"] != UNPLACED)


def _outside(answer: Answer) -> tuple[str, ...]:
    n = int(str(answer.about["unplaced"]))
    return (
        (f"{counted(n, 'record lies', 'records lie')} in no district and cannot be shown here.",) if n else ()
    )


def _row(name: str, by_month: Mapping[str, int], months: tuple[str, ...]) -> FeedRow:
    counts = [by_month.get(month, 0) for month in months]
    silent = silent_months(counts)
    received = tuple(None if quiet else n for n, quiet in zip(counts, silent, strict=True))
    return FeedRow(name, received, sum(counts))


def silent_months(counts: Sequence[int]) -> list[bool]:
    """Which of a feed's successive months are silent: empty, and in a longer wait than the feed's usual one.

    The usual wait is the median of months from one delivery to the next, the shorter of two middle ones; one month
    with fewer than three deliveries to tell it from. Before the first and after the last, only months beyond the
    usual wait are silent; a feed that never sent is silent throughout.
    """
    sent = [month for month, n in enumerate(counts) if n]
    waits = [later - earlier for earlier, later in pairwise(sent)]
    usual = median_low(waits) if len(sent) >= LEAST_DELIVERIES else 1
    silent = [n == 0 for n in counts]
    if not sent:
        return silent
    for earlier, wait in zip(sent, waits, strict=False):
        if wait <= usual:
            silent[earlier : earlier + wait] = [False] * wait
    silent[max(sent[0] - usual + 1, 0) : sent[0]] = [False] * min(usual - 1, sent[0])
    after = min(usual, len(counts) - sent[-1])
    silent[sent[-1] : sent[-1] + after] = [False] * after
    return silent


def _sentence(due: int, silent: int) -> str:
    if due == 0:
        return "Nothing has been published that you may see."
    if silent == 0:
        return "Every feed has sent something for every month in which it was due."
    return (
        f"Counting one for each feed in each month it was due, {silent:,} of {due:,} "
        f"{'is' if silent == 1 else 'are'} silent. Silent is not the same as quiet."
    )
