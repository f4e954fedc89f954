"""The life of a question to the meeting: asked, then answered, made an action, or left open and asked again."""

from collections.abc import Mapping
from enum import StrEnum

__all__ = ["MOVES", "STATE_WORDS", "QuestionMoveRefused", "QuestionState", "moves", "settled"]


class QuestionState(StrEnum):
    """Where a question stands. One that stays open comes back at the next meeting."""

    OPEN = "open"
    ANSWERED = "answered"
    ACTIONED = "actioned"
    DROPPED = "dropped"


STATE_WORDS: Mapping[QuestionState, str] = {
    QuestionState.OPEN: "Open",
    QuestionState.ANSWERED: "Answered",
    QuestionState.ACTIONED: "Became an action",
    QuestionState.DROPPED: "Not asked any more",
}
MOVES: Mapping[QuestionState, tuple[QuestionState, ...]] = {
    QuestionState.OPEN: (QuestionState.ANSWERED, QuestionState.ACTIONED, QuestionState.DROPPED),
    QuestionState.ANSWERED: (QuestionState.OPEN,),
    QuestionState.ACTIONED: (),
    QuestionState.DROPPED: (QuestionState.OPEN,),
}


class QuestionMoveRefused(ValueError):
    """The question cannot go there; the message says why."""


def moves(state: QuestionState) -> tuple[QuestionState, ...]:
    """Where a question may go next."""
    return MOVES[state]


def settled(state: QuestionState, to: QuestionState) -> QuestionState:
    """The state after a move. Raises QuestionMoveRefused for one that there is not."""
    if to not in MOVES[state]:
        raise QuestionMoveRefused(
            f"A question that is {STATE_WORDS[state].lower()} cannot become {STATE_WORDS[to].lower()}."
        )
    return to
