"""The queue: an agency's own records behind the places that pass the test, to be looked at before the meeting."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from trigpoint.changes.sense_checks import CheckTold
from trigpoint.gate.ask import ReadDenied
from trigpoint.gate.show import rows
from trigpoint.web.asking import asked
from trigpoint.web.asking_softly import asked_softly
from trigpoint.web.hot_now.period import months_of
from trigpoint.web.presenters.hotspots import hotspot_rows

__all__ = ["OwnRow", "PlaceToCheck", "Queue", "the_queue", "the_rows"]

MOST_PLACES = 12
Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class PlaceToCheck:
    """One hotspot of the standing question: `own` records of one's own agency stand behind it, `checked` of them were
    looked at; None where the account acts for no agency. `key` finds it again."""

    letter: str
    name: str
    district: str
    units: tuple[str, ...]
    own: int | None
    checked: int
    href: str
    key: str


@dataclass(frozen=True, slots=True)
class Queue:
    """The places, or the sentence that says why there is none yet."""

    places: tuple[PlaceToCheck, ...]
    sentence: str
    waits: bool
    level: str
    period: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class OwnRow:
    """A record of one's own agency, in words, what was said of it already, and how many here tell its event."""

    delivery: int
    row: int
    day: str
    hour: int | None
    category: str
    detection: str
    where: str
    said: str
    feed: str
    event: tuple[int, int]
    together: int = 1

    @property
    def key(self) -> str:
        """As pages and forms name it: delivery and row."""
        return f"{self.delivery}/{self.row}"


def the_queue(request: HttpRequest, checks: Sequence[CheckTold], *, agency: str) -> Queue:
    """The places of *Hot now* as this person may see them, in their letters' order."""
    months = months_of(asked(request, "choices", {}), today=timezone.localdate())
    level, period = months.test["level"], months.words
    part = asked_softly(request, "hotspots", {**months.test, **period, "geometry": "yes"})
    if part.answer is None:
        return Queue((), part.sentence, part.waits, level, period)
    places = hotspot_rows(part.answer)[:MOST_PLACES]
    found = tuple(_place(request, row, checks, agency, level, period) for row in places)
    return Queue(
        found, "" if found else "No place passes the test in these twelve months.", False, level, period
    )


def the_rows(
    request: HttpRequest, units: Sequence[str], period: Mapping[str, str], checks: Sequence[CheckTold]
) -> tuple[OwnRow, ...]:
    """One's own agency's records at a place. Raises ReadDenied for an account that acts for none."""
    answer = asked(request, "own_records", {"level": "street", "within": list(units), **period})
    said = {(one.delivery, one.row): one.said for one in reversed(checks) if one.state != "undone"}
    found = [_own_row(row, said) for row in rows(answer.columns)]
    many = Counter(one.event for one in found)
    return tuple(replace(one, together=many[one.event]) for one in found)


def _place(
    request: HttpRequest,
    row: Row,
    checks: Sequence[CheckTold],
    agency: str,
    level: str,
    period: Mapping[str, str],
) -> PlaceToCheck:
    units = tuple(str(one) for one in _listed(row["units"]))
    own, checked = None, 0
    if agency:
        try:
            told = the_rows(request, units, period, checks)
        except ReadDenied:
            told = ()
        own, checked = len(told), sum(bool(one.said) for one in told)
    key = units[0] if units else ""
    query = [("level", level), *(("unit", unit) for unit in units), *period.items()]
    href = f"{reverse('sense_check_place')}?{urlencode(query)}"
    return PlaceToCheck(
        str(row["letter"]), str(row["name"]), str(row.get("district", "")), units, own, checked, href, key
    )


def _own_row(row: Mapping[str, object], said: Mapping[tuple[int | None, int | None], str]) -> OwnRow:
    delivery, number = int(str(row["delivery"])), int(str(row["row"]))
    hour = row["hour"]
    return OwnRow(
        delivery=delivery,
        row=number,
        day=str(row["day"]),
        hour=None if hour is None else int(str(hour)),
        category=str(row["category"]),
        detection=str(row["detection"]),
        where=str(row["street"] or row["ward"] or "not placed"),
        said=said.get((delivery, number), ""),
        feed=str(row["feed"]),
        event=(int(str(row["event_delivery"])), int(str(row["event_row"]))),
    )


def _listed(value: object) -> Sequence[object]:
    return value if isinstance(value, list | tuple) else ()
