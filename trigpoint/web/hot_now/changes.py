"""What has changed since the last meeting: two answers to the same question, each with its own months."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from trigpoint.web.presenters.words import HARDLY_EVER_BELOW

__all__ = ["Change", "changes_between"]

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Change:
    """`kind` is new, stronger, weaker or gone; `letter` that of the answer of now, "" for a place that is gone."""

    kind: str
    words: str
    letter: str
    name: str
    ward: str
    district: str
    href: str


_WORDS = {"new": "New.", "stronger": "Stronger.", "weaker": "Weaker.", "gone": "No longer hot."}


def changes_between(
    before: Sequence[Row], now: Sequence[Row], quiet_districts: frozenset[str]
) -> tuple[Change, ...]:
    """New places first, then stronger, weaker and gone. Rows have letter, name, ward, district, units, p, href.

    Of a district in `quiet_districts` nothing is told as gone: where a concern is told without its place, a place
    that is no longer named could be that place.
    """
    found = [_change(_since(one, before), one) for one in now]
    named = {unit for one in now for unit in _units(one)}
    gone = [
        _change("gone", one)
        for one in before
        if not named & _units(one) and str(one["district"]) not in quiet_districts
    ]
    order = list(_WORDS)
    told = [one for one in (*found, *gone) if one is not None]
    return tuple(sorted(told, key=lambda one: order.index(one.kind)))


def _since(place: Row, before: Sequence[Row]) -> str:
    """How a place of now differs from those it shares a street with; "" where nothing that can be said in words."""
    same = [one for one in before if _units(one) & _units(place)]
    if not same:
        return "new"
    surer, was_surer = _hardly_ever(place), any(_hardly_ever(one) for one in same)
    return "" if surer == was_surer else "stronger" if surer else "weaker"


def _hardly_ever(row: Row) -> bool:
    return float(str(row["p"])) < HARDLY_EVER_BELOW


def _change(kind: str, row: Row) -> Change | None:
    if not kind:
        return None
    letter, href = ("", "") if kind == "gone" else (str(row["letter"]), str(row["href"]))
    name, ward, district = (str(row[word]) for word in ("name", "ward", "district"))
    return Change(kind, _WORDS[kind], letter, name, ward, district, href)


def _units(row: Row) -> set[str]:
    units = row["units"]
    return {str(one) for one in units} if isinstance(units, list) else set()
