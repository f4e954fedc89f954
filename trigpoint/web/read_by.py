"""Said while a minute or a decision is written on a hotspot: which agencies will read of a place that they are not told of.

A place that is minuted or decided on belongs to the whole table, with its name (docs/decisions/0024). That is a
disclosure, made by hand by whoever may; so whoever makes it is told to whom, before they do.
"""

from collections.abc import Sequence

from django.http import HttpRequest, QueryDict
from django.utils import timezone

from trigpoint.changes.named_places import PlaceTold
from trigpoint.gate.denial import QuestionError
from trigpoint.gate.distribution import kept_out_of
from trigpoint.gate.ledger import agency_names
from trigpoint.gate.questions import question_from_words
from trigpoint.web.deciding import hotspot_words
from trigpoint.web.pack.reach import OPEN
from trigpoint.web.viewer import viewer_of

__all__ = ["read_by", "read_by_words"]

UNKNOWN = (
    "Who is told of this place cannot be said now: its question is answered no more. "
    "Every agency at the table reads its name and what is written here."
)


def read_by(request: HttpRequest, told: QueryDict, known: PlaceTold | None) -> str:
    """In a sentence or two, "" where all are told as much, or where the place is of no hotspot.

    `told` is the map's question with a hotspot's letter, or names a place that is `known` and was opened from one.
    """
    if not told.get("letter"):
        told = QueryDict(known.origin if known else "")
    if not told.get("letter"):
        return ""
    seats = [one for one in agency_names() if one[0] != OPEN]
    try:
        put = question_from_words("hotspots", hotspot_words(told))
        names = kept_out_of(viewer_of(request), put, seats, timezone.now())
    except QuestionError:
        return UNKNOWN
    return read_by_words(names, [name for _, name in seats if name not in names])


def read_by_words(names: Sequence[str], others: Sequence[str] = ()) -> str:
    """Agencies by name, and not what is kept from them: the form may stand before a room. The shorter list of the two,
    where `others` are told as much."""
    if not names:
        return ""
    many = len(names) > 1
    if others and len(others) < len(names):
        return (
            f"Every agency but {_and(others)} is told less than you at this level, and may not be told of this place. "
            "They will read its name and what is written here."
        )
    named = _and(names)
    return (
        f"{named} {'are' if many else 'is'} told less than you at this level, and may not be told of this place. "
        f"{'They' if many else 'It'} will read its name and what is written here."
    )


def _and(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
