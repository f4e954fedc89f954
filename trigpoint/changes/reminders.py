"""Reminders to agencies of what they said they would do: by kind, ward and day, never finer, and of no record.

An e-mail leaves the home, so what somebody typed of an action stays out of it: the reader signs in to see that.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction

from trigpoint.changes.acting import acting, recorded
from trigpoint.changes.action_kinds import action_kinds
from trigpoint.changes.named_places import drawing_of
from trigpoint.changes.place_ground import ward_name_of
from trigpoint.core.workflow.action import ActionState, is_open, is_overdue
from trigpoint.db.models import Action

__all__ = ["Reminded", "remind", "reminder_text"]

AHEAD = timedelta(days=7)
AGAIN = timedelta(days=7)
SUBJECT = "Trigpoint: actions of yours"


@dataclass(frozen=True, slots=True)
class Reminded:
    """An agency that was written to, and of how many actions."""

    agency: str
    actions: int


def remind(*, on: date, by: str, at: datetime) -> tuple[Reminded, ...]:
    """Write to every agency that has an address in home.yaml and an open action that is overdue or due within a week.

    No action is told of twice within a week. An agency's mail, its dates and its audit event are kept together or not at
    all. Raises ChangeDenied, and what the mail's sending raises.
    """
    acting(by, "decide")
    addresses: Mapping[str, str] = settings.HOME.agency_emails
    told = (_remind(agency, address, on, by, at) for agency, address in sorted(addresses.items()))
    return tuple(one for one in told if one is not None)


def _remind(agency: str, address: str, on: date, by: str, at: datetime) -> Reminded | None:
    account = acting(by, "decide")
    with transaction.atomic():
        due = [one for one in _open_of(agency) if _is_due(one, on)]
        if not due:
            return None
        Action.objects.filter(pk__in=[one.pk for one in due]).update(reminded_on=on)
        detail = {"actions": [int(one.pk) for one in due]}
        recorded("agency_reminded", f"agency {agency}", account, at, detail)
        send_mail(SUBJECT, reminder_text(due, on), settings.DEFAULT_FROM_EMAIL, [address])
    return Reminded(agency, len(due))


def reminder_text(actions: Sequence[Action], on: date) -> str:
    """The mail: a line an action, by kind, ward and day."""
    lines = [_line(one, on) for one in actions]
    return "\n".join(
        ["These actions of your agency are overdue or due within a week.", "", *lines, "",
         "Sign in to Trigpoint to see them, to say how far they are, or to record what was done.", ""]
    )  # fmt: skip


def _line(action: Action, on: date) -> str:
    kind = action_kinds().get(action.kind)
    ward = ward_name_of(drawing_of(action.place)) if action.place else ""
    where = f", {ward} ward" if ward else ""
    day = f"{action.due_on:%-d %B %Y}" if action.due_on else ""
    late = "was due" if is_overdue(ActionState(action.state), action.due_on, on) else "is due"
    return f"* Action {action.pk}: {kind.label if kind else 'an action'}{where}; {late} on {day}."


def _open_of(agency: str) -> list[Action]:
    kept = Action.objects.select_for_update(of=("self",)).select_related("place").filter(agency=agency)
    return [one for one in kept.order_by("due_on", "pk") if is_open(ActionState(one.state))]


def _is_due(action: Action, on: date) -> bool:
    told = action.reminded_on is not None and on - action.reminded_on < AGAIN
    return not told and action.due_on is not None and action.due_on <= on + AHEAD
