"""Which agencies have looked at their queue: those that opened a place of it, and those that said something of one.

Both are facts of the audit and of the checks; nothing is guessed from who signed in.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from trigpoint.changes.accounts import account_named
from trigpoint.changes.meetings import with_duty
from trigpoint.core.sharing.duties import require_duty
from trigpoint.db.audit import record_event
from trigpoint.db.models import AuditEvent, SenseCheck

__all__ = ["Looked", "looked_at", "note_opened"]

OPENED = "sense_check.opened"


@dataclass(frozen=True, slots=True)
class Looked:
    """Codes of agencies: those that opened a place, and those that said something of one."""

    opened: frozenset[str]
    answered: frozenset[str]


def note_opened(*, level: str, units: Collection[str], by: str, at: datetime) -> None:
    """Write down that an agency opened a place to check it. Raises ChangeDenied where `by` checks nothing."""
    account = account_named(by)
    require_duty("sense_check", role=account.role, user=by)
    if account.agency:
        record_event(
            event=OPENED, at=at, user=by, agency=account.agency, role=account.role, subject=level,
            detail={"units": sorted(units)},
        )  # fmt: skip


def looked_at(*, units: Collection[str], meeting: int, since: datetime, by: str) -> Looked:
    """Who has looked at places of these units since the freeze. Raises ChangeDenied where `by` reads no meetings."""
    with_duty("read_meetings", by)
    here = set(units)
    events = AuditEvent.objects.filter(event=OPENED, at__gte=since).values_list("agency", "detail")
    checks = SenseCheck.objects.filter(at__gte=since).values_list("agency", "unit", "meeting_id")
    return Looked(
        opened=frozenset(agency for agency, detail in events if here & set(detail["units"])),
        answered=frozenset(
            agency for agency, unit, of in checks if of == meeting or unit.rpartition("|")[2] in here
        ),
    )
