"""Accounts: each change is one audit event, and what may not be is refused in words."""

import pytest

from trigpoint.changes.accounts import (
    AccountRefused,
    UnknownAccount,
    account_named,
    change_role,
    close_account,
    list_accounts,
    open_account,
    record_failed_sign_in,
    set_password,
)
from trigpoint.core.sharing.duties import ChangeDenied
from trigpoint.db.models import AuditEvent, User

LONG = "a quiet road by the sea"


def add(home, at, username="chair", role="chair", agency=None, password=None, by="analyst"):
    return open_account(user=username, role=role, agency=agency, password=password, by=by, at=at)


def test_an_account_is_made_with_one_event(home, at):
    before = AuditEvent.objects.count()
    add(home, at, password=LONG)
    assert account_named("chair").role == "chair"
    assert User.objects.get(username="chair").check_password(LONG)
    event = AuditEvent.objects.last()
    assert AuditEvent.objects.count() == before + 1
    assert (event.event, event.user, event.subject) == ("account_opened", "analyst", "chair")


def test_an_account_without_a_password_cannot_sign_in(home, at):
    add(home, at)
    assert not User.objects.get(username="chair").has_usable_password()


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"role": "king"}, "no role king"),
        ({"agency": "circus"}, "no agency circus"),
        ({"username": "analyst"}, "already"),
        ({"username": ""}, "blank"),
        ({"password": "short"}, "12"),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_no_trace(home, at, asked, words):
    before = (User.objects.count(), AuditEvent.objects.count())
    with pytest.raises(AccountRefused, match=words):
        add(home, at, **asked)
    assert (User.objects.count(), AuditEvent.objects.count()) == before


def test_only_those_who_manage_accounts_change_them(home, at):
    add(home, at)
    with pytest.raises(ChangeDenied):
        add(home, at, username="friend", by="chair")
    with pytest.raises(ChangeDenied):
        change_role(user="chair", role="analyst", agency=None, by="chair", at=at)


def test_everybody_may_set_their_own_password(home, at):
    add(home, at)
    set_password(user="chair", password=LONG, by="chair", at=at)
    assert User.objects.get(username="chair").check_password(LONG)


def test_a_closed_account_is_no_account(home, at):
    add(home, at)
    close_account(user="chair", by="analyst", at=at)
    with pytest.raises(UnknownAccount, match="closed"):
        account_named("chair")
    assert [(one.user, one.active) for one in list_accounts()] == [("analyst", True), ("chair", False)]


def test_a_failed_sign_in_keeps_no_word_that_is_not_an_account(home, at):
    record_failed_sign_in(user="my actual password", at=at)
    record_failed_sign_in(user="analyst", at=at)
    subjects = list(AuditEvent.objects.filter(event="sign_in_failed").values_list("subject", flat=True))
    assert subjects == ["not an account", "analyst"]
