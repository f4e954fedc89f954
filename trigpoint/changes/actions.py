"""Decisions of the meeting and what became of them. One function a change, one transaction, one audit event.

Chair and analyst decide; an agency moves its own actions and records what it did. "No action, because" is a decision
like any other. Nothing is deleted: every move is a step that stays.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from trigpoint.changes.accounts import Account
from trigpoint.changes.acting import acting, recorded, require_own_action, row_of
from trigpoint.changes.action_kinds import action_kinds
from trigpoint.changes.actions_told import ActionTold, action, list_actions
from trigpoint.changes.editing import held
from trigpoint.changes.told_text import told
from trigpoint.core.sharing.duties import require_duty
from trigpoint.core.workflow.action import (
    MEASURES,
    NO_ACTION,
    STATE_WORDS,
    ActionState,
    MoveRefused,
    moved,
    taken_back,
)
from trigpoint.core.workflow.question import QuestionState, settled
from trigpoint.db.models import Action, ActionStep, Agency, Dose, Meeting, MeetingQuestion, Place

__all__ = [
    "ActionRefused",
    "ActionTold",
    "action",
    "change_action",
    "decide",
    "list_actions",
    "move_action",
    "plan_dose",
    "record_dose",
    "take_back",
]

LONDON = ZoneInfo("Europe/London")
LONGEST_WHAT, LONGEST_TEXT, LONGEST_NOTE = 300, 500, 300
SHOWN = ("agency", "what", "due_on", "expected_change", "how_seen", "state")
_WORKED_ON = (ActionState.STARTED, ActionState.EVIDENCE_DUE)
MOST_A_DAY = {"sessions": 50, "hours": 200, "patrol_minutes": 6000}
MOST_PLANNED = {"sessions": 1000, "hours": 10_000, "patrol_minutes": 200_000}


class ActionRefused(ValueError):
    """The decision cannot be kept as asked; the message says why."""


@dataclass(frozen=True, slots=True)
class _Decision:
    """The words of a decision, tidied: columns of its line."""

    kind: str
    agency: str
    what: str
    due_on: date | None
    expected_change: str
    how_seen: str
    because: str


def decide(
    *,
    kind: str,
    agency: str,
    what: str,
    due_on: date | None,
    expected_change: str,
    how_seen: str,
    by: str,
    at: datetime,
    meeting: int | None = None,
    place: int | None = None,
    because: str = "",
    question: int | None = None,
    proposed: bool = False,
) -> int:
    """Record a decision; gives its number. `kind` is of the vocabulary, or NO_ACTION with `because`.

    `what` is its verb and object; empty, the kind's own. A question that it answers becomes "actioned" with it.
    Raises ChangeDenied, ActionRefused, TextRefused, NoSuchThing.
    """
    account = acting(by, "decide")
    none = kind == NO_ACTION
    decision = (
        _no_action(because) if none else _to_do(kind, agency, what, due_on, expected_change, how_seen, at)
    )
    state = ActionState.NONE_TAKEN if none else ActionState.PROPOSED if proposed else ActionState.AGREED
    with transaction.atomic():
        action = Action.objects.create(
            **{name: getattr(decision, name) for name in _Decision.__dataclass_fields__},
            meeting=row_of(Meeting, meeting), place=row_of(Place, place),
            question=_actioned(question, account, at), state=state, decided_by=account.user, decided_at=at,
        )  # fmt: skip
        _step(action, "", "", account, at)
        detail = {
            "kind": kind,
            "agency": decision.agency,
            "place": place,
            "meeting": meeting,
            "question": question,
        }
        due = decision.due_on.isoformat() if decision.due_on else ""
        recorded(
            "action_decided", f"action {action.pk}", account, at, {**detail, "due_on": due, "state": state}
        )
    return int(action.pk)


def change_action(
    *,
    number: int,
    agency: str,
    what: str,
    due_on: date,
    expected_change: str,
    how_seen: str,
    version: int,
    by: str,
    at: datetime,
) -> None:
    """Word a decision otherwise, or give it another agency or day; its kind stays. The audit keeps what it said.

    Raises ChangeDenied, ChangedMeanwhile, ActionRefused, TextRefused, NoSuchThing.
    """
    account = acting(by, "decide")
    with transaction.atomic():
        action = held(Action, number, version, SHOWN)
        if ActionState(action.state) not in (ActionState.PROPOSED, ActionState.AGREED, ActionState.STARTED):
            raise ActionRefused(
                f"An action that is {STATE_WORDS[ActionState(action.state)].lower()} is not changed."
            )
        wanted = _to_do(action.kind, agency, what, due_on, expected_change, how_seen, action.decided_at)
        before = {name: str(getattr(action, name)) for name in SHOWN}
        for name in ("agency", "what", "due_on", "expected_change", "how_seen"):
            setattr(action, name, getattr(wanted, name))
        changed = {name: [before[name], str(getattr(action, name))] for name in SHOWN}
        _saved(action)
        different = {name: pair for name, pair in changed.items() if pair[0] != pair[1]}
        recorded("action_changed", f"action {number}", account, at, different)


def move_action(
    *,
    number: int,
    to: str,
    note: str,
    version: int,
    by: str,
    at: datetime,
    superseded_by: int | None = None,
) -> None:
    """Take an action one state on. Agreeing is the meeting's; every other move its agency's too.

    A stopped action says why in `note`; a superseded one names its successor. Raises ChangeDenied, ChangedMeanwhile,
    ActionRefused, TextRefused, NoSuchThing.
    """
    account = acting(by, "act")
    wanted = _state(to)
    if wanted in (ActionState.AGREED, ActionState.SUPERSEDED):
        require_duty("decide", role=account.role, user=by)
    why = told(note, what="the note", longest=LONGEST_TEXT, needed=wanted is ActionState.STOPPED)
    with transaction.atomic():
        action = held(Action, number, version, SHOWN)
        require_own_action(account, action.agency)
        before = action.state
        try:
            action.state = moved(ActionState(before), wanted)
        except MoveRefused as refusal:
            raise ActionRefused(str(refusal)) from refusal
        if wanted is ActionState.SUPERSEDED:
            action.superseded_by = _successor(number, superseded_by)
        _saved(action)
        _step(action, before, why, account, at)
        recorded("action_moved", f"action {number}", account, at, {"from": before, "to": action.state})


def take_back(*, number: int, note: str, version: int, by: str, at: datetime) -> None:
    """Take an action's last move back, with why in `note`. What the meeting alone moves it alone takes back.

    Raises as `move_action`.
    """
    account = acting(by, "act")
    why = told(note, what="why it is taken back", longest=LONGEST_TEXT)
    with transaction.atomic():
        action = held(Action, number, version, SHOWN)
        require_own_action(account, action.agency)
        before = ActionState(action.state)
        if before in (ActionState.AGREED, ActionState.SUPERSEDED):
            require_duty("decide", role=account.role, user=by)
        to = taken_back([(one.from_state, one.to_state) for one in action.steps.all()])
        if to is None:
            raise ActionRefused("It stands where it began: nothing can be taken back.")
        action.state, action.superseded_by = to.value, None
        _saved(action)
        _step(action, before, why, account, at)
        recorded("action_taken_back", f"action {number}", account, at, {"from": before, "to": action.state})


def plan_dose(*, number: int, planned: Mapping[str, float], version: int, by: str, at: datetime) -> None:
    """Say how much of an action is planned, by its kind's measures. Raises as `move_action`."""
    account = acting(by, "act")
    with transaction.atomic():
        action = held(Action, number, version, (*SHOWN, "dose_planned"))
        require_own_action(account, action.agency)
        before = action.dose_planned
        action.dose_planned = _measured(action, planned, MOST_PLANNED)
        _saved(action)
        detail = {"before": before, "after": action.dose_planned}
        recorded("action_dose_planned", f"action {number}", account, at, detail)


