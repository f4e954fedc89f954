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


@dataclass(frozen=True, slots=True)
class Account:
    """Who somebody is in the partnership; `agency` is empty for somebody who acts for all of it."""

    username: str
    role: str
    agency: str


def account_named(username: str) -> Account:
    """The open account of that name. Raises AccountRefused when there is none or it is closed."""
    user = User.objects.filter(username=username).first()
    if user is None:
        raise AccountRefused(f"There is no account named {username}.")
    if not user.is_active:
        raise AccountRefused(f"The account {username} is closed.")
    return _account(user)


def accounts() -> tuple[Account, ...]:
    """Every open account, in the order they were made."""
    return tuple(_account(user) for user in User.objects.filter(is_active=True).order_by("pk"))


def add_account(
    *, username: str, role: str, agency: str | None, password: str | None, by: str, at: datetime
) -> int:
    """Make an account. Without a password it cannot sign in until one is set.

    Raises ChangeDenied when `by` does not manage accounts, AccountRefused when it cannot be made.
    """
    _require_manager(by)
    user = User(username=username, role=_known_role(role), agency=_known_agency(agency))
    try:
        user.full_clean(exclude=["password"])
    except ValidationError as fault:
        raise AccountRefused(" ".join(fault.messages)) from fault
    _set_password(user, password)
    try:
        with transaction.atomic():
            user.save()
            _record("account_added", user, by=by, at=at)
    except IntegrityError as fault:
        raise AccountRefused(f"There is an account named {username} already.") from fault
    return int(user.pk)


def change_role(*, username: str, role: str, agency: str | None, by: str, at: datetime) -> int:
    """Give an account another role or agency; it holds from the person's next question. Raises as `add_account`."""
    _require_manager(by)
    with transaction.atomic():
        user = _existing(username)
        was = {"role_before": user.role, "agency_before": user.agency_id}
        user.role = _known_role(role)
        user.agency = _known_agency(agency)
        user.save(update_fields=["role", "agency"])
        _record("account_role_changed", user, by=by, at=at, detail=was)
    return int(user.pk)


def set_password(*, username: str, password: str, by: str, at: datetime) -> int:
    """Set a password; sessions opened with the old one end. Everybody may set their own. Raises as `add_account`."""
    if by != username:
        _require_manager(by)
    with transaction.atomic():
        user = _existing(username)
        _set_password(user, password)
        user.save(update_fields=["password"])
        _record("account_password_set", user, by=by, at=at)
    return int(user.pk)


def close_account(*, username: str, by: str, at: datetime) -> int:
    """Close an account: it can no longer sign in, and what it did stays in the audit. Raises as `add_account`."""
    _require_manager(by)
    with transaction.atomic():
        user = _existing(username)
        user.is_active = False
        user.save(update_fields=["is_active"])
        _record("account_closed", user, by=by, at=at)
    return int(user.pk)


def record_sign_in(*, username: str, agency: str, role: str, way: str, at: datetime) -> int:
    """Put a sign-in on record; `way` is 'password' or 'demo'."""
    return record_event(
        event="signed_in",
        at=at,
        user=username,
        agency=agency,
        role=role,
        subject=username,
        detail={"way": way},
    )


def record_failed_sign_in(*, username: str, at: datetime) -> int:
    """Put a failed sign-in on record. A name that is no account is not kept: people type passwords into that box."""
    known = User.objects.filter(username=username).exists()
    subject = username if known else "not an account"
    return record_event(event="sign_in_failed", at=at, user="", allowed=False, subject=subject)


def _account(user: User) -> Account:
    return Account(username=user.username, role=user.role, agency=user.agency_id or "")


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
    if code is None:
        return None
    agency = Agency.objects.filter(pk=code).first()
    if agency is None:
        codes = ", ".join(Agency.objects.values_list("code", flat=True))
        raise AccountRefused(f"There is no agency {code}. The agencies are {codes}.")
    return agency


def _existing(username: str) -> User:
    user = User.objects.select_for_update().filter(username=username).first()
    if user is None:
        raise AccountRefused(f"There is no account named {username}.")
    return user


def _record(
    event: str, user: User, *, by: str, at: datetime, detail: Mapping[str, object] | None = None
) -> None:
    told = {"role": user.role, "agency": user.agency_id, **(detail or {})}
    record_event(event=event, at=at, user=by, subject=user.username, detail=told)
