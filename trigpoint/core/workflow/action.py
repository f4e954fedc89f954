"""The life of an action: decided by the meeting, begun by its agency, seen or not seen to work, and done.

"No action, because" is a decision too. It has nothing to move but, where somebody acts after all, its successor.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

__all__ = [
    "CLASSES",
    "MEASURES",
    "MOVES",
    "NO_ACTION",
    "STATE_WORDS",
    "ActionKind",
    "ActionState",
    "MoveRefused",
    "is_open",
    "is_overdue",
    "moved",
    "moves",
    "standing",
    "taken_back",
]

NO_ACTION = "no_action"
"""The kind of a decision that nothing is done."""

CLASSES: Mapping[str, str] = {
    "change-context": "Change the place",
    "watch-place": "Watch the place",
    "collect-information": "Find out more",
}
MEASURES: Mapping[str, str] = {"sessions": "sessions", "hours": "hours", "patrol_minutes": "patrol minutes"}


class ActionState(StrEnum):
    """Where an action stands."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    STARTED = "started"
    EVIDENCE_DUE = "evidence_due"
    DONE = "done"
    STOPPED = "stopped"
    SUPERSEDED = "superseded"
    NONE_TAKEN = "none_taken"


STATE_WORDS: Mapping[ActionState, str] = {
    ActionState.PROPOSED: "Proposed",
    ActionState.AGREED: "Agreed",
    ActionState.STARTED: "Started",
    ActionState.EVIDENCE_DUE: "Evidence due",
    ActionState.DONE: "Done",
    ActionState.STOPPED: "Stopped",
    ActionState.SUPERSEDED: "Superseded",
    ActionState.NONE_TAKEN: "No action",
}
_ENDS = (ActionState.STOPPED, ActionState.SUPERSEDED)
MOVES: Mapping[ActionState, tuple[ActionState, ...]] = {
    ActionState.PROPOSED: (ActionState.AGREED, *_ENDS),
    ActionState.AGREED: (ActionState.STARTED, *_ENDS),
    ActionState.STARTED: (ActionState.EVIDENCE_DUE, *_ENDS),
    ActionState.EVIDENCE_DUE: (ActionState.DONE, *_ENDS),
    ActionState.DONE: (),
    ActionState.STOPPED: (),
    ActionState.SUPERSEDED: (),
    ActionState.NONE_TAKEN: (ActionState.SUPERSEDED,),
}
"""Every move there is, the usual one first."""


class MoveRefused(ValueError):
    """The action cannot go there; the message says where it can."""


@dataclass(frozen=True, slots=True)
class ActionKind:
    """One kind of the vocabulary: "[agency] will [verb] [what] at [place]".

    `measures` are of `MEASURES`: what its dose is counted in, none for work that is done once. `weeks` is how long it
    usually has; `expected` what should change where nobody says otherwise, `seen` how one would see it.
    Raises ValueError for a class or measure that there is not, and for no week.
    """

    code: str
    label: str
    verb: str
    what: str
    kind_class: str
    measures: tuple[str, ...]
    weeks: int
    expected: str
    seen: str

    def __post_init__(self) -> None:
        if self.kind_class not in CLASSES:
            raise ValueError(f"there is no class {self.kind_class!r}: choose {', '.join(CLASSES)}")
        if strange := set(self.measures) - set(MEASURES):
            raise ValueError(
                f"there is no measure {', '.join(sorted(strange))}: choose {', '.join(MEASURES)}"
            )
        if self.weeks < 1:
            raise ValueError("an action has at least a week")

    @property
    def changes_context(self) -> bool:
        """Whether it may change what is recorded at the place, so that it can be asked if it worked."""
        return self.kind_class == "change-context"


def moves(state: ActionState) -> tuple[ActionState, ...]:
    """Where an action may go next, the usual way first."""
    return MOVES[state]


def moved(state: ActionState, to: ActionState) -> ActionState:
    """The state after a move. Raises MoveRefused for one that there is not."""
    if to not in MOVES[state]:
        open_ways = " or ".join(STATE_WORDS[one].lower() for one in MOVES[state])
        then = f"it can go on to {open_ways}" if open_ways else "it has come to its end"
        raise MoveRefused(
            f"An action that is {STATE_WORDS[state].lower()} cannot become {STATE_WORDS[to].lower()}: {then}."
        )
    return to


def standing(walked: Sequence[tuple[str, str]]) -> tuple[int, ...]:
    """Which moves of an action's walk still stand, by their place in it: a move taken back takes its move with it.

    Each is where it came from, "" for its beginning, and where it went.
    """
    stand: list[int] = []
    for at, (before, to) in enumerate(walked):
        if before == "" or ActionState(to) in MOVES[ActionState(before)]:
            stand.append(at)
        elif stand:
            stand.pop()
    return tuple(stand)


def taken_back(walked: Sequence[tuple[str, str]]) -> ActionState | None:
    """Where an action goes when its last move that stands is taken back; None at its beginning.

    A slip of the hand is not for ever, and nothing is rubbed out: the way back is a move like others.
    """
    stand = standing(walked)
    before = walked[stand[-1]][0] if stand else ""
    return ActionState(before) if before else None


def is_open(state: ActionState) -> bool:
    """Whether something is still to be done."""
    return state is not ActionState.NONE_TAKEN and bool(MOVES[state])


def is_overdue(state: ActionState, due_on: date | None, today: date) -> bool:
    """Whether its day is past and it is still open."""
    return is_open(state) and due_on is not None and due_on < today
