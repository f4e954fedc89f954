"""Sense-checks: what an agency says of a record or a place, what it lays over the facts, and how it is taken back.

Each is one transaction and one audit event. What a check changes counts from the next publication on; the delivery it
is about is never touched (docs/decisions/0021).
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction

from trigpoint.changes.accounts import Account, account_named
from trigpoint.changes.editing import NoSuchThing, held
from trigpoint.changes.own_sites import record_at_own_site, units_at_own_site
from trigpoint.changes.sense_checks_seen import HowTold, Reader, seen
from trigpoint.changes.sense_checks_told import CheckTold, told_check, who_may
from trigpoint.changes.told_text import told
from trigpoint.core.sharing.duties import require_duty
from trigpoint.core.sharing.viewer import DEFAULT_PURPOSE
from trigpoint.core.workflow.corrections import Moved
from trigpoint.core.workflow.sense_check import (
    MOVES,
    NONE,
    CheckRefused,
    Said,
    corrects,
    effect_of,
    moved_to,
    needs_second,
    require_second,
)
from trigpoint.db.audit import record_event
from trigpoint.db.models import Correction, Delivery, Meeting, Place, SenseCheck
from trigpoint.gate.connection import current_version
from trigpoint.store.own_sites import is_current

__all__ = [
    "CheckRefused",
    "CheckTold",
    "check_place",
    "check_record",
    "list_checks",
    "one_check",
    "second_check",
    "undo_check",
]

NOTE_LETTERS = 500
MOST_CORRECTIONS = 30
"""Of one record: each cuts its life twice, and the store gives a row 64 pieces."""

State = SenseCheck.State


def list_checks(
    *,
    by: str,
    at: datetime,
    purpose: str = DEFAULT_PURPOSE,
    meeting: int | None = None,
    waiting: bool = False,
) -> tuple[CheckTold, ...]:
    """The checks that somebody may know of, the latest first; those of one meeting, or those waiting for a second agency.

    One on a record that they are not told of is not among them. Which row of which delivery a check is about is told to
    the agency that sent it alone. Raises ChangeDenied.
    """
    reader = Reader(_at_the_table(by), at, purpose)
    found = SenseCheck.objects.select_related("place", "meeting").order_by("-at", "-pk")
    if meeting is not None:
        found = found.filter(meeting_id=meeting)
    if waiting:
        found = found.filter(state=State.WAITING)
    checks = list(found)
    how = seen(checks, reader)
    return tuple(
        told_check(one, reader.account, how[one.pk]) for one in checks if how[one.pk] != HowTold.HIDDEN
    )


def one_check(*, number: int, by: str, at: datetime, purpose: str = DEFAULT_PURPOSE) -> CheckTold:
    """One check. Raises ChangeDenied or NoSuchThing: that, too, where its record is not told to whoever asks."""
    reader = Reader(_at_the_table(by), at, purpose)
    return told_check(*_there(number, reader))


def check_record(
    *,
    delivery: int,
    row: int,
    outcome: str,
    reason: str = "",
    note: str = "",
    subject: str = "record",
    to: Moved | None = None,
    role: int = -1,
    other: tuple[int, int] | None = None,
    unit: str = "",
    before: Mapping[str, Any] | None = None,
    meeting: int | None = None,
    by: str,
    at: datetime,
) -> int:
    """Say of a row of one's own agency, or of the event it tells, whether it agrees with what one knows.

    `to` is where it lies instead, `role` what its place was, `other` another row of one's own that tells the same event;
    `unit` names the place it is asked about, and `before` what was told of that place. Gives the check's number. Raises
    ChangeDenied, CheckRefused, TextRefused or NoSuchThing; then nothing was changed.
    """
    account = _at_the_table(by)
    if not corrects(subject):
        raise CheckRefused("A hotspot or a place is checked as such, not as a record.")
    said = Said(subject, outcome, reason, to is not None, role, other)
    effect = effect_of(said)
    feed = _own_row(account, delivery, row)
    if other is not None and _own_row(account, *other) == feed:
        raise CheckRefused("Both are of one file's kind: withdraw the one that is there twice.")
    if Correction.objects.filter(delivery=delivery, row=row).count() >= MOST_CORRECTIONS:
        raise CheckRefused(
            f"This record has been corrected {MOST_CORRECTIONS} times: ask for it to be sent again."
        )
    own = record_at_own_site(account.agency, delivery, row)
    detail = _detail(effect, said, to, other)
    check = SenseCheck(
        meeting=_meeting(meeting), subject=subject, delivery=delivery, row=row, unit=unit, outcome=outcome, reason=reason,
        note=_note(note), detail=detail, before=dict(before or {}), state=_state(said, effect, own),
        agency=account.agency, role=account.role, by=account.user, at=at,
    )  # fmt: skip
    return _keep(check, account, at)


def check_place(
    *,
    subject: str = "hotspot",
    units: Sequence[str] = (),
    unit: str = "",
    place: int | None = None,
    outcome: str,
    reason: str = "",
    note: str = "",
    before: Mapping[str, Any] | None = None,
    meeting: int | None = None,
    by: str,
    at: datetime,
) -> int:
    """Say of a hotspot (the codes of its `units`, and `unit` to name it) or of a named place whether it fits.

    Anybody at the table may; it changes no figure. A dispute at the disputing agency's own site waits for a second
    agency. Gives the check's number. Raises ChangeDenied, CheckRefused, TextRefused or NoSuchThing.
    """
    account = _at_the_table(by)
    if corrects(subject):
        raise CheckRefused("A record is checked as a record, by the agency that sent it.")
    if not account.agency:
        raise CheckRefused("A check is made for an agency: your account acts for none.")
    said = Said(subject, outcome, reason)
    effect = effect_of(said)
    named = _place(place) if subject == "place" else None
    codes = tuple(named.units.split(",")) if named else tuple(units)
    if not codes or (subject == "hotspot" and not unit):
        raise CheckRefused("Say which place is meant.")
    own = units_at_own_site(account.agency, codes)
    check = SenseCheck(
        meeting=_meeting(meeting), place=named, subject=subject, unit=unit, outcome=outcome, reason=reason, note=_note(note),
        detail={"effect": effect, "units": list(codes)}, before=dict(before or {}), state=_state(said, effect, own),
        agency=account.agency, role=account.role, by=account.user, at=at,
    )  # fmt: skip
    return _keep(check, account, at)


def second_check(
    *, number: int, version: int | None = None, by: str, at: datetime, purpose: str = DEFAULT_PURPOSE
) -> int:
    """Another agency agrees: the check is in force from now on. It must be told of the record as finely as it is named.

    Raises as `held`, ChangeDenied or CheckRefused; NoSuchThing, too, where it may not know of the record.
    """
    account = _at_the_table(by)
    with transaction.atomic():
        _, _, how = _there(number, Reader(account, at, purpose))
        check = _held(number, version, State.IN_FORCE)
        require_second(agency=check.agency, other=account.agency)
        if how != HowTold.PLACED:
            raise CheckRefused("Nobody can agree to what is not shown to their agency.")
        check.seconded_by, check.seconded_agency, check.seconded_at = account.user, account.agency, at
        _move(check, State.IN_FORCE)
        _lay(check, at)
        _record("sense_check.seconded", check, account, at)
    return int(check.pk)


def undo_check(
    *, number: int, version: int | None = None, by: str, at: datetime, purpose: str = DEFAULT_PURPOSE
) -> int:
    """Take a check back: what it laid over the facts ends now. Its own agency may, and whoever holds the meeting.

    Raises as `held`, ChangeDenied, CheckRefused or, where they may not know of it, NoSuchThing; then nothing was changed.
    """
    account = _at_the_table(by)
    with transaction.atomic():
        _there(number, Reader(account, at, purpose))
        check = _held(number, version, State.UNDONE)
        if not who_may(check, account).undo:
            raise CheckRefused("The agency that made it takes it back, or whoever holds the meeting.")
        check.undone_by, check.undone_at = account.user, at
        _move(check, State.UNDONE)
        check.corrections.filter(known_to=None).update(known_to=at)
        _record("sense_check.undone", check, account, at)
    return int(check.pk)


def _at_the_table(by: str) -> Account:
    account = account_named(by)
    require_duty("sense_check", role=account.role, user=by)
    return account


def _there(number: int, reader: Reader) -> tuple[SenseCheck, Account, HowTold]:
    """A check that its reader may know of, and how much. Raises NoSuchThing."""
    found = SenseCheck.objects.select_related("place", "meeting").filter(pk=number).first()
    how = seen([found], reader)[found.pk] if found else HowTold.HIDDEN
    if found is None or how == HowTold.HIDDEN:
        raise NoSuchThing(f"There is no sense-check {number}.")
    return found, reader.account, how


def _own_row(account: Account, delivery: int, row: int) -> int:
    """The feed of a current row of one's own agency. Another's row is like one that is not there."""
    line = Delivery.objects.filter(pk=delivery).values_list("agency", flat=True).first()
    feed = None
    if account.agency and line == account.agency:
        with current_version().cursor() as cursor:
            feed = is_current(cursor, delivery, row)
    if feed is None:
        raise CheckRefused("There is no such record among those your agency sent.")
    return feed


def _meeting(number: int | None) -> Meeting | None:
    if number is None:
        return None
    found = Meeting.objects.filter(pk=number).first()
    if found is None:
        raise NoSuchThing(f"There is no meeting {number}.")
    return found


def _place(number: int | None) -> Place:
    found = None if number is None else Place.objects.filter(pk=number).first()
    if found is None:
        raise NoSuchThing("There is no such place.")
    return found


def _note(note: str) -> str:
    return told(note, what="the note", longest=NOTE_LETTERS, needed=False)


def _state(said: Said, effect: str, own_site: bool) -> str:
    return State.WAITING if needs_second(said, effect, own_site=own_site) else State.IN_FORCE


def _detail(effect: str, said: Said, to: Moved | None, other: tuple[int, int] | None) -> dict[str, Any]:
    """What the correction will say, kept with the check until it is in force."""
    value: dict[str, Any] = {}
    if effect == "moved" and to is not None:
        value = {"to": asdict(to)}
    if effect == "role":
        value = {"role": moved_to(said)}
    if effect in ("same_event", "apart") and other is not None:
        value = {"other": list(other)}
    return {"effect": effect, "value": value}


def _keep(check: SenseCheck, account: Account, at: datetime) -> int:
    with transaction.atomic():
        check.save()
        if check.state == State.IN_FORCE:
            _lay(check, at)
        _record("sense_check.made", check, account, at)
    return int(check.pk)


def _lay(check: SenseCheck, at: datetime) -> None:
    effect = check.detail.get("effect", NONE)
    if effect == NONE or check.delivery is None or check.row is None:
        return
    Correction.objects.create(
        check_made=check, delivery=check.delivery, row=check.row, effect=effect, value=check.detail["value"],
        known_from=at,
    )  # fmt: skip


_SHOWN = ("state", "outcome", "reason", "note", "seconded_agency")


def _held(number: int, version: int | None, to: str) -> SenseCheck:
    check = held(SenseCheck, number, version, _SHOWN)
    if to not in MOVES[check.state]:
        raise CheckRefused(f"This check is {State(check.state).label.lower()} already.")
    return check


def _move(check: SenseCheck, state: str) -> None:
    check.state = state
    check.version += 1
    check.save()


def _record(event: str, check: SenseCheck, account: Account, at: datetime) -> None:
    detail = {
        "subject": check.subject, "outcome": check.outcome, "reason": check.reason, "state": check.state,
        "effect": check.detail.get("effect", NONE), "delivery": check.delivery, "row": check.row, "unit": check.unit,
    }  # fmt: skip
    record_event(
        event=event, at=at, user=account.user, agency=account.agency, role=account.role,
        subject=f"sense-check {check.pk}", detail=detail,
    )  # fmt: skip
