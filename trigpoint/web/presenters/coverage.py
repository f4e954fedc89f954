"""Who sent what, feed by month: of one district, or of all of them together."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median_low

from trigpoint.gate.answers import Answer
from trigpoint.gate.reasons import UNPLACED, told_why
from trigpoint.web.presenters.plain import mapping_list, whole, words
from trigpoint.web.presenters.words import counted

LEAST_DELIVERIES = 3
MOST_MONTHS = 13
SILENT, PART, LATE = "silent", "part silent", "not due"
LEGEND = (
    ("received", "Records came, as many as usual or more."),
    ("low", "Records came, but chance would seldom give so few."),
    (PART, "Some districts are silent, others sent."),
    (SILENT, "Nothing came, and something was to be expected. Silent is not quiet."),
    ("quiet", "Nothing came. Chance could do that."),
    ("closed", "The feed never sends in this month."),
    (LATE, "A month between deliveries, or one not yet to be expected."),
    ("cannot tell", "Nothing came, and there is too little to compare with."),
)
CSS = {PART: "part", LATE: "not-due", "cannot tell": "unknown"}


@dataclass(frozen=True, slots=True)
class Cell:
    """One feed in one month. `words` says what the mark says, for those who cannot see it."""

    received: int
    state: str
    css: str
    words: str


@dataclass(frozen=True, slots=True)
class FeedRow:
    code: str
    name: str
    agency: str
    cells: tuple[Cell, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Month:
    name: str
    year: int


@dataclass(frozen=True, slots=True)
class Mark:
    css: str
    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class CoveragePage:
    sentence: str
    months: tuple[Month, ...]
    rows: tuple[FeedRow, ...]
    legend: tuple[Mark, ...]
    cannot_show: tuple[str, ...]
    earlier: int


def coverage_page(
    answer: Answer, agencies: Mapping[str, str], *, district: str, whole_span: bool
) -> CoveragePage:
    """`district` is a code, or empty for all of them; without `whole_span`, the last MOST_MONTHS months."""
    told = _told(answer, district)
    months = tuple(sorted({month for _, month in told}))
    shown = months if whole_span else months[-MOST_MONTHS:]
    feeds = mapping_list(answer.about["feeds"])
    rows = tuple(_row(one, told, months, shown, agencies) for one in feeds)
    cells = [cell for row in rows for cell in row.cells]
    used = {cell.state for cell in cells}
    return CoveragePage(
        sentence=_sentence(cells),
        months=tuple(Month(f"{_day(month):%b}", _day(month).year) for month in shown),
        rows=rows,
        legend=tuple(Mark(CSS.get(code, code), code, text) for code, text in LEGEND if code in used),
        cannot_show=(*_outside(answer), *_silence(answer), *_refusals(answer)),
        earlier=len(months) - len(shown),
    )


@dataclass(frozen=True, slots=True)
class _Told:
    received: int
    states: tuple[str, ...]


def _told(answer: Answer, district: str) -> dict[tuple[str, str], _Told]:
    """What is told of each feed and month, over the district or all of them."""
    columns = answer.columns
    states: Iterable[str] = words(columns["state"]) if "state" in columns else ("" for _ in columns["feed"])
    found: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
    for feed, where, month, n, state in zip(
        words(columns["feed"]),
        words(columns["district"]),
        words(columns["month"]),
        whole(columns["received"]),
        states,
        strict=True,
    ):
        if district in ("", where):
            found[feed, month].append((n, state))
    return {
        at: _Told(sum(n for n, _ in each), tuple(state for _, state in each)) for at, each in found.items()
    }


def _row(
    feed: Mapping[str, object],
    told: Mapping[tuple[str, str], _Told],
    months: Sequence[str],
    shown: Sequence[str],
    agencies: Mapping[str, str],
) -> FeedRow:
    code = str(feed["code"])
    each = [told.get((code, month), _Told(0, ())) for month in months]
    silent = silent_months([one.received for one in each])
    cells = [_cell(one, quiet) for one, quiet in zip(each, silent, strict=True)][len(months) - len(shown) :]
    agency = str(feed.get("agency", ""))
    return FeedRow(
        code=code,
        name=str(feed["name"]),
        agency=agencies.get(agency, agency),
        cells=tuple(cells),
        total=sum(cell.received for cell in cells),
    )


def _cell(told: _Told, silent: bool) -> Cell:
    known = {state for state in told.states if state}
    state = together(known, told.received) if known else _by_waits(told.received, silent)
    number = f"{told.received:,}"
    words_of = {"received": number, "low": f"{number}, few", PART: f"{number}, part silent"}
    return Cell(told.received, state, CSS.get(state, state), words_of.get(state, state))


def together(states: Collection[str], received: int) -> str:
    """One word for several districts: silence in some of them is never hidden by what others sent."""
    if len(states) == 1:
        return next(iter(states))
    if SILENT in states:
        return PART if received else SILENT
    for state in ("low", "received", "quiet", "closed", "cannot tell"):
        if state in states and (received or state not in ("low", "received")):
            return state
    return LATE


def _by_waits(received: int, silent: bool) -> str:
    return "received" if received else SILENT if silent else LATE


def _day(month: str) -> date:
    return date(int(month[:4]), int(month[5:7]), 1)


def _silence(answer: Answer) -> tuple[str, ...]:
    return (str(answer.about["silence"]),) if "silence" in answer.about else ()


def _refusals(answer: Answer) -> tuple[str, ...]:
    return tuple(one["sentence"] for one in told_why(answer.about) if one["code"] != UNPLACED)


def _outside(answer: Answer) -> tuple[str, ...]:
    n = int(str(answer.about["unplaced"]))
    return (
        (f"{counted(n, 'record lies', 'records lie')} in no district and cannot be shown here.",) if n else ()
    )


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


def _sentence(cells: Sequence[Cell]) -> str:
    due = [cell for cell in cells if cell.state not in (LATE, "closed")]
    silent = sum(cell.state in (SILENT, PART) for cell in due)
    if not due:
        return "Nothing has been published that you may see."
    if not silent:
        return "Every feed has sent something for every month in which it was due."
    return (
        f"Counting one for each feed in each month it was due, {silent:,} of {len(due):,} "
        f"{'is' if silent == 1 else 'are'} silent. Silent is not the same as quiet."
    )
