"""Actions as those at the table read them: what is open by its day first, so that what is overdue comes before all."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from trigpoint.changes.acting import acting
from trigpoint.changes.action_kinds import action_kinds
from trigpoint.changes.editing import NoSuchThing
from trigpoint.core.sharing.duties import DUTIES
from trigpoint.core.workflow.action import (
    CLASSES,
    MEASURES,
    NO_ACTION,
    STATE_WORDS,
    ActionKind,
    ActionState,
    is_open,
    is_overdue,
    moves,
    standing,
    taken_back,
)
from trigpoint.db.models import Action, Agency, PlaceChange

__all__ = ["ActionTold", "DoseTold", "StepTold", "action", "list_actions"]

_DECIDED_ALONE = (ActionState.AGREED, ActionState.SUPERSEDED)


@dataclass(frozen=True, slots=True)
class StepTold:
    """One move, by an agency; the state's words. `back` is whether it took the one before it back."""

    to: str
    note: str
    agency: str
    at: datetime
    back: bool = False


@dataclass(frozen=True, slots=True)
class DoseTold:
    """What was done on a day; `done` is by measure, without those of nought.

    One that is struck out (`struck_at`, by an agency, because) is told and not counted.
    """

    number: int
    on: date
    done: Mapping[str, float]
    note: str
    agency: str
    struck_at: datetime | None
    struck_agency: str
    struck_because: str
    version: int


@dataclass(frozen=True, slots=True)
class ActionTold:
    """A decision as its reader may read it.

    `moves` are the states this reader may take it to, `back_to` the words of the one
    that they may take it back to, `may_record` whether they may record what was done. `measures`
    are what its dose is counted in; `planned` and `done` by measure, without what is struck out. `may_strike` is whether
    they may strike out what was recorded wrongly. `plan` is the number of its evaluation's plan.
    """

    number: int
    meeting: int | None
    place: int | None
    place_name: str
    district: str
    question: int | None
    kind: str
    kind_label: str
    kind_class: str
    changes_context: bool
    agency: str
    agency_name: str
    what: str
    due_on: date | None
    expected_change: str
    how_seen: str
    because: str
    state: str
    state_words: str
    moves: tuple[str, ...]
    back_to: str
    may_record: bool
    may_strike: bool
    may_change: bool
    measures: tuple[str, ...]
    planned: Mapping[str, float]
    done: Mapping[str, float]
    doses: tuple[DoseTold, ...]
    steps: tuple[StepTold, ...]
    started_on: date | None
    plan: int | None
    superseded_by: int | None
    decided_at: datetime
    version: int

    @property
    def is_open(self) -> bool:
        return is_open(ActionState(self.state))

    def is_overdue(self, today: date) -> bool:
        return is_overdue(ActionState(self.state), self.due_on, today)

    @property
    def sentence(self) -> str:
        """ "Police will make a licensing visit at Station Parade." """
        where = f" at {self.place_name}" if self.place_name else ""
        if self.kind == NO_ACTION:
            return f"No action{where}, because: {self.because}"
        return f"{self.agency_name} will {self.what}{where}."


def list_actions(
    *, by: str, meeting: int | None = None, place: int | None = None, agency: str = ""
) -> tuple[ActionTold, ...]:
    """Actions, open ones by their day first, then those that are over, the newest first.

    `meeting` keeps to those decided there, `place` to those at it and at what was merged into it, `agency` to one
    agency's. Raises ChangeDenied for somebody with no seat at the table.
    """
    account = acting(by, "read_meetings")
    kept = Action.objects.select_related("place").prefetch_related("steps", "doses")
    if meeting is not None:
        kept = kept.filter(meeting_id=meeting)
    if place is not None:
        kept = kept.filter(place_id__in=_with_merged(place))
    if agency:
        kept = kept.filter(agency=agency)
    return tuple(sorted(_told(kept, account.role, account.agency), key=_order))


def action(*, number: int, by: str) -> ActionTold:
    """One action. Raises NoSuchThing, ChangeDenied."""
    account = acting(by, "read_meetings")
    kept = Action.objects.select_related("place").prefetch_related("steps", "doses").filter(pk=number)
    found = _told(kept, account.role, account.agency)
    if not found:
        raise NoSuchThing(f"There is no action {number}.")
    return found[0]


