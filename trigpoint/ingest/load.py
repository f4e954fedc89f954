"""The one way in: file → read → strip → check → normalise → locate → accept."""

import difflib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from trigpoint.db.home import Home, current_home
from trigpoint.ingest import ledger
from trigpoint.ingest.county_note import outside_county
from trigpoint.ingest.definition_model import Definition
from trigpoint.ingest.definitions import load_definitions, themes
from trigpoint.ingest.ledger import Earlier, Group
from trigpoint.ingest.prepare import Prepared, prepare
from trigpoint.ingest.receipt import LoadRefused, NeedsDecision, Receipt
from trigpoint.ingest.record import (
    Request,
    definition_digest,
    record_accepted,
    record_refused,
    record_repeated,
    record_waiting,
)
from trigpoint.ingest.reference import Reference
from trigpoint.ingest.spool import Spooled, spooled
from trigpoint.ingest.steps.dates import LONDON
from trigpoint.ingest.surroundings import Surroundings

NEXT_DELIVERY = 1 << 40
"""Stands for the number of a delivery not yet accepted: later than any in the ledger."""
BAD_SHARE = 0.4
"""From this share of rows in quarantine on, somebody must say why the rest should be accepted."""
FEWER_THAN_USUAL = 0.1
"""A delivery of at most this share of the usual number of rows needs a reason too."""


def load(
    *,
    definition: str,
    path: Path,
    by: str,
    at: datetime,
    received_at: datetime | None = None,
    extracted_on: date | None = None,
    accept_reason: str | None = None,
) -> Receipt:
    """Bring one file in, whole or not at all, and return its receipt.

    `at` is the real instant, `received_at` when the partnership had the file (default `at`), `extracted_on` the
    extract's own date (default the day of receipt), which decides what is newer. Raises LoadRefused where the file
    or the request is wrong, NeedsDecision where the batch looks wrong and no `accept_reason` was given; then
    nothing is stored but the ledger's line. The database errors that are nobody's mistake pass through.
    """
    home = current_home()
    received = received_at or at
    extracted = extracted_on or received.astimezone(LONDON).date()
    request = Request(_named(definition, home), by, at, received, extracted, accept_reason)
    with spooled(path, home.spool) as raw:
        try:
            return _bring_in(request, raw, home)
        except LoadRefused as refusal:
            record_refused(request, raw, str(refusal))
            raise


def _named(definition: str, home: Home) -> Definition:
    known = load_definitions(home)
    if definition in known:
        return known[definition]
    near = difflib.get_close_matches(definition, known, n=1)
    hint = f" Did you mean {near[0]}?" if near else ""
    raise LoadRefused(f"There is no definition named {definition}.{hint} `trigpoint definitions` lists them.")


def _bring_in(request: Request, raw: Spooled, home: Home) -> Receipt:
    definition = request.definition
    before = ledger.earlier(definition.name, home)
    repeated = _the_same(raw, definition, before)
    if repeated is not None:
        return record_repeated(request, raw, repeated)
    reference = Reference(home)
    around = Surroundings(
        keys=home.keys,
        bits={theme.code: theme.bit for theme in themes(home)},
        lsoa_of=reference.lsoa_of,
        extent=reference.extent,
        place_names=reference.place_names,
    )
    arrived = ledger.arrival(NEXT_DELIVERY, request.extracted_on, request.received_at)
    received = request.received_at.astimezone(LONDON).date()
    prepared = prepare(raw, definition, around, before, arrived, received)
    prepared = _with_note(prepared, outside_county(prepared.accepted, definition, home.districts))
    question = _question(prepared, definition, before)
    if question is not None and not request.accept_reason:
        raise NeedsDecision(record_waiting(request, raw, prepared.receipt, question), question)
    return record_accepted(request, raw, prepared, before, home)


def _with_note(prepared: Prepared, note: str | None) -> Prepared:
    if note is None:
        return prepared
    return replace(prepared, receipt=replace(prepared.receipt, messages=(*prepared.receipt.messages, note)))


def _the_same(raw: Spooled, definition: Definition, before: Sequence[Earlier]) -> Earlier | None:
    seen = (raw.sha256, definition_digest(definition))
    return next((known for known in before if (known.sha256, known.definition_sha256) == seen), None)


def _question(prepared: Prepared, definition: Definition, before: Sequence[Earlier]) -> str | None:
    """What somebody must answer before the batch is accepted; None where it looks as usual."""
    receipt = prepared.receipt
    if receipt.input and receipt.quarantined >= BAD_SHARE * receipt.input:
        return (
            f"{receipt.quarantined} of {receipt.input} rows are faulty ({_commonest(prepared)}). Is this the right "
            "file and the right definition?"
        )
    if definition.kind != "records":
        return None
    usual = ledger.usual_rows(before)
    shrunk = _shrunk(prepared.groups, before)
    if shrunk is not None:
        return shrunk
    if before and receipt.input <= FEWER_THAN_USUAL * usual:
        return f"The file has {receipt.input} rows where {usual:.0f} are usual. Is it whole?"
    return None


def _shrunk(groups: Sequence[Group], before: Sequence[Earlier]) -> str | None:
    """A period about to be replaced by a small part of itself: perhaps the file is not the whole period."""
    for group in groups:
        same = [o for k in before for o in k.groups if (o.scope, o.period) == (group.scope, group.period)]
        if same and group.rows <= FEWER_THAN_USUAL * same[-1].rows:
            period = f"{group.period // 100}-{group.period % 100:02d}" if group.period else "the whole feed"
            return f"{group.rows} rows would replace the {same[-1].rows} of {period}. Is the file whole?"
    return None


def _commonest(prepared: Prepared) -> str:
    """The rule most often broken, and in which column."""
    rules = prepared.quarantined.group_by(["column", "rule"]).aggregate([("row", "count")])
    worst = rules.sort_by([("row_count", "descending"), ("column", "ascending")]).slice(0, 1).to_pylist()[0]
    return f"most often {worst['column']}: {worst['rule']}"
