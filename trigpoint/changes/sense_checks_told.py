"""A sense-check as whoever reads it may know of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from trigpoint.changes.accounts import Account
from trigpoint.changes.sense_checks_seen import HowTold, is_own
from trigpoint.core.sharing.duties import DUTIES
from trigpoint.core.workflow.sense_check import EFFECT_WORDS, MOVES, NONE, OUTCOMES, REASONS, SUBJECTS
from trigpoint.db.models import SenseCheck

__all__ = ["CheckTold", "May", "told_check", "who_may"]

State = SenseCheck.State
ONE_CHILD = "one_child"
WHERE = ("level", "units", "period", "publication", "name")
"""What of the place before a check hangs on nobody's rights."""


class May(NamedTuple):
    """What an account may do to a check now."""

    second: bool
    undo: bool


@dataclass(frozen=True, slots=True)
class CheckTold:
    """One check in words. `delivery` and `row` are None but for the agency that sent the record; agencies are codes.

    `unit` names the place by its level and code, `place` the named place's number; `since` is the instant from which it
    counts, None while it waits. `before` is what was told of the place when the check was made: its figures are those of
    the asker's rights, so that another agency, or another role of the same, is given only which place and period it was
    (`own` says whose reading it is). `placed` is False where its reader is told of the record less finely than the check
    names its place: then it has no place, no words and no figures. A place that is said to be one child is named to the
    agency that said it and to whoever holds the meeting.
    """

    number: int
    version: int
    meeting: int | None
    place: int | None
    place_name: str
    subject: str
    about: str
    unit: str
    delivery: int | None
    row: int | None
    own: bool
    placed: bool
    outcome: str
    said: str
    reason: str
    effect: str
    effect_words: str
    note: str
    before: Mapping[str, Any]
    state: str
    state_words: str
    agency: str
    role: str
    at: datetime
    since: datetime | None
    seconded_agency: str
    undone_at: datetime | None
    may: May


def who_may(check: SenseCheck, account: Account) -> May:
    """Another agency seconds what waits; the agency that made it takes it back, or whoever holds the meeting."""
    second = check.state == State.WAITING and bool(account.agency) and account.agency != check.agency
    owns = account.agency == check.agency or account.role in DUTIES["hold_meeting"]
    return May(second, bool(owns and State.UNDONE.value in MOVES[check.state]))


def told_check(check: SenseCheck, account: Account, how: HowTold) -> CheckTold:
    """The check as this account may know of it; whoever is told nothing of its record is not given it at all."""
    own = is_own(check, account)
    alike = own and account.role == check.role
    placed = how == HowTold.PLACED
    named = placed and (own or check.reason != ONE_CHILD or account.role in DUTIES["hold_meeting"])
    effect = str(check.detail.get("effect", NONE))
    may = who_may(check, account)
    return CheckTold(
        number=int(check.pk),
        version=check.version,
        meeting=check.meeting_id,
        place=check.place_id if named else None,
        place_name=check.place.name if check.place and named else "",
        subject=check.subject,
        about=SUBJECTS[check.subject],
        unit=check.unit if named else "",
        delivery=check.delivery if own else None,
        row=check.row if own else None,
        own=own,
        placed=placed,
        outcome=check.outcome,
        said=OUTCOMES[check.outcome].words,
        reason=REASONS[check.reason].words if check.reason else "",
        effect=effect,
        effect_words=EFFECT_WORDS[effect],
        note=check.note if placed else "",
        before=_before(check, alike) if named else {},
        state=check.state,
        state_words=State(check.state).label,
        agency=check.agency,
        role=check.role,
        at=check.at,
        since=(check.seconded_at or check.at) if check.state == State.IN_FORCE else None,
        seconded_agency=check.seconded_agency,
        undone_at=check.undone_at,
        may=may if placed else may._replace(second=False),
    )


def _before(check: SenseCheck, alike: bool) -> dict[str, Any]:
    """What was told of the place; without its figures for whom they were not told to."""
    return {name: value for name, value in dict(check.before).items() if alike or name in WHERE}
