"""What the demo's partnership has decided: places, actions at every stage, one overdue, questions. Quick: no run is made."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from trigpoint.changes.action_kinds import action_kinds
from trigpoint.changes.actions import decide, move_action, plan_dose, record_dose
from trigpoint.changes.meeting_questions import answer_question, raise_question
from trigpoint.changes.meetings import MeetingTold, list_meetings
from trigpoint.changes.named_places import open_place, place
from trigpoint.core.sharing.viewer import Viewer
from trigpoint.core.workflow.action import NO_ACTION
from trigpoint.core.workflow.meeting import MeetingState
from trigpoint.core.workflow.place import MOST_UNITS
from trigpoint.gate.ask import ask
from trigpoint.gate.landing_questions import questions_to_keep
from trigpoint.gate.quadrants import home_quadrants
from trigpoint.gate.questions import question_from_words
from trigpoint.gate.show import rows

__all__ = ["decide_things"]

CHAIR = "chair"
LONDON = ZoneInfo("Europe/London")
MOST_PLACES = 3
OWNERS = ("community_safety", "police", "youth_service")


@dataclass(frozen=True, slots=True)
class _Wanted:
    """An action of the demo: its place by position, decided so many days ago, due in so many, and how far it has come."""

    place: int
    kind: str
    agency: str
    decided_days_ago: int
    due_in_days: int
    moves: Sequence[str] = ()
    proposed: bool = False


WANTED = (
    _Wanted(0, "licensing_visit", "community_safety", 40, -12, ("started",)),
    _Wanted(0, "detached_youth_work", "youth_service", 40, 10, ("started",)),
    _Wanted(0, "staff_briefing", "transport_police", 12, 9),
    _Wanted(1, "patrol", "police", 70, -30, ("started", "evidence_due", "done")),
    _Wanted(1, "environment", "community_safety", 12, 70),
    _Wanted(1, "interview_gap", "return_interviews", 12, 16, ("started", "evidence_due")),
    _Wanted(2, "safety_mapping", "youth_service", 12, 16),
    _Wanted(2, "school_assembly", "education", 40, 3, ("started",)),
    _Wanted(2, "problem_profile", "police", 2, 40, (), True),
)
DOSES = {
    "detached_youth_work": ((28, 1, 2.0, 0), (21, 1, 2.5, 0)),
    "patrol": ((60, 2, 0.0, 30), (46, 3, 0.0, 45)),
}
PLANNED = {"detached_youth_work": {"sessions": 6, "hours": 12}, "patrol": {"patrol_minutes": 120}}
BECAUSE = "The work agreed last month has not had its time yet. We look again at the next meeting."


def decide_things(*, at: datetime) -> tuple[int, ...]:
    """Open places where hotspots are and decide on them, as the meeting would have; gives the places' numbers."""
    opened = _places(at)
    if not opened:
        return ()
    for wanted in WANTED:
        _acted(wanted, opened[wanted.place % len(opened)], at)
    then = at - timedelta(days=12)
    decide(
        kind=NO_ACTION, agency="", what="", due_on=None, expected_change="", how_seen="", because=BECAUSE,
        place=opened[-1], meeting=_meeting(opened[-1], then), by=CHAIR, at=then,
    )  # fmt: skip
    _questions(opened, at)
    return opened


