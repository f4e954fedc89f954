"""Who changes something of the partnership's work, and the one line of the audit that says so."""

from collections.abc import Mapping
from datetime import datetime
from typing import TypeVar

from django.db.models import Model

from trigpoint.changes.accounts import Account, account_named
from trigpoint.changes.editing import NoSuchThing
from trigpoint.core.sharing.duties import DUTIES, ChangeDenied, Duty, require_duty
from trigpoint.db.audit import record_event

__all__ = ["acting", "recorded", "require_own_action", "row_of"]

Row = TypeVar("Row", bound=Model)


def acting(by: str, duty: Duty) -> Account:
    """The open account of that name, if its role carries the duty. Raises ChangeDenied, UnknownAccount."""
    account = account_named(by)
    require_duty(duty, role=account.role, user=by)
    return account


def require_own_action(account: Account, agency: str) -> None:
    """Raise ChangeDenied unless the account may decide for all, or acts for this agency."""
    if account.role in DUTIES["decide"] or (agency and account.agency == agency):
        return
    raise ChangeDenied(
        f"This action belongs to {agency or 'the meeting'}; {account.user} acts for {account.agency or 'no agency'}."
    )


def recorded(
    event: str, subject: str, account: Account, at: datetime, detail: Mapping[str, object] | None = None
) -> int:
    """Put a change on record, inside its transaction."""
    return record_event(
        event=event, at=at, user=account.user, agency=account.agency, role=account.role, subject=subject,
        detail=detail,
    )  # fmt: skip


def row_of(model: type[Row], number: int | None) -> Row | None:
    """The row of that number, None for None. Raises NoSuchThing where there is none."""
    if number is None:
        return None
    found = model._default_manager.filter(pk=number).first()
    if found is None:
        raise NoSuchThing(f"There is no {model._meta.verbose_name} {number}.")
    return found
