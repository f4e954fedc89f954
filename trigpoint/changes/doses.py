"""A wrong dose is struck out, and what was struck out wrongly counts again. What was put is never edited."""

from datetime import datetime

from django.db import transaction

from trigpoint.changes.accounts import Account
from trigpoint.changes.acting import acting, recorded, require_own_action
from trigpoint.changes.actions import ActionRefused
from trigpoint.changes.editing import held
from trigpoint.changes.told_text import told
from trigpoint.db.models import Dose

__all__ = ["count_dose_again", "strike_dose"]

LONGEST_REASON = 300
SHOWN = ("on", "sessions", "hours", "patrol_minutes", "struck_because")


def strike_dose(*, number: int, because: str, version: int, by: str, at: datetime) -> None:
    """Take a day's work out of what was done, and say why; it stays to be read.

    An agency strikes out its own, chair and analyst anybody's. Raises ChangeDenied, ChangedMeanwhile, NoSuchThing,
    TextRefused, and ActionRefused for what is struck out already.
    """
    account = acting(by, "act")
    why = told(because, what="why it is struck out", longest=LONGEST_REASON)
    with transaction.atomic():
        dose = _own(number, version, account)
        if dose.struck_at is not None:
            raise ActionRefused("This is struck out already.")
        dose.struck_at, dose.struck_by, dose.struck_agency, dose.struck_because = at, by, account.agency, why
        _saved(dose, "dose_struck_out", account, at)


def count_dose_again(*, number: int, version: int, by: str, at: datetime) -> None:
    """Count again what was struck out; the audit keeps that it was. Raises as `strike_dose`."""
    account = acting(by, "act")
    with transaction.atomic():
        dose = _own(number, version, account)
        if dose.struck_at is None:
            raise ActionRefused("This is not struck out.")
        dose.struck_at, dose.struck_by, dose.struck_agency, dose.struck_because = None, "", "", ""
        _saved(dose, "dose_counted_again", account, at)


def _own(number: int, version: int, account: Account) -> Dose:
    dose = held(Dose, number, version, SHOWN)
    require_own_action(account, dose.action.agency)
    return dose


def _saved(dose: Dose, event: str, account: Account, at: datetime) -> None:
    dose.version += 1
    dose.save()
    recorded(
        event, f"action {dose.action_id}", account, at, {"dose": int(dose.pk), "on": dose.on.isoformat()}
    )
