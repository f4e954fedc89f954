"""Tokens with which a person's programs ask: made, revoked, and known again by a digest. The key itself is kept nowhere."""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from trigpoint.changes.accounts import UnknownAccount, account_named
from trigpoint.core.sharing.duties import DUTIES
from trigpoint.core.sharing.viewer import PURPOSES
from trigpoint.db.audit import record_event
from trigpoint.db.models import AccessToken

__all__ = [
    "DAYS_CHOICES", "MOST_TOKENS", "NewToken", "TokenHolder", "TokenRefused", "TokenTold", "create_token",
    "holder_of", "revoke_token", "tokens_of",
]  # fmt: skip

PREFIX = "trig_"
KEY_BYTES = 32
DAYS_CHOICES = (7, 30, 90)
MOST_TOKENS = 10
"""In force at once, for one person."""
Draw = Callable[[int], str]


class TokenRefused(ValueError):
    """The token cannot be made or revoked as asked; the message says why."""


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token just made. `key` is what the program sends; nobody can read it again."""

    number: int
    key: str


@dataclass(frozen=True, slots=True)
class TokenTold:
    """A token as its owner may read of it. `state` is in_force, ended or revoked."""

    number: int
    label: str
    purpose: str
    made_at: datetime
    ends_at: datetime
    last_used_on: date | None
    state: str


@dataclass(frozen=True, slots=True)
class TokenHolder:
    """As whom, and for which purpose, a program asks."""

    number: int
    user: str
    purpose: str


def create_token(
    *, by: str, label: str, purpose: str, days: int, at: datetime, draw: Draw = secrets.token_urlsafe
) -> NewToken:
    """Make a token that asks as `by`, for one purpose, and ends `days` after `at`.

    `draw` gives text of so many random bytes. Raises TokenRefused, and UnknownAccount for a closed account.
    """
    account_named(by)
    label = label.strip()
    if not label or len(label) > 60:
        raise TokenRefused("Give the token a name of at most 60 letters, such as the program it is for.")
    if purpose not in PURPOSES:
        raise TokenRefused(f"There is no purpose {purpose}. The purposes are {', '.join(PURPOSES)}.")
    if days not in DAYS_CHOICES:
        raise TokenRefused(f"A token lasts {', '.join(map(str, DAYS_CHOICES))} days.")
    key = PREFIX + draw(KEY_BYTES)
    with transaction.atomic():
        in_force = AccessToken.objects.filter(by=by, revoked_at=None, ends_at__gt=at)
        if in_force.count() >= MOST_TOKENS:
            raise TokenRefused(f"You have {MOST_TOKENS} tokens in force. Revoke one that is not used.")
        ends_at = at + timedelta(days=days)
        made = AccessToken.objects.create(
            by=by, label=label, digest=_digest(key), purpose=purpose, made_at=at, ends_at=ends_at
        )
        _record("token_made", made, by=by, at=at)
    return NewToken(int(made.pk), key)


def revoke_token(*, number: int, by: str, at: datetime) -> int:
    """End a token at once: one's own, or anybody's for those who manage accounts. Raises TokenRefused for any other."""
    account = account_named(by)
    with transaction.atomic():
        found = AccessToken.objects.select_for_update().filter(pk=number).first()
        if found is None or (found.by != by and account.role not in DUTIES["manage_accounts"]):
            raise TokenRefused(f"There is no token {number} that you may revoke.")
        if found.revoked_at is None:
            found.revoked_at = at
            found.save(update_fields=["revoked_at"])
            _record("token_revoked", found, by=by, at=at)
    return number


def tokens_of(user: str, at: datetime) -> tuple[TokenTold, ...]:
    """A person's tokens, newest first, those that ended too."""
    return tuple(
        TokenTold(
            number=int(one.pk),
            label=one.label,
            purpose=one.purpose,
            made_at=one.made_at,
            ends_at=one.ends_at,
            last_used_on=one.last_used_on,
            state="revoked" if one.revoked_at else "in_force" if one.ends_at > at else "ended",
        )
        for one in AccessToken.objects.filter(by=user)
    )


def holder_of(key: str, at: datetime) -> TokenHolder | None:
    """As whom a key asks; None for one that is unknown, ended or revoked, and where the account is closed.

    The first use of each day is put on record; the questions themselves are recorded by the gate.
    """
    found = AccessToken.objects.filter(digest=_digest(key), revoked_at=None, ends_at__gt=at).first()
    if found is None:
        return None
    try:
        account_named(found.by)
    except UnknownAccount:
        return None
    today = timezone.localdate(at)
    if found.last_used_on != today:
        with transaction.atomic():
            first = (
                AccessToken.objects.filter(pk=found.pk).exclude(last_used_on=today).update(last_used_on=today)
            )
            if first:
                _record("token_used", found, by=found.by, at=at)
    return TokenHolder(int(found.pk), found.by, found.purpose)


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def _record(event: str, token: AccessToken, *, by: str, at: datetime) -> None:
    told = {"token": int(token.pk), "label": token.label, "of": token.by, "ends": token.ends_at.isoformat()}
    record_event(event=event, at=at, user=by, purpose=token.purpose, subject=token.by, detail=told)
