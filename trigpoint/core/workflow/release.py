"""The life of a release: made, proposed, approved by two agencies, issued; refused or withdrawn with a reason."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

__all__ = [
    "APPROVALS",
    "MOVES",
    "ReleaseMoveRefused",
    "ReleaseState",
    "Word",
    "after_word",
    "is_open_on",
    "moved",
]

APPROVALS = 2


class ReleaseState(StrEnum):
    """Where a release stands."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    APPROVED = "approved"
    ISSUED = "issued"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


MOVES: dict[ReleaseState, frozenset[ReleaseState]] = {
    ReleaseState.DRAFT: frozenset({ReleaseState.PROPOSED, ReleaseState.WITHDRAWN}),
    ReleaseState.PROPOSED: frozenset({ReleaseState.APPROVED, ReleaseState.REFUSED, ReleaseState.WITHDRAWN}),
    ReleaseState.APPROVED: frozenset({ReleaseState.ISSUED, ReleaseState.REFUSED, ReleaseState.WITHDRAWN}),
    ReleaseState.ISSUED: frozenset({ReleaseState.WITHDRAWN}),
    ReleaseState.REFUSED: frozenset(),
    ReleaseState.WITHDRAWN: frozenset(),
}
"""What may follow what. Nothing comes back: another release is made, and proved against this one's cells too."""


class ReleaseMoveRefused(ValueError):
    """The release cannot go that way; the message says why."""


@dataclass(frozen=True, slots=True)
class Word:
    """What somebody said of a release, and for which agency."""

    by: str
    agency: str
    approved: bool


def moved(state: ReleaseState, to: ReleaseState) -> ReleaseState:
    """Move a release. Raises ReleaseMoveRefused for a way that there is not."""
    if to not in MOVES[state]:
        raise ReleaseMoveRefused(f"A release that is {state.value} cannot become {to.value}.")
    return to


def after_word(author: str, given: Iterable[Word], word: Word) -> ReleaseState:
    """Where a proposed release stands after one more word on it.

    Raises ReleaseMoveRefused for its author, for somebody who spoke before, and for an approval by somebody who acts for
    no agency, or for one that has approved already.
    """
    earlier = tuple(given)
    if word.by == author:
        raise ReleaseMoveRefused("Whoever made a release cannot approve it.")
    if any(one.by == word.by for one in earlier):
        raise ReleaseMoveRefused("You have had your word on this release.")
    if not word.approved:
        return ReleaseState.REFUSED
    if not word.agency:
        raise ReleaseMoveRefused("An approval is given for an agency; this account acts for none.")
    agencies = {one.agency for one in earlier if one.approved}
    if word.agency in agencies:
        raise ReleaseMoveRefused("Your agency has approved this already; the second approval is another's.")
    return ReleaseState.APPROVED if len(agencies) + 1 >= APPROVALS else ReleaseState.PROPOSED


def is_open_on(state: ReleaseState, expires_on: date, on: date) -> bool:
    """Whether those it is for may read it: issued, and its last day not over."""
    return state is ReleaseState.ISSUED and on <= expires_on
