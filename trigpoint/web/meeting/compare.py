"""What a meeting kept beside the same question today: each number as kept and as it is now, and why it may differ."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trigpoint.changes.kept_reading import KeptTold
from trigpoint.changes.since_then import SinceThen
from trigpoint.core.disclosure.people import bounds_words
from trigpoint.web.presenters.analysis_cells import said
from trigpoint.web.presenters.words import events_tested_words

__all__ = ["Beside", "Difference", "differences", "reasons_of"]

Row = Mapping[str, Any]
Content = Mapping[str, Any]
KEYS = {
    "hotspots": ("code",),
    "questions": ("rule", "place"),
    "coverage": ("feed", "district", "month"),
    "silence": ("feed", "district", "month"),
    "notices": ("kind", "served", "place"),
}
"""What tells one row of a kind from another."""
FIGURES = {
    "hotspots": ("letter", "tested", "people"),
    "questions": ("question",),
    "coverage": ("received", "state"),
    "silence": ("state",),
    "notices": ("state", "ends"),
}
"""Columns that are compared, in the order they are told."""
STATES = {
    "received": "sent",
    "low": "fewer than usual",
    "silent": "silent",
    "closed": "never sends in this month",
    "quiet": "none, as chance has it",
    "ends_soon": "ends soon",
    "not_begun": "not begun",
}
MOST_NAMED = 4


@dataclass(frozen=True, slots=True)
class Difference:
    """One row that is not as it was. `what` names it; `kept` and `now` are as told, "" where it is not there."""

    what: str
    kept: str
    now: str


@dataclass(frozen=True, slots=True)
class Beside:
    """A kept answer with today's. `today` says why there is none, "" where there is one; `more` were not listed."""

    told: KeptTold
    title: str
    same: int
    found: tuple[Difference, ...]
    more: int
    today: str
    reasons: tuple[str, ...]


def differences(
    kind: str, kept: Content, now: Content, names: Mapping[str, str]
) -> tuple[int, tuple[Difference, ...]]:
    """How many rows are as they were, and those that are not. Rows of one name are compared in their order.

    `names` are of feeds and districts by code.
    """
    before, after = _by_key(kind, _rows(kind, kept)), _by_key(kind, _rows(kind, now))
    same, found = 0, []
    for key in dict.fromkeys([*before, *after]):
        was, is_now = _figures(kind, before.get(key)), _figures(kind, after.get(key))
        if was == is_now:
            same += 1
        else:
            found.append(Difference(_named(kind, before.get(key) or after[key], names), was, is_now))
    return same, tuple(found)


def reasons_of(
    since: SinceThen,
    names: Mapping[str, str],
    *,
    method_then: str,
    method_now: str,
    told: KeptTold,
    feeds_then: Collection[str],
    feeds_now: Collection[str],
) -> tuple[str, ...]:
    """Why the two may differ: late files, withdrawals, corrections, agreements, method, program, whose rights.

    `names` are feeds by code.
    """
    here = set(feeds_then) | set(feeds_now)
    late, gone, right = (
        _listed([names.get(one, one) for one in found if one in here])
        for found in (since.late, since.gone, since.put_right)
    )
    said = (
        (late, f"Late: files of {late} have come since."),
        (gone, f"Withdrawn or replaced: a file of {gone} counts no more."),
        (right, f"Put right: rows or places of {right}."),
        (since.agreements, "Agreements have changed since."),
        (set(feeds_then) != set(feeds_now), "You are shown other feeds today than this was made from."),
        (method_then != method_now, "It is worked out by another method now."),
        (since.definitions, f"Definitions have changed since: {', '.join(since.definitions)}."),
        (since.program, "It is another version of the program."),
        (told.restated_at is not None, "What was kept was restated since."),
        (
            told.way == "asked again",
            "Both are told of what you are shown, not of what the meeting was shown.",
        ),
    )
    return tuple(sentence for holds, sentence in said if holds)


def _listed(feeds: Sequence[str]) -> str:
    return ", ".join(feeds) if len(feeds) <= MOST_NAMED else f"{len(feeds)} feeds"


def _rows(kind: str, content: Content) -> Iterable[Row]:
    if kind == "hotspots":
        return [one for one in content.get("parts", {}).get("hotspots", ()) if one["verdict"] != "few"]
    rows: Iterable[Row] = content.get("rows", ())
    return rows


def _by_key(kind: str, rows: Iterable[Row]) -> dict[tuple[object, ...], Row]:
    found: dict[tuple[object, ...], Row] = {}
    many: dict[tuple[object, ...], int] = {}
    for row in rows:
        key = tuple(row.get(name) for name in KEYS.get(kind, ()))
        many[key] = many.get(key, 0) + 1
        found[(*key, many[key])] = row
    return found


def _figures(kind: str, row: Row | None) -> str:
    if row is None:
        return ""
    if kind == "hotspots":
        tested = events_tested_words(row["count"], around=row.get("around"), expected=row.get("expected"))
        row = {**row, "tested": tested.rstrip("."), "people": _people(row)}
    return ", ".join(
        _figure(name, row.get(name)) for name in FIGURES.get(kind, ()) if row.get(name) is not None
    )


def _people(row: Row) -> object:
    """In bands, as what was kept before they were used everywhere holds them too."""
    bands = row.get("people_min_band"), row.get("people_max_band")
    if row["verdict"] == "few" or None in bands:
        return row.get("people")
    return bounds_words(str(bands[0]), str(bands[1]), enough=row["verdict"] == "many")


def _figure(name: str, value: object) -> str:
    if name == "received":
        return f"{value} received"
    if name == "state":
        return STATES.get(str(value), str(value))
    return said(f"until {value}") if name == "ends" else str(value)


def _named(kind: str, row: Row, names: Mapping[str, str]) -> str:
    if kind == "hotspots":
        return f"{row['name']}, {row['ward']}"
    if kind == "questions":
        return str(row.get("place") or row.get("title") or row["rule"])
    told = (str(row[name]) for name in KEYS.get(kind, ()) if row.get(name))
    return said(", ".join(names.get(one, one) for one in told))