def record_dose(
    *,
    number: int,
    on: date,
    by: str,
    at: datetime,
    sessions: int = 0,
    hours: float = 0.0,
    patrol_minutes: int = 0,
    note: str = "",
) -> int:
    """Record what was done on a day; gives the record's number. Two people who do so both stand.

    Raises ChangeDenied, ActionRefused, TextRefused, NoSuchThing.
    """
    account = acting(by, "act")
    why = told(note, what="the note", longest=LONGEST_NOTE, needed=False)
    if on > at.astimezone(LONDON).date():
        raise ActionRefused("What is still to come was not done yet: give a day that is past, or today.")
    with transaction.atomic():
        action = held(Action, number, None, SHOWN)
        require_own_action(account, action.agency)
        if ActionState(action.state) not in _WORKED_ON:
            raise ActionRefused("Start the action first; what is over has nothing more done.")
        given = {"sessions": sessions, "hours": hours, "patrol_minutes": patrol_minutes}
        measured = _measured(action, given, MOST_A_DAY)
        done = Dose.objects.create(
            action=action, on=on, sessions=int(measured.get("sessions", 0)), hours=measured.get("hours", 0.0),
            patrol_minutes=int(measured.get("patrol_minutes", 0)), note=why, by=account.user,
            agency=account.agency, at=at,
        )  # fmt: skip
        recorded("dose_recorded", f"action {number}", account, at, {"on": on.isoformat(), **measured})
    return int(done.pk)


