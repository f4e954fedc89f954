"""Actions as pages write them: what is overdue first and marked, with only the moves that its reader may make."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from trigpoint.changes.actions import ActionTold
from trigpoint.core.workflow.action import MEASURES, ActionState
from trigpoint.web.presenters.words import counted, day_words

__all__ = ["ActionRow", "Move", "action_rows", "done_words", "dose_words"]

_VERBS = {
    ActionState.AGREED: "Agree",
    ActionState.STARTED: "Start",
    ActionState.EVIDENCE_DUE: "Work finished",
    ActionState.DONE: "Done, evidence seen",
    ActionState.STOPPED: "Stop",
    ActionState.SUPERSEDED: "Superseded",
}


@dataclass(frozen=True, slots=True)
class Move:
    """A button: the state it leads to and what it says. `needs` is "note" or "successor" where more must be said."""

    state: str
    words: str
    needs: str


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action of a table. `due` is in words; `late` how late it is, "" where it is not."""

    told: ActionTold
    due: str
    late: str
    dose: str
    moves: tuple[Move, ...]

    @property
    def next_move(self) -> Move | None:
        """The usual way on, which needs one press."""
        return next((one for one in self.moves if not one.needs), None)


def action_rows(actions: Iterable[ActionTold], today: date) -> tuple[ActionRow, ...]:
    """For `parts/actions_table.html`, in the order they come."""
    return tuple(
        ActionRow(
            told=one,
            due=day_words(one.due_on) if one.due_on else "",
            late=_late(one, today),
            dose=dose_words(one),
            moves=tuple(_move(state) for state in one.moves),
        )
        for one in actions
    )


def dose_words(action: ActionTold) -> str:
    """ "4 of 6 sessions, 8 of 12 hours"; "" for work that is done once."""
    return ", ".join(
        f"{_figure(action.done.get(name, 0))}{_planned(action, name)} {MEASURES[name]}"
        for name in action.measures
        if action.done.get(name) or action.planned.get(name)
    )


def done_words(done: Mapping[str, float]) -> str:
    """ "1 session, 2.5 hours": what was done on one day."""
    return ", ".join(
        f"{_figure(value)} {MEASURES[name].removesuffix('s') if value == 1 else MEASURES[name]}"
        for name, value in done.items()
    )


def _planned(action: ActionTold, name: str) -> str:
    planned = action.planned.get(name)
    return f" of {_figure(planned)}" if planned else ""


def _figure(value: float) -> str:
    return f"{value:,.1f}".removesuffix(".0")


def _late(action: ActionTold, today: date) -> str:
    if action.due_on is None or not action.is_overdue(today):
        return ""
    return f"Overdue by {counted((today - action.due_on).days, 'day', 'days')}"


def _move(state: str) -> Move:
    to = ActionState(state)
    needs = {ActionState.STOPPED: "note", ActionState.SUPERSEDED: "successor"}.get(to, "")
    return Move(state, _VERBS[to], needs)
