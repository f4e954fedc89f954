"""Notices and orders for the meeting: in force, ending before a day, and the gaps both ways, in words."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from trigpoint.gate.answers import Answer
from trigpoint.gate.show import rows
from trigpoint.web.hot_now.places import NOTICE_NAMES
from trigpoint.web.presenters.words import counted, day_words

__all__ = [
    "GapRow",
    "IdleNotice",
    "KindCount",
    "NoticeRow",
    "breach_words",
    "ends_before_rows",
    "gap_rows",
    "idle_notices",
    "kinds_told",
    "month_words",
]

IN_FORCE = ("active", "ends_soon")


A_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class KindCount:
    """A kind of notice: how many stand where, and how many were breached, how often and when last (in words).

    `in_force` counts those that expire soon too. What is over counts where it ended within a year, or has no end told.
    """

    name: str
    served: int
    in_force: int
    expires_soon: int
    expired: int
    ended_early: int
    breached: int
    times: int
    last_breach: str


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A notice in force that ends; `where` is its ward or district by name, never finer. `breaches` is in words."""

    name: str
    where: str
    district: str
    ends: date
    words: str
    breaches: str


@dataclass(frozen=True, slots=True)
class GapRow:
    """A hotspot with nothing in force near it; `somewhere` is of notices told only as in its ward."""

    letter: str
    name: str
    where: str
    told: str
    somewhere: str


@dataclass(frozen=True, slots=True)
class IdleNotice:
    """A notice in force with no concern around it."""

    name: str
    where: str
    ends: str


def kinds_told(notices: Answer, today: date) -> list[KindCount]:
    """By kind, in the order of their names."""
    since = (today - A_YEAR).isoformat()
    found: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows(notices.columns):
        if row["state"] != "ended" or not row["ends"] or str(row["ends"]) >= since:
            found.setdefault(str(row["kind"]), []).append(row)
    return [_kind(kind, told) for kind, told in sorted(found.items(), key=lambda one: _name(one[0]))]


def _kind(kind: str, told: Sequence[Mapping[str, Any]]) -> KindCount:
    stages = Counter(str(row["stage"]) for row in told)
    breached = [row for row in told if row["breaches"]]
    last = max((str(row["last_breach"]) for row in breached if row["last_breach"]), default="")
    return KindCount(
        name=_name(kind),
        served=stages["served"],
        in_force=stages["in_force"] + stages["expires_soon"],
        expires_soon=stages["expires_soon"],
        expired=stages["expired"],
        ended_early=stages["ended_early"],
        breached=len(breached),
        times=sum(int(row["breaches"]) for row in breached),
        last_breach=month_words(last) if last else "",
    )


def breach_words(row: Mapping[str, Any]) -> str:
    """ "Breached twice, last in May 2026"; "" for one that is not told to have been breached."""
    many = int(row["breaches"] or 0)
    if not many:
        return ""
    times = {1: "once", 2: "twice"}.get(many, f"{many} times")
    return f"Breached {times}" + (
        f", last in {month_words(str(row['last_breach']))}" if row["last_breach"] else ""
    )


def month_words(month: str) -> str:
    """ "2026-05" as "May 2026"."""
    return f"{date.fromisoformat(f'{month}-01'):%B %Y}"


def ends_before_rows(notices: Answer, day: date, areas: Mapping[str, str]) -> list[NoticeRow]:
    """Those in force that end before a day, the first to end first. `areas` are names of wards and districts by code."""
    found = [
        NoticeRow(
            name=_name(str(row["kind"])),
            where=_where(row, areas),
            district=str(row["district_code"] or ""),
            ends=date.fromisoformat(str(row["ends"])),
            words=day_words(date.fromisoformat(str(row["ends"]))),
            breaches=breach_words(row),
        )
        for row in rows(notices.columns)
        if row["state"] in IN_FORCE and row["ends"] and date.fromisoformat(str(row["ends"])) < day
    ]
    return sorted(found, key=lambda one: (one.ends, one.name, one.where))


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
            f"{row['by_ward']} in force" if row["by_ward"] else "None told",
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