def _with_merged(place: int) -> set[int]:
    """The place and every place that was merged into it, or into one that was."""
    pairs = PlaceChange.objects.filter(change="merged", other__isnull=False).values_list(
        "place_id", "other_id"
    )
    found, more = {place}, {place}
    while more:
        more = {source for source, target in pairs if target in more} - found
        found |= more
    return found


def _order(one: ActionTold) -> tuple[bool, date, float]:
    last = -one.decided_at.timestamp()
    return not one.is_open, (one.due_on or date.max) if one.is_open else date.max, last


def _told(kept: Iterable[Action], role: str, own: str) -> list[ActionTold]:
    kinds, names = action_kinds(), dict(Agency.objects.values_list("code", "name"))
    return [_one(each, kinds, names, role, own) for each in kept]


def _one(
    kept: Action, kinds: Mapping[str, ActionKind], names: Mapping[str, str], role: str, own: str
) -> ActionTold:
    kind, state = kinds.get(kept.kind), ActionState(kept.state)
    decides = role in DUTIES["decide"]
    acts = decides or bool(role in DUTIES["act"] and own and own == kept.agency)
    doses = tuple(
        DoseTold(
            number=int(one.pk),
            on=one.on,
            done={name: getattr(one, name) for name in MEASURES if getattr(one, name)},
            note=one.note,
            agency=one.agency,
            struck_at=one.struck_at,
            struck_agency=names.get(one.struck_agency, one.struck_agency),
            struck_because=one.struck_because,
            version=one.version,
        )
        for one in kept.doses.all()
    )
    steps = list(kept.steps.all())
    walked = [(one.from_state, one.to_state) for one in steps]
    stands = [steps[at] for at in standing(walked)]
    started = next((one.at.date() for one in stands if one.to_state == ActionState.STARTED), None)
    back = taken_back(walked) if decides or (acts and state not in _DECIDED_ALONE) else None
    return ActionTold(
        number=int(kept.pk),
        meeting=kept.meeting_id,
        place=kept.place_id,
        place_name=kept.place.name if kept.place else "",
        district=kept.place.district if kept.place else "",
        question=kept.question_id,
        kind=kept.kind,
        kind_label="No action" if kept.kind == NO_ACTION else kind.label if kind else kept.kind,
        kind_class=CLASSES[kind.kind_class] if kind else "",
        changes_context=bool(kind and kind.changes_context),
        agency=kept.agency,
        agency_name=names.get(kept.agency, kept.agency),
        what=kept.what,
        due_on=kept.due_on,
        expected_change=kept.expected_change,
        how_seen=kept.how_seen,
        because=kept.because,
        state=kept.state,
        state_words=STATE_WORDS[state],
        moves=tuple(one.value for one in moves(state) if decides or (acts and one not in _DECIDED_ALONE)),
        back_to=STATE_WORDS[back] if back else "",
        may_record=acts
        and state in (ActionState.STARTED, ActionState.EVIDENCE_DUE)
        and bool(kind and kind.measures),
        may_strike=acts,
        may_change=decides and state in (ActionState.PROPOSED, ActionState.AGREED, ActionState.STARTED),
        measures=kind.measures if kind else (),
        planned=kept.dose_planned,
        done=_counted(doses, kind),
        doses=doses,
        steps=tuple(
            StepTold(
                STATE_WORDS[ActionState(one.to_state)],
                one.note,
                one.agency,
                one.at,
                back=bool(one.from_state)
                and ActionState(one.to_state) not in moves(ActionState(one.from_state)),
            )
            for one in steps
        ),
        started_on=started,
        plan=kept.plan_id,
        superseded_by=kept.superseded_by_id,
        decided_at=kept.decided_at,
        version=kept.version,
    )


def _counted(doses: Iterable[DoseTold], kind: ActionKind | None) -> dict[str, float]:
    """What was done in all, by measure: without what is struck out."""
    stands = [one.done for one in doses if one.struck_at is None]
    return {name: sum(done.get(name, 0) for done in stands) for name in (kind.measures if kind else ())}
