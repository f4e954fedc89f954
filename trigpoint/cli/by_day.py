"""By hand what a served home may do by itself once a day: `trigpoint retain` and `trigpoint remind`."""

import argparse

from django.conf import settings
from django.utils import timezone

from trigpoint.changes.reminders import remind
from trigpoint.changes.retention import retain, retention_due
from trigpoint.cli import DONE
from trigpoint.cli.commands import now, owner

__all__ = ["list_or_retain", "remind_now"]


def list_or_retain(told: argparse.Namespace) -> int:
    """What is due, and with --do its erasure by the function that erases rows."""
    by, at = owner(told), now()
    for due in retention_due(by=by, at=at):
        print(
            f"{due.delivery:<7} {due.feed:<34} {len(due.rows):>7} rows before {due.before:%-d %B %Y}  {due.agreement}"
        )
    if told.do:
        print(f"{len(retain(by=by, at=at))} deliveries hold less now.")
    return DONE


def remind_now() -> int:
    """By e-mail, to the addresses in home.yaml."""
    at = now()
    written = remind(on=timezone.localdate(at), by=str(settings.HOME.owner), at=at)
    for one in written:
        print(f"{one.agency:<18} {one.actions} action{'' if one.actions == 1 else 's'}")
    if not written:
        print("Nobody was written to: nothing is due of an agency with an address in home.yaml.")
    return DONE
