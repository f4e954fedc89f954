"""`trigpoint users`: list and manage accounts."""

import argparse
import getpass
import sys

from trigpoint.changes.accounts import close_account, list_accounts, open_account, set_password
from trigpoint.cli import DONE
from trigpoint.cli.commands import now, owner


def manage_people(told: argparse.Namespace) -> int:
    if told.action == "add":
        password = _password()
        open_account(
            user=told.name, role=told.role, agency=told.agency, password=password, by=owner(told), at=now()
        )
    elif told.action == "password":
        set_password(user=told.name, password=_password(), by=owner(told), at=now())
    elif told.action == "close":
        close_account(user=told.name, by=owner(told), at=now())
    else:
        _list()
    return DONE


def _list() -> None:
    for account in list_accounts():
        state = "" if account.active else "  closed"
        sign_in = "" if account.has_password else "  no password"
        print(f"{account.user:<24} {account.role:<12} {account.agency or '-':<18}{sign_in}{state}")


def _password() -> str:
    """Asked for without an echo, or the first line of standard input; never an argument, which others can see."""
    if sys.stdin.isatty():
        return getpass.getpass("Password (12 characters or more): ")
    return sys.stdin.readline().rstrip("\n")
