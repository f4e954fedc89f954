"""Accounts: who may sign in, in which role and for which agency. Every change is one transaction and one audit event."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from trigpoint.core.sharing.duties import require_duty
from trigpoint.db.audit import record_event
from trigpoint.db.models import Agency, User
from trigpoint.db.models.user import Role


class AccountRefused(ValueError):
    """The account cannot be made or changed as asked; the message says why."""


class UnknownAccount(LookupError):
    """There is no open account of that name."""


@dataclass(frozen=True, slots=True)
class Account:
    """Who somebody is in the partnership; `agency` is empty for somebody who acts for all of it."""

    user: str
    role: str
    agency: str
    active: bool
    has_password: bool


RETENTION = Account("retention", "governance", "", True, False)
"""The program itself, where a home erases by itself what its agreements let nobody keep. Nobody can have its name."""


def account_at_work(user: str) -> Account:
    """The open account of that name, or the program's own. Raises as `account_named`."""
    return RETENTION if user == RETENTION.user else account_named(user)


def account_named(user: str) -> Account:
    """The open account of that name. Raises UnknownAccount when there is none or it is closed."""
    found = User.objects.filter(username=user).first()
    if found is None:
        raise UnknownAccount(f"There is no account named {user}.")
    if not found.is_active:
        raise UnknownAccount(f"The account {user} is closed.")
    return _account(found)


def list_accounts() -> tuple[Account, ...]:
    """Every account, closed ones too, in the order they were made."""
    return tuple(_account(found) for found in User.objects.order_by("pk"))


def open_account(
    *, user: str, role: str, agency: str | None, password: str | None, by: str, at: datetime
) -> int:
    """Make an account. Without a password it cannot sign in until one is set.

    Raises ChangeDenied when `by` does not manage accounts, AccountRefused when it cannot be made.
    """
    _require_manager(by)
    if user == RETENTION.user:
        raise AccountRefused(f"{user} is a name of the program's own.")
    made = User(username=user, role=_known_role(role), agency=_known_agency(agency))
    try:
        made.full_clean(exclude=["password"])
    except ValidationError as fault:
        raise AccountRefused(" ".join(fault.messages)) from fault
    _set_password(made, password)
    try:
        with transaction.atomic():
            made.save()
            _record("account_opened", made, by=by, at=at)
    except IntegrityError as fault:
        raise AccountRefused(f"There is an account named {user} already.") from fault
    return int(made.pk)


def change_role(*, user: str, role: str, agency: str | None, by: str, at: datetime) -> int:
    """Give an account another role or agency; it holds from the person's next question. Raises as `open_account`."""
    _require_manager(by)
    with transaction.atomic():
        account = _existing(user)
        was = {"role_before": account.role, "agency_before": account.agency_id}
        account.role = _known_role(role)
        account.agency = _known_agency(agency)
        account.save(update_fields=["role", "agency"])
        _record("account_role_changed", account, by=by, at=at, detail=was)
    return int(account.pk)


def set_password(*, user: str, password: str, by: str, at: datetime) -> int:
    """Set a password; sessions opened with the old one end. Everybody may set their own. Raises as `open_account`."""
    if by != user:
        _require_manager(by)
    with transaction.atomic():
        account = _existing(user)
        _set_password(account, password)
        account.save(update_fields=["password"])
        _record("account_password_set", account, by=by, at=at)
    return int(account.pk)


def close_account(*, user: str, by: str, at: datetime) -> int:
    """Close an account: it can no longer sign in, and what it did stays in the audit. Raises as `open_account`."""
    _require_manager(by)
    with transaction.atomic():
        account = _existing(user)
        account.is_active = False
        account.save(update_fields=["is_active"])
        _record("account_closed", account, by=by, at=at)
    return int(account.pk)


def record_sign_in(*, user: str, agency: str, role: str, way: str, at: datetime) -> int:
    """Put a sign-in on record; `way` is 'password' or 'demo'."""
    return record_event(
        event="signed_in", at=at, user=user, agency=agency, role=role, subject=user, detail={"way": way}
    )


def record_failed_sign_in(*, user: str, at: datetime) -> int:
    """Put a failed sign-in on record. A name that is no account is not kept: people type passwords into that box."""
    known = User.objects.filter(username=user).exists()
    subject = user if known else "not an account"
    return record_event(event="sign_in_failed", at=at, user="", allowed=False, subject=subject)


def _account(user: User) -> Account:
    return Account(
        user=user.username,
        role=user.role,
        agency=user.agency_id or "",
        active=user.is_active,
        has_password=user.has_usable_password(),
    )


def _require_manager(by: str) -> None:
    require_duty("manage_accounts", role=account_named(by).role, user=by)


def _set_password(user: User, password: str | None) -> None:
    if password is None:
        user.set_unusable_password()
        return
    try:
        validate_password(password, user)
    except ValidationError as fault:
        raise AccountRefused(" ".join(fault.messages)) from fault
    user.set_password(password)


def _known_role(role: str) -> str:
    if role not in Role.values:
        raise AccountRefused(f"There is no role {role}. The roles are {', '.join(Role.values)}.")
    return role


def _known_agency(code: str | None) -> Agency | None:
    if not code:
        return None
    agency = Agency.objects.filter(pk=code).first()
    if agency is None:
        codes = ", ".join(Agency.objects.values_list("code", flat=True))
        raise AccountRefused(f"There is no agency {code}. The agencies are {codes}.")
    return agency


def _existing(user: str) -> User:
    found = User.objects.select_for_update().filter(username=user).first()
    if found is None:
        raise UnknownAccount(f"There is no account named {user}.")
    return found


def _record(
    event: str, user: User, *, by: str, at: datetime, detail: Mapping[str, object] | None = None
) -> None:
    told = {"role": user.role, "agency": user.agency_id, **(detail or {})}
    record_event(event=event, at=at, user=by, subject=user.username, detail=told)
