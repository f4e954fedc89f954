"""The words of a question as people and URLs write them: `cell:8`, `15-17`, `mon-fri`, `2024-03-14`."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from trigpoint.gate.answers import QuestionError

__all__ = [
    "LEVELS",
    "RESOLUTIONS",
    "WEEKDAYS",
    "parse_clock",
    "parse_day",
    "parse_hours",
    "parse_level",
    "parse_number",
    "parse_period",
    "parse_weekdays",
    "run_words",
]

LEVELS = ("district", "ward", "lsoa", "street", "cell")
RESOLUTIONS = (7, 8, 9, 10)
DEFAULT_RESOLUTION = 9
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CLOCK = re.compile(r"(\d\d?):(00|15|30|45)-(\d\d?):(00|15|30|45)")
HOURS = tuple(str(hour) for hour in range(24))


def parse_level(text: str) -> tuple[str, int | None]:
    """ "ward" gives ("ward", None); "cell:8" gives ("cell", 8); "cell" is "cell:9"."""
    level, colon, rest = text.partition(":")
    if level not in LEVELS:
        raise QuestionError(
            f"There is no level '{text}': choose district, ward, lsoa, street, cell or cell:8."
        )
    if level != "cell":
        if colon:
            raise QuestionError(f"Only a cell has a resolution: write '{level}', not '{text}'.")
        return level, None
    if colon and rest not in {str(one) for one in RESOLUTIONS}:
        raise QuestionError(f"There is no level '{text}': cells come as cell:7, cell:8, cell:9 or cell:10.")
    return level, int(rest) if rest else DEFAULT_RESOLUTION


def parse_day(text: str, word: str) -> date:
    """A day such as 2024-03-14."""
    try:
        if len(text) == 10:
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise QuestionError(f"'{text}' is not a day that '{word}' can use: write it as 2024-03-14.")


def parse_period(text: str, word: str) -> tuple[date, date]:
    """Two days, half-open: "2024-01-01..2024-07-01"."""
    first, dots, last = text.partition("..")
    if not dots:
        raise QuestionError(
            f"'{text}' is no period that '{word}' can use: write it as 2024-01-01..2024-07-01."
        )
    start, end = parse_day(first.strip(), word), parse_day(last.strip(), word)
    if start >= end:
        raise QuestionError(f"The period ends on {end}, which is not after it begins, {start}.")
    return start, end


def parse_number(text: str, word: str) -> float:
    """A number, with a point for decimals."""
    try:
        return float(text)
    except ValueError:
        raise QuestionError(f"'{text}' is not a number, and '{word}' needs one.") from None


def parse_hours(text: str) -> tuple[int, ...]:
    """Hours of the day, both ends included: "15-17" is 15:00 to 17:59; "22-2" runs past midnight."""
    return _runs(text, HOURS, "hours", "write them as 15-17, or 8,15,16")


def parse_clock(text: str) -> tuple[int, int]:
    """A part of the day in quarter hours from midnight, half-open: "15:15-17:00" is (61, 68); "22:00-02:00" is (88, 104)."""
    ends = _CLOCK.fullmatch(text.replace(" ", ""))
    if ends is None:
        raise QuestionError(f"'{text}' is no part of a day: write it as 15:15-17:00, to the quarter hour.")
    first, last = (int(ends[at]) * 4 + int(ends[at + 1]) // 15 for at in (1, 3))
    if first == last or first > 95 or last > 96:
        raise QuestionError(f"'{text}' is no part of a day: write it as 15:15-17:00, to the quarter hour.")
    return first, last if last > first else last + 96


def parse_weekdays(text: str) -> tuple[int, ...]:
    """Days of the week, both ends included, Monday 0: "mon-fri", "fri-sun", "sat,sun"."""
    return _runs(text, WEEKDAYS, "weekdays", "write them as mon-fri, or sat,sun")


def run_words(numbers: Sequence[int], names: Sequence[str]) -> str:
    """The shortest way to write ascending numbers back: "15-17,20"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ",".join(names[run[0]] if len(run) == 1 else f"{names[run[0]]}-{names[run[-1]]}" for run in runs)


def _runs(text: str, names: Sequence[str], word: str, advice: str) -> tuple[int, ...]:
    chosen: set[int] = set()
    for part in text.lower().replace(" ", "").split(","):
        first, _, last = part.partition("-")
        ends = [_position(one, names) for one in ((first, last) if "-" in part else (first, first))]
        if None in ends:
            raise QuestionError(f"'{text}' are not {word} that can be read: {advice}.")
        chosen.update(_around(int(ends[0] or 0), int(ends[1] or 0), len(names)))
    return tuple(sorted(chosen))


def _position(text: str, names: Sequence[str]) -> int | None:
    plain = (text.lstrip("0") or "0") if text.isdigit() else text[:3]
    return names.index(plain) if plain in names else None


def _around(first: int, last: int, length: int) -> Iterable[int]:
    return ((first + step) % length for step in range((last - first) % length + 1))
