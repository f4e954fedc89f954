"""The one way in: file → read → strip → check → normalise → locate → accept."""

import contextlib
import difflib
import errno
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from trigpoint.db.holding import in_use
from trigpoint.db.home import Home, current_home
from trigpoint.db.leavings import clear_leavings
from trigpoint.ingest.consider import Request, considered
from trigpoint.ingest.definition_model import Definition
from trigpoint.ingest.definitions import load_definitions
from trigpoint.ingest.receipt import LoadRefused, NeedsDecision, Progress, Receipt, untold
from trigpoint.ingest.record import record_accepted, record_refused, record_repeated, record_waiting
from trigpoint.ingest.spool import Spooled, spooled
from trigpoint.ingest.steps.dates import LONDON

_cleared: set[Path] = set()


def load(
    *,
    definition: str,
    path: Path,
    by: str,
    at: datetime,
    received_at: datetime | None = None,
    extracted_on: date | None = None,
    accept_reason: str | None = None,
    progress: Progress | None = None,
) -> Receipt:
    """Bring one file in, whole or not at all, and return its receipt.

    `at` is the real instant, `received_at` when the partnership had the file (default `at`), `extracted_on` the
    extract's own date (default the day of receipt), which decides what is newer. `progress` is told how far it has
    come; what it raises (Cancelled) stops the load with nothing stored. Raises LoadRefused where the file, the
    request or the disk is wrong, NeedsDecision where the batch looks wrong and no `accept_reason` was given; then
    nothing is stored but the ledger's line. The database errors that are nobody's mistake pass through.
    """
    home = current_home()
    clear_once(home, at)
    request = request_for(definition, by, at, received_at, extracted_on, accept_reason, home)
    with in_use(home), whole_disk(), spooled(path, home.spool) as raw:
        try:
            return _bring_in(request, raw, home, progress or untold)
        except LoadRefused as refusal:
            record_refused(request, raw, str(refusal))
            raise


def request_for(
    definition: str | Definition,
    by: str,
    at: datetime,
    received_at: datetime | None,
    extracted_on: date | None,
    accept_reason: str | None,
    home: Home,
) -> Request:
    """What was asked, with what was left unsaid filled in. Raises LoadRefused where no definition has the name.

    A definition that is still being written stands for itself; it has no name that anybody knows.
    """
    received = received_at or at
    extracted = extracted_on or received.astimezone(LONDON).date()
    dated = extracted_on is not None
    known = named(definition, home) if isinstance(definition, str) else definition
    return Request(known, by, at, received, extracted, accept_reason, dated)


def named(definition: str, home: Home) -> Definition:
    """The definition of that name. Raises LoadRefused with the nearest name where there is none."""
    known = load_definitions(home)
    if definition in known:
        return known[definition]
    near = difflib.get_close_matches(definition, known, n=1)
    hint = f" Did you mean {near[0]}?" if near else ""
    raise LoadRefused(f"There is no definition named {definition}.{hint} `trigpoint definitions` lists them.")


def clear_once(home: Home, at: datetime) -> None:
    """Clear away what a killed load left: once a process is enough, for whoever was killed is followed by another."""
    if home.root not in _cleared:
        clear_leavings(home, at)
        _cleared.add(home.root)


@contextlib.contextmanager
def whole_disk() -> Iterator[None]:
    """A disk that is full or read-only is no fault of the file: say so in words. What was begun has been undone."""
    try:
        yield
    except OSError as fault:
        if fault.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EROFS):
            raise
        raise LoadRefused(
            "The disk of the home cannot be written: it is full or read-only. Nothing was stored."
        ) from fault


def _bring_in(request: Request, raw: Spooled, home: Home, tell: Progress) -> Receipt:
    found = considered(request, raw, home, tell)
    if found.prepared is None:
        return record_repeated(request, raw, found)
    receipt = found.prepared.receipt
    if found.question is not None and not request.accept_reason:
        raise NeedsDecision(record_waiting(request, raw, receipt, found.question), found.question)
    tell("storing", receipt.input, receipt.input)
    return record_accepted(request, raw, found.prepared, found.before, home)
