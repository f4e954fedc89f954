"""Meetings: planned, held, closed, and who sits there. Freezing has a module of its own, as have agenda and minutes.

Each change is one transaction and one audit event. Agencies and roles are told, never who somebody is.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from trigpoint.changes.accounts import Account, account_named
from trigpoint.changes.editing import ChangedMeanwhile, NoSuchThing, held
from trigpoint.changes.meeting_questions import carry_open
from trigpoint.changes.told_text import told
from trigpoint.core.sharing.duties import Duty, require_duty
from trigpoint.core.workflow.meeting import MeetingRefused, MeetingState, Step, moved, reopened
from trigpoint.db.audit import record_event
from trigpoint.db.models import Agency, AgendaItem, Attendance, Meeting
from trigpoint.gate.meeting_terms import MeetingTerms, home_terms
from trigpoint.gate.quadrants import home_quadrants

__all__ = [
    "Item",
    "MeetingTold",
    "Seat",
    "close_meeting",
    "hold_meeting",
    "list_meetings",
    "mark_step",
    "meeting",
    "plan_meeting",
    "record_meeting",
    "reopen_meeting",
    "seat_agencies",
    "seat_agency",
    "with_duty",
]

SHOWN = ("state", "held_on")
SEAT_WORDS: dict[bool | None, str] = {True: "present", False: "absent", None: "nobody has said yet"}
OPEN_DATA = "open_data"
"""The agency of what is published openly: it sits at no table."""


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the agenda. `item` says what the page shows there; `place` is a named place's number."""

    number: int
    position: int
    item: str
    title: str
    minutes: int
    place: int | None
    done: bool
    version: int


@dataclass(frozen=True, slots=True)
class Seat:
    """An agency at the table; `conflict` is an interest it has declared, "" for none. `present` is None until somebody
    says: that is not absent."""

    number: int
    agency: str
    name: str
    present: bool | None
    conflict: str
    version: int

    @property
    def words(self) -> str:
        return SEAT_WORDS[self.present]

    @property
    def label(self) -> str:
        """What a form calls it."""
        return f"At the table: {self.name}"


@dataclass(frozen=True, slots=True)
class MeetingTold:
    """A meeting as whoever reads meetings may read it; `quadrant_name` is "the county" where it is of no quadrant.

    `publication` and `frozen_at` are None until it is frozen, `recipe` is empty until then.
    """

    number: int
    quadrant: str
    quadrant_name: str
    held_on: date
    state: str
    frozen_at: datetime | None
    publication: int | None
    previous: int | None
    version: int
    agenda: tuple[Item, ...]
    attendance: tuple[Seat, ...]
    steps: tuple[Step, ...]
    recipe: dict[str, object]

    @property
    def seats_version(self) -> int:
        """Goes up whenever any seat is changed."""
        return sum(one.version for one in self.attendance)

    @property
    def is_frozen(self) -> bool:
        return self.frozen_at is not None


def list_meetings(*, by: str) -> tuple[MeetingTold, ...]:
    """Every meeting, in the order of their days. Raises ChangeDenied where `by` reads no meetings."""
    with_duty("read_meetings", by)
    terms = home_terms()
    found = Meeting.objects.prefetch_related("agenda", "attendance")
    return tuple(_told(one, terms) for one in found)


def meeting(*, number: int, by: str) -> MeetingTold:
    """One meeting. Raises ChangeDenied, or NoSuchThing."""
    with_duty("read_meetings", by)
    found = Meeting.objects.prefetch_related("agenda", "attendance").filter(pk=number).first()
    if found is None:
        raise NoSuchThing(f"There is no meeting {number}.")
    return _told(found, home_terms())


