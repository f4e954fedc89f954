"""Whether, and how finely, a single record is told to somebody: for what people said of it.

What is said of a record must not tell more than the record's own answer would. So it is asked of the gate like any
question (decided by the agreements, put down in the audit, restricted to `permitted_record`), and the record is looked
for among what is left. Nothing of it is told here but the one word.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from trigpoint.core.sharing.viewer import Viewer
from trigpoint.core.workflow.corrections import Correction
from trigpoint.gate.ask import Desk, decided, home_desk
from trigpoint.gate.asked import Asked
from trigpoint.gate.denial import QuestionError, ReadDenied
from trigpoint.gate.questions import question_from_words
from trigpoint.store.laid_over import LaidOverCursor
from trigpoint.store.permitted import permit_withdrawn
from trigpoint.store.pieces import newest_pieces, permitted_among

__all__ = ["HowTold", "RecordNamed", "how_told", "how_told_at"]

COARSEST = "district"


class HowTold(StrEnum):
    """Not at all, as there being one somewhere, or as finely as its place was named."""

    HIDDEN = "hidden"
    COARSE = "coarse"
    PLACED = "placed"


@dataclass(frozen=True, slots=True)
class RecordNamed:
    """A row of a delivery of a feed, and the level of the place it was named with ("" where none was)."""

    delivery: int
    row: int
    feed: str
    level: str = ""


def how_told(
    viewer: Viewer, named: Iterable[RecordNamed], at: datetime, *, correction: Correction | None = None
) -> dict[RecordNamed, HowTold]:
    """How each record is told to this viewer, in this home; nothing is told where nothing is published.

    With `correction`, as the next publication would tell it were that in force.
    """
    asked = tuple(named)
    try:
        desk = home_desk(at, may_wait=False) if asked else None
    except QuestionError:
        desk = None
    return how_told_at(desk, viewer, asked, at, correction) if desk else dict.fromkeys(asked, HowTold.HIDDEN)


def how_told_at(
    desk: Desk,
    viewer: Viewer,
    named: Sequence[RecordNamed],
    at: datetime,
    correction: Correction | None = None,
) -> dict[RecordNamed, HowTold]:
    """As `how_told`, with what it needs handed in: one decision for each feed and level."""
    with desk.version.cursor() as cursor:
        newest = newest_pieces(cursor, [(one.delivery, one.row) for one in named])
    if correction is not None:
        version = desk.version.seen_through(lambda cursor: LaidOverCursor(cursor, correction))
        desk = replace(desk, version=version)
    found = dict.fromkeys(named, HowTold.HIDDEN)
    by_feed: dict[str, list[RecordNamed]] = defaultdict(list)
    for one in named:
        if (one.delivery, one.row) in newest:
            by_feed[one.feed].append(one)
    for feed, group in by_feed.items():
        numbers = {one: newest[one.delivery, one.row] for one in group}
        there = _permitted(desk, viewer, feed, COARSEST, numbers.values(), at)
        for level in {one.level or COARSEST for one in group if numbers[one] in there}:
            fine = there if level == COARSEST else _permitted(desk, viewer, feed, level, there, at)
            for one in group:
                if numbers[one] in there and (one.level or COARSEST) == level:
                    found[one] = HowTold.PLACED if numbers[one] in fine else HowTold.COARSE
    return found


def _permitted(
    desk: Desk, viewer: Viewer, feed: str, level: str, numbers: Iterable[int], at: datetime
) -> frozenset[int]:
    """Those of the pieces that a count of the feed at this level would rest on, or say are withdrawn."""
    wanted = tuple(numbers)
    try:
        asked = decided(viewer, question_from_words("counts", {"level": level, "feed": feed}), at, desk)
    except (QuestionError, ReadDenied):
        return frozenset()
    with asked.records() as cursor:
        counted = permitted_among(cursor, wanted)
    return counted | _withdrawn(asked, wanted)


def _withdrawn(asked: Asked, numbers: Iterable[int]) -> frozenset[int]:
    with asked.version.cursor() as cursor:
        return permitted_among(permit_withdrawn(cursor, asked.permitted, int(asked.grain)), numbers)
