"""Who sent what, feed by month."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from trigpoint.gate.answers import Answer
from trigpoint.web.presenters.plain import mapping_list, whole, words
from trigpoint.web.presenters.words import counted

NO_BREAK = "\N{NON-BREAKING HYPHEN}"


@dataclass(frozen=True, slots=True)
class FeedRow:
    """`received` by month; None where nothing came in that month."""

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
    return CoveragePage(
        sentence=_sentence(len(rows), len(months), silent),
        months=tuple(month.replace("-", NO_BREAK) for month in months),
        rows=rows,
        cannot_show=(*_outside(answer), *(str(one["sentence"]) for one in mapping_list(answer.about["why"]))),
    )


def _outside(answer: Answer) -> tuple[str, ...]:
    n = int(str(answer.about["unplaced"]))
    return (
        (f"{counted(n, 'record lies', 'records lie')} in no district and cannot be shown here.",) if n else ()
    )


def _row(name: str, by_month: Mapping[str, int], months: tuple[str, ...]) -> FeedRow:
    received = tuple(by_month.get(month, 0) or None for month in months)
    return FeedRow(name, received, sum(n or 0 for n in received))


def _sentence(feeds: int, months: int, silent: int) -> str:
    if feeds == 0 or months == 0:
        return "Nothing has been published that you may see."
    if silent == 0:
        return "Every feed has sent something for every month."
    return f"{silent:,} of {feeds * months:,} months are silent. Silent is not the same as quiet."