def plan_meeting(*, quadrant: str, held_on: date, by: str, at: datetime) -> int:
    """A meeting of a quadrant, "" for the whole county, with the usual agenda and every agency's seat. Gives its number.

    Raises ChangeDenied, and MeetingRefused for a quadrant there is not or a day that the quadrant has already.
    """
    account = with_duty("hold_meeting", by)
    if quadrant and quadrant not in {one.code for one in home_quadrants()}:
        raise MeetingRefused(f"There is no quadrant {quadrant} here.")
    with transaction.atomic():
        if Meeting.objects.filter(quadrant=quadrant, held_on=held_on).exists():
            raise MeetingRefused("This quadrant meets on that day already.")
        before = Meeting.objects.filter(quadrant=quadrant, held_on__lt=held_on).last()
        planned = Meeting.objects.create(
            quadrant=quadrant, held_on=held_on, previous=before, planned_by=account.user, planned_at=at
        )
        AgendaItem.objects.bulk_create(
            AgendaItem(meeting=planned, position=place, item=one.item, title=one.title, minutes=one.minutes)
            for place, one in enumerate(home_terms().agenda, start=1)
        )
        agencies = Agency.objects.exclude(code=OPEN_DATA).values_list("code", flat=True)
        Attendance.objects.bulk_create(Attendance(meeting=planned, agency=code) for code in agencies)
        record_meeting(
            "planned", planned, account, at, {"quadrant": quadrant, "held_on": held_on.isoformat()}
        )
    return int(planned.pk)


def hold_meeting(*, number: int, version: int, by: str, at: datetime) -> int:
    """Say that the meeting was held. Raises ChangeDenied, NoSuchThing, ChangedMeanwhile, MeetingRefused."""
    return _move(number, version, MeetingState.HELD, by, at)


def close_meeting(*, number: int, version: int, by: str, at: datetime) -> int:
    """Close a meeting that was held: questions still open go to the next one. Raises as `hold_meeting`."""
    return _move(number, version, MeetingState.CLOSED, by, at)


def reopen_meeting(*, number: int, because: str, version: int, by: str, at: datetime) -> int:
    """Open a closed meeting again, with why: minutes can be written, what was frozen stays, questions carried on stay on.

    Raises as `hold_meeting`, and TextRefused.
    """
    account = with_duty("hold_meeting", by)
    why = told(because, what="why it is opened again", longest=300)
    with transaction.atomic():
        found = held(Meeting, number, version, SHOWN)
        found.state, found.closed_at = reopened(MeetingState(found.state)), None
        found.version += 1
        found.save(update_fields=("state", "closed_at", "version"))
        record_meeting("reopened", found, account, at, {"because": why})
    return number


def mark_step(*, number: int, step: str, done: bool, version: int, by: str, at: datetime) -> int:
    """Say that a step of the timetable is done, or not after all. Frozen and held are known without being said.

    Raises ChangeDenied, NoSuchThing, ChangedMeanwhile, and MeetingRefused for a step there is not.
    """
    account = with_duty("hold_meeting", by)
    known = {one.name for one in home_terms().timetable.rules} - {"frozen", "meeting"}
    if step not in known:
        raise MeetingRefused("That step cannot be marked.")
    with transaction.atomic():
        found = held(Meeting, number, version, SHOWN)
        others = {name: when for name, when in found.steps_done.items() if name != step}
        found.steps_done = {**others, step: at.isoformat()} if done else others
        found.version += 1
        found.save(update_fields=("steps_done", "version"))
        record_meeting("step", found, account, at, {"step": step, "done": done})
    return number


def seat_agency(
    *, number: int, agency: str, present: bool, conflict: str, version: int, by: str, at: datetime
) -> int:
    """Whether an agency is at the table, and what interest it declared.

    Raises ChangeDenied, NoSuchThing, ChangedMeanwhile, and TextRefused where the words seem to tell of somebody.
    """
    account = with_duty("hold_meeting", by)
    words = told(conflict, what="the interest declared", longest=300, needed=False)
    with transaction.atomic():
        seat = Attendance.objects.filter(meeting_id=number, agency=agency).first()
        if seat is None:
            raise NoSuchThing(f"{agency} has no seat at meeting {number}.")
        _not_closed(seat.meeting)
        seat = held(Attendance, int(seat.pk), version, ("present", "conflict"))
        seat.present, seat.conflict, seat.version = present, words, seat.version + 1
        seat.save()
        said = {"agency": agency, "present": present, "conflict": bool(words)}
        record_meeting("seat", seat.meeting, account, at, said)
    return int(seat.pk)


