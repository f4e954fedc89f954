"""Who has sent: an agency, a square for each month, one phrase. Silent, low, not due and not shown are told apart."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from trigpoint.gate.answers import Answer
from trigpoint.web.presenters.plain import mapping_list, words

__all__ = ["AgencyHealth", "Square", "agency_health", "silent_months", "silent_now"]

DUE = ("silent", "part", "received")
_SAID = {
    "silent": "silent",
    "part": "part silent",
    "received": "sent",
    "closed": "never sends in this month",
    "none": "nothing was due",
}
_SHORT = {"received": "sent", "part": "part silent", "closed": "never sends", "none": "not due"}


@dataclass(frozen=True, slots=True)
class Square:
    """One agency in one month; `words` for those who cannot see the mark."""

    state: str
    words: str

    @property
    def short(self) -> str:
        """What it says of its month, without the month."""
        return _SHORT.get(self.state, self.state)


@dataclass(frozen=True, slots=True)
class AgencyHealth:
    """`phrase` is "to October 2026", "silent since June 2026", "silent in Whitstow", or why nothing is shown."""

    code: str
    name: str
    squares: tuple[Square, ...]
    phrase: str
    warn: bool

    @property
    def latest(self) -> str:
        """Of the last month in which something was due; "denied" where nothing is shown."""
        due = [one.state for one in self.squares if one.state in DUE]
        return "denied" if not self.squares else due[-1] if due else "none"


@dataclass(frozen=True, slots=True)
class _Row:
    agency: str
    district: str
    month: str
    state: str


def agency_health(
    answer: Answer,
    agencies: Sequence[tuple[str, str]],
    months: Sequence[str],
    districts: Mapping[str, str],
) -> tuple[AgencyHealth, ...]:
    """One row an agency, in their fixed order. `districts` are names by code: those that the page is about."""
    named = set(months)
    rows = [one for one in _rows(answer) if one.district in districts and one.month in named]
    found: dict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        found[row.agency].append(row)
    return tuple(_of_agency(code, name, found.get(code, []), months, districts) for code, name in agencies)


def silent_months(answer: Answer, agencies: Collection[str], district: str) -> frozenset[str]:
    """Months in which a feed of one of the agencies was silent in the district, as 2026-04."""
    return frozenset(
        one.month
        for one in _rows(answer)
        if one.state == "silent" and one.district == district and one.agency in agencies
    )


def silent_now(answer: Answer, district: str, month: str) -> frozenset[str]:
    """Agencies of which a feed is silent in the district in the month."""
    return frozenset(
        one.agency
        for one in _rows(answer)
        if one.state == "silent" and one.district == district and one.month == month
    )


@lru_cache(maxsize=4)
def _rows(answer: Answer) -> tuple[_Row, ...]:
    """Read once for all the cards of a page."""
    feeds = {str(one["code"]): str(one["agency"]) for one in mapping_list(answer.about["feeds"])}
    columns = answer.columns
    told = zip(*(words(columns[name]) for name in ("feed", "district", "month", "state")), strict=True)
    return tuple(_Row(feeds.get(feed, ""), district, month, state) for feed, district, month, state in told)


def _of_agency(
    code: str, name: str, rows: Sequence[_Row], months: Sequence[str], districts: Mapping[str, str]
) -> AgencyHealth:
    if not rows:
        return AgencyHealth(code, name, (), "not shown to you", False)
    states = [_state([one.state for one in rows if one.month == month]) for month in months]
    squares = tuple(
        Square(state, f"{month_words(month)}: {_SAID[state]}")
        for state, month in zip(states, months, strict=True)
    )
    phrase, warn = _phrase(rows, states, months, districts)
    return AgencyHealth(code, name, squares, phrase, warn)


def _state(states: Collection[str]) -> str:
    """Of all feeds and districts of a month together."""
    told = set(states)
    sent = told & {"received", "low"}
    if "silent" in told:
        return "part" if sent else "silent"
    if sent:
        return "received"
    return "closed" if "closed" in told else "none"


def _phrase(
    rows: Sequence[_Row], states: Sequence[str], months: Sequence[str], districts: Mapping[str, str]
) -> tuple[str, bool]:
    """The latest silence first: where it is, or since when; else up to which month something came."""
    due = [at for at, state in enumerate(states) if state in DUE]
    if not due:
        return "nothing was due", False
    last = due[-1]
    if states[last] == "silent":
        run = last
        while run - 1 in due and states[run - 1] == "silent":
            run -= 1
        return f"silent since {month_words(months[run])}", True
    if states[last] == "part":
        where = sorted(
            {districts[one.district] for one in rows if one.month == months[last] and one.state == "silent"}
        )
        return f"silent in {where[0]}" + (f" and {len(where) - 1} more" if len(where) > 1 else ""), True
    return f"to {month_words(months[last])}", False


def month_words(month: str) -> str:
    """2026-04 as April 2026."""
    return f"{date.fromisoformat(f'{month}-01'):%B %Y}"
