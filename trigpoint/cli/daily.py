"""What a served home does by itself once a day: write to agencies of what is due. `trigpoint remind` does the same by hand.

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

__all__ = ["daily", "day_to_tell", "reminders_wanted"]

LONDON = ZoneInfo("Europe/London")
NOT_BEFORE = time(7)
LOOK_AGAIN_S = 900.0
_log = logging.getLogger(__name__)


def reminders_wanted() -> bool:
    """Whether this home writes by itself: where an agency has an address, not in a demo, not where home.yaml says no."""
    home = settings.HOME
    return home.reminders and bool(home.agency_emails) and not home.demo


def day_to_tell(at: datetime, told: date | None) -> date | None:
    """The day of an instant in London, from seven in the morning, if it was not told yet; else None."""
    local = at.astimezone(LONDON)
    return local.date() if local.time() >= NOT_BEFORE and local.date() != told else None


@contextmanager
def daily(tell: Callable[[date, datetime], object] | None = None) -> Iterator[None]:
    """Tell once a day beside the block, from a thread of its own."""
    stop = threading.Event()
    thread = threading.Thread(target=_day_by_day, args=(stop, tell or _remind), name="daily", daemon=True)
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
                _log.exception("Agencies were not reminded; it is tried again in a quarter of an hour")
            finally:
                connections.close_all()
        if stop.wait(LOOK_AGAIN_S):
            return


def _remind(day: date, at: datetime) -> None:
    from trigpoint.changes.reminders import remind

    remind(on=day, by=str(settings.HOME.owner), at=at)
