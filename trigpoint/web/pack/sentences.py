"""The sentences of the papers: the finding first, one idea a sentence."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from trigpoint.web.hot_now.places import NOTICE_NAMES
from trigpoint.web.presenters.words import counted, day_words

__all__ = [
    "ABOUT_SOMEBODY",
    "NOT_HERE",
    "near_lines",
    "notice_lines",
    "route_words",
    "sentence_case",
    "week_words",
    "work_lines",
]

Row = Mapping[str, Any]
NOT_HERE = "not shown here"
ABOUT_SOMEBODY = frozenset({"cawn"})
"""Notices told as a number alone: each is about somebody."""
IN_PLACE = ("active", "ends_soon")
FEW_TIMES = 10
WINDOW_H = 3
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def week_words(counts: Sequence[Sequence[int]], without_hour: int) -> str:
    """When in the week, from seven rows of twenty-four counts; what has no hour is said."""
    total = sum(map(sum, counts))
    unknown = f" {counted(without_hour, 'record has', 'records have')} no hour." if without_hour else ""
    if total < FEW_TIMES:
        return f"Too few records with an hour to say when.{unknown}"
    hours = [sum(row[hour] for row in counts) for hour in range(24)]
    windows = [sum(hours[(start + one) % 24] for one in range(WINDOW_H)) for start in range(24)]
    best = max(range(24), key=lambda start: windows[start])
    weekdays = round(100 * sum(map(sum, counts[:5])) / total)
    busiest = max(range(7), key=lambda day: sum(counts[day]))
    when = f"Most between {best:02d}:00 and {(best + WINDOW_H) % 24:02d}:00: {round(100 * windows[best] / total)} in 100."
    return f"{when} Monday to Friday: {weekdays} in 100; most on {DAYS[busiest]}s.{unknown}"


def route_words(detections: Mapping[str, int]) -> str:
    """How the records came to light, so that what our own work finds is told from what is reported."""
    reported, found = detections.get("reported", 0), detections.get("discovered", 0)
    other = detections.get("referral", 0), detections.get("unknown", 0)
    told = f"Reported {reported:,}, discovered by our own work {found:,}"
    if other[0]:
        told += f", referred {other[0]:,}"
    if other[1]:
        told += f", not known {other[1]:,}"
    return f"{told}."


def near_lines(notices: Sequence[Row], within_m: int, most: int = 4) -> list[str]:
    """What is in force within the distance of a place, what ended there, and what is told only as in its ward.

    `notices` are those in place there, and those told of its ward (gate/in_place.py).
    """
    near = [one for one in notices if one["distance_m"] is not None and one["distance_m"] <= within_m]
    somewhere = sum(one["distance_m"] is None and one["state"] in IN_PLACE for one in notices)
    kinds = _in_force(near)[: most - 2] or [f"No notice is told to be in force within {within_m} metres."]
    if ended := sum(one["state"] == "ended" for one in near):
        kinds.append(f"{counted(ended, 'notice has', 'notices have')} ended within {within_m} metres.")
    if somewhere:
        kinds.append(
            f"{counted(somewhere, 'notice', 'notices')} in force told only as somewhere in its ward."
        )
    return kinds


def notice_lines(notices: Sequence[Row], most: int = 4) -> list[str]:
    """What is in force in an area by kind; then how many ended. No notice is told by its person."""
    ended = sum(one["state"] == "ended" for one in notices)
    lines = _in_force(notices) or ["No notice is told to be in force here."]
    if ended:
        lines.append(f"{counted(ended, 'notice has', 'notices have')} ended here.")
    return lines[:most]


def _in_force(notices: Sequence[Row]) -> list[str]:
    by_kind: dict[str, list[Row]] = {}
    for one in notices:
        if one["state"] in IN_PLACE:
            by_kind.setdefault(str(one["kind"]), []).append(one)
    return [_kind_line(kind, held) for kind, held in sorted(by_kind.items())]


def _kind_line(kind: str, held: Sequence[Row]) -> str:
    name = NOTICE_NAMES.get(kind, kind.replace("_", " "))
    noun = name.split(" ", 1)[1] if name.startswith(("a ", "an ")) else name
    told = f"{counted(len(held), noun, _plural(noun))} in force"
    ends = sorted(str(one["ends"]) for one in held if one["ends"])
    if ends and kind not in ABOUT_SOMEBODY:
        told += f", {'until' if len(held) == 1 else 'the first until'} {day_words(date.fromisoformat(ends[0][:10]))}"
    return f"{sentence_case(told)}."


def _plural(noun: str) -> str:
    return f"{noun}s"


def work_lines(work: Sequence[Row]) -> list[str]:
    """What was done here by our own people; a class that nobody records is said to be not known."""
    lines = []
    for one in work:
        if not one["known"]:
            lines.append(f"{one['name']}: not recorded by anybody here; that is not none.")
        elif one["count"]:
            last = day_words(date.fromisoformat(str(one["last"])[:10]))
            lines.append(f"{one['name']}: {one['count']:,} in these months, the last on {last}.")
        else:
            lines.append(f"{one['name']}: none within the walk in these months.")
    return lines


def sentence_case(words: str) -> str:
    return words[:1].upper() + words[1:]
