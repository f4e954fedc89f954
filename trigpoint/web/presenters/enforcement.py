"""Notices and orders for the meeting: in force, ending before a day, and the gaps both ways, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from trigpoint.gate.answers import Answer
from trigpoint.gate.show import rows
from trigpoint.web.hot_now.places import NOTICE_NAMES
from trigpoint.web.presenters.words import counted, day_words

__all__ = [
    "GapRow",
    "IdleNotice",
    "KindCount",
    "NoticeRow",
    "ends_before_rows",
    "gap_rows",
    "idle_notices",
    "in_force",
]

IN_FORCE = ("active", "ends_soon")


@dataclass(frozen=True, slots=True)
class KindCount:
    """A kind of notice, how many are in force and how many end within four weeks."""

    name: str
    in_force: int
    ends_soon: int


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A notice in force that ends; `where` is its ward or district by name, never finer."""

    name: str
    where: str
    ends: date
    words: str


@dataclass(frozen=True, slots=True)
class GapRow:
    """A hotspot with nothing in force around it."""

    letter: str
    name: str
    where: str
    told: str


@dataclass(frozen=True, slots=True)
class IdleNotice:
    """A notice in force with no concern around it."""

    name: str
    where: str
    ends: str


def in_force(notices: Answer) -> list[KindCount]:
    """By kind, in the order of their names."""
    told = rows(notices.columns)
    found: dict[str, list[str]] = {}
    for row in told:
        if row["state"] in IN_FORCE:
            found.setdefault(str(row["kind"]), []).append(str(row["state"]))
    return [
        KindCount(_name(kind), len(states), states.count("ends_soon"))
        for kind, states in sorted(found.items(), key=lambda one: _name(one[0]))
    ]


def ends_before_rows(notices: Answer, day: date, areas: Mapping[str, str]) -> list[NoticeRow]:
    """Those in force that end before a day, the first to end first. `areas` are names of wards and districts by code."""
    found = [
        NoticeRow(_name(str(row["kind"])), _where(row, areas), date.fromisoformat(str(row["ends"])), "")
        for row in rows(notices.columns)
        if row["state"] in IN_FORCE and row["ends"] and date.fromisoformat(str(row["ends"])) < day
    ]
    found.sort(key=lambda one: (one.ends, one.name, one.where))
    return [NoticeRow(one.name, one.where, one.ends, day_words(one.ends)) for one in found]


def gap_rows(gaps: Answer) -> list[GapRow]:
    """Hotspots with nothing in force at them, in letter order."""
    return [
        GapRow(
            str(row["letter"]),
            str(row["name"]),
            ", ".join(part for part in (str(row["ward"]), str(row["district"])) if part),
            f"{counted(int(row['ended']), 'notice', 'notices')} ended"
            if row["ended"]
            else "No notice on record",
        )
        for row in rows(gaps.columns)
        if row["gap"]
    ]


def idle_notices(gaps: Answer, areas: Mapping[str, str]) -> list[IdleNotice]:
    """Notices in force with no record and no hotspot within the distance."""
    return [
        IdleNotice(_name(str(row["kind"])), _where(row, areas), str(row["ends"] or ""))
        for row in rows(gaps.parts["notices"])
        if row["gap"]
    ]


def _name(kind: str) -> str:
    name = NOTICE_NAMES.get(kind, kind).removeprefix("a ")
    return name[:1].upper() + name[1:]


def _where(row: Mapping[str, object], areas: Mapping[str, str]) -> str:
    code = str(row.get("ward_code") or row.get("district_code") or "")
    return areas.get(code, code)
