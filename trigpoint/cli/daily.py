"""What a served home does by itself once a day: write to agencies of what is due, and erase what agreements let nobody keep.
`trigpoint remind` and `trigpoint retain --do` do the same by hand.

Nothing is written twice: each reminder stands with its action, in the database, before the next look. A home served
by two machines looks twice and writes once.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connections

__all__ = ["daily", "day_to_tell", "reminders_wanted", "retention_wanted", "things_to_do"]

LONDON = ZoneInfo("Europe/London")
NOT_BEFORE = time(7)
LOOK_AGAIN_S = 900.0
_log = logging.getLogger(__name__)


def reminders_wanted() -> bool:
    """Whether this home writes by itself: where an agency has an address, not in a demo, not where home.yaml says no."""
    home = settings.HOME
    return home.reminders and bool(home.agency_emails) and not home.demo


def retention_wanted() -> bool:
    """Whether this home erases what agreements let nobody keep."""
    return bool(settings.HOME.erases_by_itself)


def things_to_do(*, reminders: bool = True) -> Callable[[date, datetime], None] | None:
    """What is to be done each day here; None for nothing."""
    wanted = ((reminders and reminders_wanted(), _remind), (retention_wanted(), _retain))
    tasks = [one for is_wanted, one in wanted if is_wanted]

    def each(day: date, at: datetime) -> None:
        for one in tasks:
            one(day, at)

    return each if tasks else None


def day_to_tell(at: datetime, told: date | None) -> date | None:
    """The day of an instant in London, from seven in the morning, if it was not told yet; else None."""
    local = at.astimezone(LONDON)
    return local.date() if local.time() >= NOT_BEFORE and local.date() != told else None


@contextmanager
def daily(tell: Callable[[date, datetime], object]) -> Iterator[None]:
    """Do it once a day beside the block, from a thread of its own."""
    stop = threading.Event()
    thread = threading.Thread(target=_day_by_day, args=(stop, tell), name="daily", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=10)


def _day_by_day(stop: threading.Event, tell: Callable[[date, datetime], object]) -> None:
    """A day that could not be told (the mail server is down) is tried again, and no page waits for it."""
    told: date | None = None
    while True:
        at = datetime.now(UTC)
        day = day_to_tell(at, told)
        if day is not None:
            try:
                tell(day, at)
                told = day
            except Exception:
                _log.exception(
                    "What is done each day was not done; it is tried again in a quarter of an hour"
                )
            finally:
                connections.close_all()
        if stop.wait(LOOK_AGAIN_S):
            return


def _remind(day: date, at: datetime) -> None:
    from trigpoint.changes.reminders import remind

    remind(on=day, by=str(settings.HOME.owner), at=at)


def _retain(day: date, at: datetime) -> None:
    from trigpoint.changes.retention import retain_by_agreement

    retain_by_agreement(at=at)