def _to_do(
    kind: str, agency: str, what: str, due_on: date | None, expected: str, seen: str, at: datetime
) -> _Decision:
    found = action_kinds().get(kind)
    if found is None:
        raise ActionRefused(f"There is no kind of action '{kind}'.")
    if not agency or not Agency.objects.filter(code=agency).exists():
        raise ActionRefused("Say which agency will do it.")
    if due_on is None or due_on < at.astimezone(LONDON).date():
        raise ActionRefused("Say by which day: not one that was over when it was decided.")
    return _Decision(
        kind=kind,
        agency=agency,
        what=told(what or f"{found.verb} {found.what}", what="what is done", longest=LONGEST_WHAT),
        due_on=due_on,
        expected_change=told(expected, what="what should change", longest=LONGEST_TEXT, needed=False),
        how_seen=told(seen, what="how we shall see it", longest=LONGEST_TEXT, needed=False),
        because="",
    )


def _no_action(because: str) -> _Decision:
    why = told(because, what="why no action is taken", longest=LONGEST_TEXT)
    return _Decision(NO_ACTION, "", "take no action", None, "", "", why)


def _actioned(number: int | None, account: Account, at: datetime) -> MeetingQuestion | None:
    """The question that a decision answers, settled with it."""
    if number is None:
        return None
    question = held(MeetingQuestion, number, None, ())
    question.state = settled(QuestionState(question.state), QuestionState.ACTIONED)
    question.settled_by, question.settled_at = account.user, at
    question.version += 1
    question.save()
    return question


def _successor(number: int, other: int | None) -> Action:
    found = None if other in (None, number) else Action.objects.filter(pk=other).first()
    if found is None:
        raise ActionRefused("Say which action takes its place.")
    return found


def _state(word: str) -> ActionState:
    try:
        return ActionState(word)
    except ValueError:
        raise ActionRefused(f"There is no state '{word}' of an action.") from None


def _measured(action: Action, given: Mapping[str, float], most: Mapping[str, int]) -> dict[str, float]:
    """What of a dose is more than nought, by the kind's own measures. Raises ActionRefused."""
    kind = action_kinds().get(action.kind)
    measures = kind.measures if kind else ()
    some = {name: value for name, value in given.items() if value}
    if strange := [name for name in some if name not in measures]:
        raise ActionRefused(f"This work is not counted in {MEASURES.get(strange[0], strange[0])}.")
    if not some or any(not 0 < value <= most[name] for name, value in some.items()):
        counted = " or ".join(MEASURES[name] for name in measures)
        raise ActionRefused(
            f"Say how much: {counted}, more than nought."
            if counted
            else "This work is done once: it has no dose."
        )
    return some


def _saved(action: Action) -> None:
    action.version += 1
    action.save()


def _step(action: Action, before: str, note: str, account: Account, at: datetime) -> None:
    ActionStep.objects.create(
        action=action, from_state=before, to_state=action.state, note=note, by=account.user,
        agency=account.agency, at=at,
    )  # fmt: skip
