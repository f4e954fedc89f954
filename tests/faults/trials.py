"""One trial: a home, a load with a fault in it, and what must be true afterwards."""

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from django.db import connection

from tests.factories.ingest_files import CRIME_HEADER, STREET_HEADER, csv_text, street_row
from tests.faults.points import Points, killed, traced, watched
from trigpoint.db.home import current_home
from trigpoint.db.models import AuditEvent
from trigpoint.db.models.delivery import Delivery
from trigpoint.ingest.load import load
from trigpoint.ingest.mend import mended, outstanding
from trigpoint.upkeep.doctor import examine
from trigpoint.upkeep.retention import tidy

AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
NEVER = 1 << 40
FEEDS = ("police_crime", "police_uk_street", "mend")
REASON = "a fault is being tried"


@dataclass(frozen=True, slots=True)
class State:
    """What a home holds: ledger, audit, and the files by folder."""

    deliveries: int
    events: int
    files: tuple[str, ...]


def state() -> State:
    home = current_home()
    folders = (home.deliveries, home.quarantine, home.spool)
    files = (f"{path.parent.name}/{path.name}" for folder in folders for path in folder.rglob("*"))
    return State(
        Delivery.objects.count(),
        AuditEvent.objects.filter(event__startswith="delivery.").count(),
        tuple(sorted(files)),
    )


def write_file(folder: Path, feed: str, number: int) -> Path:
    """A file of `feed` unlike any other number's, in which one row is new, one changed, one the same and one faulty."""
    path = folder / f"{feed}-{number}.csv"
    if feed == "police_crime":
        refs = [
            ("same", "CSE"),
            ("changed", ("CSE", "CCE", "")[number % 3]),
            (f"new {number}", ""),
            ("bad", ""),
        ]
        rows = [
            [ref, "", "soon" if ref == "bad" else "2026-01-01", "", "Harassment", flag, "", "", ""]
            for ref, flag in refs
        ]
        path.write_text(csv_text(CRIME_HEADER, rows), encoding="utf-8")
    else:
        rows = [
            street_row(crime_id=f"{number:064x}"),
            street_row(month="2026-02"),
            street_row(month="2026-13"),
        ]
        path.write_text(csv_text(STREET_HEADER, rows), encoding="utf-8")
    return path


def work(feed: str, path: Path, number: int) -> Callable[[], object]:
    """What is to be done: bring the file in, or mend the faulty row of the newest delivery that has one."""
    if feed != "mend":
        day = date(2026, 1, 1) + timedelta(days=number)
        return lambda: load(
            definition=feed, path=path, by="analyst", at=AT, extracted_on=day, accept_reason=REASON
        )
    delivery = Delivery.objects.filter(
        definition="police_uk_street", mends=None, rows_quarantined__gt=0
    ).last()
    if delivery is None:
        raise RuntimeError("nothing to mend")
    edits = {row.row: {"Month": "2026-01"} for row in outstanding(delivery.pk)}
    return lambda: mended(delivery.pk, edits, "analyst", AT, REASON)


def prepared(folder: Path, feed: str, number: int) -> Callable[[], object]:
    """The work of a trial; before a mending its delivery is brought in."""
    if feed != "mend":
        return work(feed, write_file(folder, feed, number), number)
    work("police_uk_street", write_file(folder, "police_uk_street", number), number)()
    return work("mend", folder, number)


HOOKS: dict[str, Callable[[Callable[[str], None]], AbstractContextManager[None]]] = {
    "calls": lambda point: watched(point, current_home().root),
    "lines": traced,
}


FIRST = 2
"""Trials are numbered from here on; the numbers before are used up by counting."""


def points_of(folder: Path, feed: str, hook: str) -> list[str]:
    """The points of a trial, by doing one undisturbed, after another that fills whatever is kept in the process."""
    prepared(folder, feed, 0)()
    task = prepared(folder, feed, 1)
    points = Points(NEVER, killed)
    with HOOKS[hook](points):
        task()
    return points.names


def run_killed(task: Callable[[], object], hook: str, stop: int) -> bool:
    """Do the task in a process of its own that is killed at point `stop`; False where it had ended before.

    Some tens of lines vary from one load to the next, so of the last points a few may not be reached.
    """
    connection.close()
    child = os.fork()
    if child == 0:
        try:
            with HOOKS[hook](Points(stop, killed)):
                task()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def faults_after(before: State, task: Callable[[], object]) -> list[str]:
    """What is wrong after a fault and the next start: an empty list is what is promised."""
    home = current_home()
    tidy(home, at=AT)
    after = state()
    wrong = [finding.wrong for finding in examine(AT) if finding.mend != "trigpoint publish"]
    if any(file.startswith("spool/") for file in after.files):
        wrong.append("the spool is not empty")
    grown = after.deliveries - before.deliveries
    if grown not in (0, 1) or after.events - before.events != grown:
        wrong.append(f"ledger grew by {grown}, audit by {after.events - before.events}")
    if grown == 0 and after.files != before.files:
        wrong.append("files have changed though the ledger has not")
    return wrong + _next_load(task, after, grown)


def _next_load(task: Callable[[], object], after: State, grown: int) -> list[str]:
    """The next load of the same needs no hand: it is accepted, or already there."""
    try:
        receipt = task()
    except Exception as fault:
        known = grown and "not in quarantine" in str(fault)
        return [] if known else [f"the next load: {type(fault).__name__} {fault}"]
    expected = "duplicate" if grown else "accepted"
    told = receipt.status
    return [] if told == expected else [f"the next load was {told}, not {expected}"]
