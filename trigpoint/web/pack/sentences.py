"""The sentences of the papers: the finding first, one idea a sentence."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from trigpoint.web.hot_now.places import NOTICE_NAMES
from trigpoint.web.presenters.words import counted, day_words

__all__ = [
    "ABOUT_SOMEBODY",
    "NOT_HERE",
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


def notice_lines(notices: Sequence[Row], most: int = 4) -> list[str]:
    """What is in force near a place by kind, soonest ended first; then how many ended. No notice is told by its person."""
    in_force = [one for one in notices if one["state"] in ("active", "ends_soon")]
    ended = sum(one["state"] == "ended" for one in notices)
    by_kind: dict[str, list[Row]] = {}
    for one in in_force:
        by_kind.setdefault(str(one["kind"]), []).append(one)
    lines = [_kind_line(kind, held) for kind, held in sorted(by_kind.items())]
    if not in_force:
        lines.append("No notice is in force within the walk.")
    if ended:
        lines.append(f"{counted(ended, 'notice has', 'notices have')} ended here.")
    return lines[:most]


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
