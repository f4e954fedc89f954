"""The sentences of a card. The finding first, one idea a sentence."""

from collections.abc import Mapping, Sequence
from datetime import date

from trigpoint.core.disclosure.people import bounds_words
from trigpoint.gate.in_place import IN_PLACE, IN_WARD
from trigpoint.web.presenters.words import chance_sentence, counted, day_words

__all__ = [
    "chance_words",
    "done_words",
    "in_words",
    "month_words",
    "people_words",
    "question_words",
    "since_words",
]

NOT_ASKED = "No rule asks anything of it. Does it fit what you see?"
_NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")


def month_words(month: str) -> str:
    """2026-04 as April 2026."""
    return f"{date.fromisoformat(f'{month}-01'):%B %Y}"


def in_words(n: int) -> str:
    """A small number as a word, to begin a sentence with."""
    return _NUMBERS[n] if n < len(_NUMBERS) else f"{n:,}"


def since_words(rise: Mapping[str, object] | None, since: str) -> str:
    """From which month on, as the hotspot's own panel says it; else the rise of streets that touch."""
    month = since or (str(rise["rise_since"]) if rise else "")
    return f"More since {month_words(month)}" if month else "More than its own past all year"


def chance_words(p: object) -> str:
    return chance_sentence(None if p is None else float(str(p)), hot=True)


def people_words(row: Mapping[str, object]) -> str:
    """How many stand behind it, in bands: only what the gate's verdict allows to be said."""
    if row["verdict"] != "many":
        return "The feeds cannot tell whether it is many or one."
    bands = str(row["people_min_band"]), str(row["people_max_band"])
    return f"Many, not one: {bounds_words(*bands, enough=True)}."


def done_words(notices: Sequence[Mapping[str, object]], within_m: int) -> str:
    """What is in force near it, else how many ended and which last; then what is told only as somewhere in its ward.

    `notices` have name, state, starts, served, ends and way.
    """
    near = [one for one in notices if one["way"] != IN_WARD]
    somewhere = sum(one["way"] == IN_WARD and one["state"] in IN_PLACE for one in notices)
    told = _near_words(near, within_m)
    if not somewhere:
        return told
    are = "one in force is" if somewhere == 1 else f"{somewhere:,} in force are"
    return f"{told} Of the ward {are} told, not where."


def _near_words(notices: Sequence[Mapping[str, object]], within_m: int) -> str:
    if not notices:
        return f"No notice on record within {within_m} metres."
    open_ones = [one for one in notices if one["state"] in IN_PLACE]
    if open_ones:
        first = max(open_ones, key=_begun)
        more = counted(len(open_ones) - 1, "other", "others")
        told = f"In force: {first['name']}{_until(first)}"
        return f"{told}, and {more}." if len(open_ones) > 1 else f"{told}."
    last = max(notices, key=_begun)
    ended = f", ended {_day(last['ends'])}" if last["ends"] else ""
    many = f"{len(notices):,} ended within {within_m} metres, the last" if len(notices) > 1 else "Last:"
    return f"Nothing in force. {many} {last['name']}{ended}."


def question_words(text: str, name: str, ward: str) -> str:
    """A question on the card of its place, which says already in which ward it lies."""
    return text.replace(f"{name}, {ward}", name) if ward else text


def _begun(notice: Mapping[str, object]) -> str:
    return str(notice["starts"] or notice["served"] or "")


def _until(notice: Mapping[str, object]) -> str:
    return f", until {_day(notice['ends'])}" if notice["ends"] else ""


def _day(text: object) -> str:
    return day_words(date.fromisoformat(str(text)))
