"""What would become of a file: looked at whole, nothing stored. Loading and previewing it both begin here."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from trigpoint.db.home import Home
from trigpoint.ingest import ledger
from trigpoint.ingest.county_note import outside_county
from trigpoint.ingest.definition_model import Definition
from trigpoint.ingest.definitions import themes
from trigpoint.ingest.erased import deliveries_lifted
from trigpoint.ingest.ledger import Arrival, Earlier, Group, Said
from trigpoint.ingest.prepare import Prepared, history_of, prepare
from trigpoint.ingest.receipt import Progress
from trigpoint.ingest.reference import Reference
from trigpoint.ingest.spool import Spooled
from trigpoint.ingest.steps.dates import LONDON
from trigpoint.ingest.steps.settle import History
from trigpoint.ingest.surroundings import Surroundings

NEXT_DELIVERY = 1 << 30
"""Stands for the number of a delivery not yet accepted: later than any in the ledger."""
BAD_SHARE = 0.4
"""From this share of rows in quarantine on, somebody must say why the rest should be accepted."""
FEWER_THAN_USUAL = 0.1
"""A delivery of at most this share of the usual number of rows needs a reason too."""


@dataclass(frozen=True, slots=True)
class Request:
    """Who delivers what, when it was received and extracted, and the reason to accept what looks wrong.

    `dated` where somebody said when it was extracted; otherwise the day of receipt stands for it.
    """

    definition: Definition
    by: str
    at: datetime
    received_at: datetime
    extracted_on: date
    accept_reason: str | None
    dated: bool = False


@dataclass(frozen=True, slots=True)
class Considered:
    """What was found: the very bytes of an earlier delivery (then `confirms` says whether they are news as of a
    later day), or what would be stored, and the question that somebody must answer first.
    """

    before: tuple[Earlier, ...]
    history: History
    arrived: Arrival
    prepared: Prepared | None = None
    question: str | None = None
    repeated: Earlier | None = None
    confirms: bool = False


def definition_digest(definition: Definition) -> str:
    """Changes whenever the definition does: a mended definition may find more in a file it has seen."""
    return hashlib.sha256(definition.model_dump_json().encode()).hexdigest()


def considered(request: Request, raw: Spooled, home: Home, tell: Progress) -> Considered:
    """Look at a file whole. Raises LoadRefused where it cannot be read, and whatever `tell` raises."""
    definition = request.definition
    before = ledger.earlier(definition.name, home)
    history = history_of(definition, before, home)
    arrived = ledger.arrival(NEXT_DELIVERY, request.extracted_on, request.received_at)
    lifted = deliveries_lifted()
    same = [k for k in before if _is_the_same(k, raw, definition) and not {k.number, k.confirms} & lifted]
    if same and not (request.dated and _is_newer(arrived, same)):
        return Considered(before, history, arrived, repeated=same[-1])
    # What still waits in quarantine has said nothing yet that could be said again.
    settled = bool(same) and not ledger.rows_waiting(same[-1], before)
    if settled and not _overtaken(same, before):
        return Considered(before, history, arrived, repeated=same[-1], confirms=True)
    received = request.received_at.astimezone(LONDON).date()
    prepared = prepare(raw, definition, surroundings(home), history, arrived, received, tell)
    if settled and not (prepared.receipt.accepted or prepared.receipt.quarantined):
        return Considered(before, history, arrived, repeated=same[-1], confirms=True)
    prepared = _with_note(prepared, outside_county(prepared.accepted, definition, home.districts))
    return Considered(
        before, history, arrived, prepared, _question(prepared, definition, before, history.said)
    )


def surroundings(home: Home) -> Surroundings:
    """The home's keys, the themes' bits and what the layers loaded so far know."""
    reference = Reference(home)
    return Surroundings(
        keys=home.keys,
        bits={theme.code: theme.bit for theme in themes(home)},
        lsoa_of=reference.lsoa_of,
        extent=reference.extent,
        place_names=reference.place_names,
    )


def _is_the_same(known: Earlier, raw: Spooled, definition: Definition) -> bool:
    """The very bytes, under the very definition."""
    return known.sha256 == raw.sha256 and known.definition_sha256 == definition_digest(definition)


def _is_newer(arrived: Arrival, than: Sequence[Earlier]) -> bool:
    newest = max(known.arrival.newness[:2] for known in than)
    return arrived.newness[:2] > newest


def _overtaken(same: Sequence[Earlier], before: Sequence[Earlier]) -> bool:
    """Whether something newer than the last of `same` is known: then its bytes may say anew what that took back."""
    last = max(known.arrival.newness for known in same)
    return any(known.arrival.newness > last for known in before)


def _with_note(prepared: Prepared, note: str | None) -> Prepared:
    if note is None:
        return prepared
    return replace(prepared, receipt=replace(prepared.receipt, messages=(*prepared.receipt.messages, note)))


def _question(
    prepared: Prepared,
    definition: Definition,
    before: Sequence[Earlier],
    said: Mapping[tuple[str, int], Sequence[Said]],
) -> str | None:
    """What somebody must answer before the batch is accepted; None where it looks as usual."""
    receipt = prepared.receipt
    if receipt.input and receipt.quarantined >= BAD_SHARE * receipt.input:
        return (
            f"{receipt.quarantined} of {receipt.input} rows are faulty ({_commonest(prepared)}). Is this the right "
            "file and the right definition?"
        )
    if definition.kind != "records":
        return None
    shrunk = _shrunk(prepared.groups, said)
    if shrunk is not None:
        return shrunk
    usual = ledger.usual_rows(before)
    if before and receipt.input <= FEWER_THAN_USUAL * usual:
        return f"The file has {receipt.input} rows where {usual:.0f} are usual. Is it whole?"
    return None


def _shrunk(groups: Sequence[Group], said: Mapping[tuple[str, int], Sequence[Said]]) -> str | None:
    """A period about to be replaced by a small part of itself: perhaps the file is not the whole period."""
    for group in groups:
        same = said.get((group.scope, group.period))
        if same and group.rows <= FEWER_THAN_USUAL * same[-1].rows:
            period = f"{group.period // 100}-{group.period % 100:02d}" if group.period else "the whole feed"
            return f"{group.rows} rows would replace the {same[-1].rows} of {period}. Is the file whole?"
    return None


def _commonest(prepared: Prepared) -> str:
    """The rule most often broken, and in which column."""
    rules = prepared.quarantined.group_by(["column", "rule"]).aggregate([("row", "count")])
    worst = rules.sort_by([("row_count", "descending"), ("column", "ascending")]).slice(0, 1).to_pylist()[0]
    return f"most often {worst['column']}: {worst['rule']}"