def _places(at: datetime) -> tuple[int, ...]:
    """Where the meeting's own question finds hotspots, else the units that hold most: asked as the analyst who prepares."""
    viewer = Viewer(user="analyst", agency="", role="analyst", purpose="meeting")
    choices = ask(viewer, question_from_words("choices", {}), at)
    kept = dict(questions_to_keep(choices, today=at.astimezone(LONDON).date(), months=12, known=None))
    told = ask(viewer, kept["hot-now"], at)
    level = kept["hot-now"].level_word
    if level == "street" and choices.about["street_kind"] == "anchor":
        return ()  # what stands for streets are points of records: no place is drawn by those
    found = [one for one in rows(told.parts["hotspots"]) if one["verdict"] != "few"][:MOST_PLACES]
    drawings = [(str(one["name"]), list(one["units"])[:MOST_UNITS]) for one in found]
    if not drawings:
        most = sorted(rows(told.columns), key=lambda one: (-one["count"], one["code"]))[:MOST_PLACES]
        drawings = [(f"Near {one['name']}" if one["name"] else one["code"], [one["code"]]) for one in most]
    then = at - timedelta(days=75)
    opened: list[int] = []
    for (name, units), owner in zip(drawings, OWNERS, strict=False):
        number = open_place(
            name=name, level=level, units=units, owner=owner, origin="", by=CHAIR, at=then, beside=opened
        )
        opened.append(number)
    return tuple(opened)


def _acted(wanted: _Wanted, spot: int, at: datetime) -> None:
    then, kind = at - timedelta(days=wanted.decided_days_ago), action_kinds()[wanted.kind]
    number = decide(
        kind=wanted.kind, agency=wanted.agency, what="", due_on=(at + timedelta(days=wanted.due_in_days)).date(),
        expected_change=kind.expected, how_seen=kind.seen, place=spot, meeting=_meeting(spot, then),
        proposed=wanted.proposed, by=CHAIR, at=then,
    )  # fmt: skip
    version = 1
    if wanted.kind in PLANNED:
        plan_dose(number=number, planned=PLANNED[wanted.kind], version=version, by=CHAIR, at=then)
        version += 1
    for step, state in enumerate(wanted.moves, start=1):
        when = then + timedelta(days=step)
        move_action(number=number, to=state, note="", version=version, by=CHAIR, at=when)
        version += 1
        if state == "started":
            _dosed(number, wanted.kind, at)


def _dosed(number: int, kind: str, at: datetime) -> None:
    for days_ago, sessions, hours, minutes in DOSES.get(kind, ()):
        when = at - timedelta(days=days_ago)
        record_dose(
            number=number, on=when.date(), sessions=sessions, hours=hours, patrol_minutes=minutes, by=CHAIR, at=when,
        )  # fmt: skip


def _questions(opened: Sequence[int], at: datetime) -> None:
    then = at - timedelta(days=12)
    meeting = _meeting_to_come(opened[0], at)
    raise_question(
        text="Who manages the car park behind the station in the evenings?", asked_of="community_safety",
        place=opened[0], meeting=meeting, by="youth-member", at=then,
    )  # fmt: skip
    raise_question(
        text="Do the buses that stop here run after eight?", asked_of="education", place=opened[-1],
        meeting=_meeting_to_come(opened[-1], at), by="police-member", at=then,
    )  # fmt: skip
    answered = raise_question(
        text="Is the rise only the summer holidays?", asked_of="youth_service", place=opened[0],
        meeting=meeting, by="education-member", at=then,
    )  # fmt: skip
    answer_question(
        number=answered,
        answer="No. It began in May and went on into term.",
        version=1,
        by="youth-member",
        at=at,
    )


def _meeting_to_come(spot: int, on: datetime) -> int | None:
    """The next meeting of the place's district from that day on that is not closed; None where none is planned."""
    coming = [
        one for one in _meetings_of(spot) if one.held_on >= on.date() and one.state != MeetingState.CLOSED
    ]
    return min(coming, key=lambda one: one.held_on).number if coming else None


def _meetings_of(spot: int) -> list[MeetingTold]:
    district = place(number=spot, by=CHAIR).district
    own = {one.code for one in home_quadrants() if district in one.districts} | {""}
    return [one for one in list_meetings(by=CHAIR) if one.quadrant in own]


def _meeting(spot: int, on: datetime) -> int | None:
    """The last meeting of the place's district by that day; before the first, the one that comes next."""
    meetings = _meetings_of(spot)
    past = [one for one in meetings if one.held_on <= on.date()]
    if past:
        return max(past, key=lambda one: one.held_on).number
    return min(meetings, key=lambda one: one.held_on).number if meetings else None