def seat_agencies(
    *,
    number: int,
    said: Mapping[str, bool | None],
    seen: Mapping[str, bool | None],
    version: int,
    by: str,
    at: datetime,
) -> int:
    """Who is at the table, all seats by one act; how many were changed.

    `said` is by agency, `seen` what the form showed: a seat that was left as it was is not touched. `version` is
    `MeetingTold.seats_version` as the form saw it. Raises ChangeDenied, NoSuchThing, MeetingRefused where it is closed, and
    ChangedMeanwhile where somebody said otherwise of one of these seats; then nothing was changed.
    """
    account = with_duty("hold_meeting", by)
    with transaction.atomic():
        seats = list(Attendance.objects.select_for_update().filter(meeting_id=number))
        if not seats:
            raise NoSuchThing(f"There is no meeting {number}.")
        _not_closed(seats[0].meeting)
        changed = [one for one in seats if said.get(one.agency) != seen.get(one.agency)]
        _require_as_seen(seats, changed, said, seen, version)
        for one in changed:
            one.present, one.version = said.get(one.agency), one.version + 1
            one.save()
        if changed:
            detail: dict[str, object] = {one.agency: one.present for one in changed}
            record_meeting("seats", seats[0].meeting, account, at, detail)
    return len(changed)


def _require_as_seen(
    seats: Collection[Attendance],
    changed: Collection[Attendance],
    said: Mapping[str, bool | None],
    seen: Mapping[str, bool | None],
    version: int,
) -> None:
    now = sum(one.version for one in seats)
    names = dict(Agency.objects.values_list("code", "name"))
    others = [one for one in changed if one.present not in (said.get(one.agency), seen.get(one.agency))]
    if others and version != now:
        told_now = {_seat(one, names).label: _seat(one, names).words for one in others}
        raise ChangedMeanwhile("seats", now, told_now)


def _not_closed(found: Meeting) -> None:
    if found.state == MeetingState.CLOSED:
        raise MeetingRefused("This meeting is closed: open it again to change who was there.")


def with_duty(duty: Duty, by: str) -> Account:
    """The account, where it carries the duty. Raises ChangeDenied."""
    account = account_named(by)
    require_duty(duty, role=account.role, user=by)
    return account


def record_meeting(
    event: str, of: Meeting, account: Account, at: datetime, detail: dict[str, object]
) -> None:
    """One audit event about a meeting."""
    record_event(
        event=f"meeting.{event}", at=at, user=account.user, agency=account.agency, role=account.role,
        subject=str(of.pk), detail=detail,
    )  # fmt: skip


def _move(number: int, version: int, to: MeetingState, by: str, at: datetime) -> int:
    account = with_duty("hold_meeting", by)
    with transaction.atomic():
        found = held(Meeting, number, version, SHOWN)
        found.state = moved(MeetingState(found.state), to)
        if to is MeetingState.HELD:
            found.held_at = at
        else:
            found.closed_at = at
        found.version += 1
        found.save(update_fields=("state", "held_at", "closed_at", "version"))
        record_meeting(str(to), found, account, at, {})
        following = found.followed_by.order_by("held_on").first()
        if to is MeetingState.CLOSED and following is not None:
            carry_open(meeting_from=number, meeting_to=int(following.pk), by=by, at=at)
    return number


def _told(found: Meeting, terms: MeetingTerms) -> MeetingTold:
    quadrants = {one.code: one.name for one in home_quadrants()}
    names = dict(Agency.objects.values_list("code", "name"))
    return MeetingTold(
        number=int(found.pk),
        quadrant=found.quadrant,
        quadrant_name=quadrants.get(found.quadrant, found.quadrant) or "The county",
        held_on=found.held_on,
        state=found.state,
        frozen_at=found.frozen_at,
        publication=found.publication_id,
        previous=found.previous_id,
        version=found.version,
        agenda=tuple(_item(one, at) for at, one in enumerate(found.agenda.all(), start=1)),
        attendance=tuple(_seat(one, names) for one in found.attendance.all()),
        steps=terms.timetable.steps(found.held_on, done=_done(found)),
        recipe=dict(found.recipe),
    )


def _done(found: Meeting) -> Collection[str]:
    known = {"frozen": found.frozen_at, "meeting": found.held_at}
    return {*found.steps_done, *(name for name, when in known.items() if when)}


def _item(one: AgendaItem, at: int) -> Item:
    return Item(
        number=int(one.pk), position=at, item=one.item, title=one.title, minutes=one.minutes,
        place=one.place_id, done=one.done_at is not None, version=one.version,
    )  # fmt: skip


def _seat(one: Attendance, names: dict[str, str]) -> Seat:
    return Seat(
        int(one.pk), one.agency, names.get(one.agency, one.agency), one.present, one.conflict, one.version
    )
