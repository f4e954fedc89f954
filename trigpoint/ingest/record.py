"""What is written of a delivery, whatever became of it: the ledger's line, the audit's event and the files."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pyarrow as pa
import pyarrow.compute as pc
from django.db import transaction

from trigpoint.db.audit import record_event
from trigpoint.db.home import Home
from trigpoint.db.models.delivery import Delivery, DeliveryStatus
from trigpoint.ingest.codes import PRECISION
from trigpoint.ingest.definition_model import Definition
from trigpoint.ingest.ledger import Earlier
from trigpoint.ingest.prepare import Prepared
from trigpoint.ingest.receipt import LoadRefused, Receipt
from trigpoint.ingest.schemas import FileFacts
from trigpoint.ingest.spool import Spooled
from trigpoint.ingest.steps.accept import with_facts, written


@dataclass(frozen=True, slots=True)
class Request:
    """Who delivers what, when it was received and extracted, and the reason to accept what looks wrong."""

    definition: Definition
    by: str
    at: datetime
    received_at: datetime
    extracted_on: date
    accept_reason: str | None


def definition_digest(definition: Definition) -> str:
    """Changes whenever the definition does: a mended definition may find more in a file it has seen."""
    return hashlib.sha256(definition.model_dump_json().encode()).hexdigest()


def record_accepted(
    request: Request, raw: Spooled, prepared: Prepared, before: Sequence[Earlier], home: Home
) -> Receipt:
    """Write the delivery's files, then make it count in one transaction."""
    nothing_new = prepared.receipt.duplicate == prepared.receipt.input > 0
    receipt = replace(prepared.receipt, status="duplicate") if nothing_new else prepared.receipt
    accepted = None if nothing_new else with_facts(prepared.accepted, _facts(request))
    put_aside = prepared.quarantined if receipt.quarantined else None
    name = raw.path.parent.name
    more: dict[str, object] = {
        "definition_sha256": definition_digest(request.definition),
        "groups": [[group.scope, group.period, group.rows, group.digest] for group in prepared.groups],
    }
    with (
        written(accepted, home.deliveries, name) as rows,
        written(put_aside, home.quarantine, name) as rejected,
        transaction.atomic(),
    ):
        _refuse_if_overtaken(request.definition, before)
        line = _line(request, raw, receipt, more, covers(prepared.accepted), rows.sha256 if rows else "")
        for file, folder in ((rows, home.deliveries), (rejected, home.quarantine)):
            if file is not None:
                file.take_name(folder / f"{line.pk}.parquet")
    return replace(receipt, delivery=line.pk)


def record_repeated(request: Request, raw: Spooled, known: Earlier) -> Receipt:
    """The very same file under the same definition: every row is a duplicate, nothing is stored."""
    receipt = Receipt(
        delivery=0,
        definition=request.definition.name,
        file=raw.name,
        sha256=raw.sha256,
        input=known.rows_input,
        accepted=0,
        quarantined=0,
        duplicate=known.rows_input,
        superseded=0,
        unplaced=0,
        status="duplicate",
        messages=(f"The same file was accepted before, as delivery {known.arrival.delivery}.",),
    )
    with transaction.atomic():
        line = _line(request, raw, receipt, {"same_as": known.arrival.delivery})
    return replace(receipt, delivery=line.pk)


def record_waiting(request: Request, raw: Spooled, receipt: Receipt, question: str) -> Receipt:
    """Nothing is stored but the ledger's line: somebody must decide."""
    waiting = replace(receipt, status="waiting", messages=(*receipt.messages, question))
    with transaction.atomic():
        line = _line(request, raw, waiting, {})
    return replace(waiting, delivery=line.pk)


def record_refused(request: Request, raw: Spooled, reason: str) -> Receipt:
    """Nothing is stored but the ledger's line; its rows could not be counted."""
    receipt = Receipt(
        0, request.definition.name, raw.name, raw.sha256, 0, 0, 0, 0, 0, 0, "refused", messages=(reason,)
    )
    with transaction.atomic():
        line = _line(request, raw, receipt, {})
    return replace(receipt, delivery=line.pk)


def _line(
    request: Request,
    raw: Spooled,
    receipt: Receipt,
    more: Mapping[str, object],
    covered: tuple[date | None, date | None] = (None, None),
    parquet_sha256: str = "",
) -> Delivery:
    line = Delivery.objects.create(
        definition=request.definition.name,
        kind=request.definition.kind,
        agency=request.definition.agency,
        file_name=raw.name[:255],
        sha256=raw.sha256,
        size_bytes=raw.size_bytes,
        received_at=request.received_at,
        extracted_on=request.extracted_on,
        covers_from=covered[0],
        covers_to=covered[1],
        rows_input=receipt.input,
        rows_accepted=receipt.accepted,
        rows_quarantined=receipt.quarantined,
        rows_duplicate=receipt.duplicate,
        rows_superseded=receipt.superseded,
        rows_unplaced=receipt.unplaced,
        status=DeliveryStatus(receipt.status),
        decided_at=request.at,
        decided_by=request.by,
        reason=(request.accept_reason or "")[:500],
        receipt={"messages": list(receipt.messages), **more},
        parquet_sha256=parquet_sha256,
    )
    record_event(
        event=f"delivery.{receipt.status}",
        at=request.at,
        user=request.by,
        allowed=receipt.status in ("accepted", "duplicate"),
        subject=f"delivery {line.pk}",
        detail={"definition": request.definition.name, "sha256": raw.sha256, "input": receipt.input},
    )
    return line


def _refuse_if_overtaken(definition: Definition, before: Sequence[Earlier]) -> None:
    latest = max((known.arrival.delivery for known in before), default=0)
    accepted = Delivery.objects.filter(definition=definition.name, status=DeliveryStatus.ACCEPTED)
    if accepted.filter(pk__gt=latest).exists():
        raise LoadRefused(
            f"Another delivery of {definition.name} was accepted while this one was read. Load it again."
        )


def _facts(request: Request) -> FileFacts:
    definition = request.definition
    return FileFacts(
        definition=definition.name,
        kind=definition.kind,
        name=definition.title,
        agency=definition.agency,
        currency=definition.currency.by,
        open=definition.open,
        anchors=definition.anchors,
        attribution=definition.attribution,
        categories=definition.categories,
        received_at=request.received_at.astimezone(UTC).isoformat(),
        extracted_on=request.extracted_on.isoformat(),
    )


def covers(table: pa.Table) -> tuple[date | None, date | None]:
    """The half-open dates of the rows; None where the kind has no dates or there is no row."""
    if "occurred_from" not in table.column_names or len(table) == 0:
        return None, None
    first = pc.min(table["occurred_from"]).as_py().date()
    last = pc.max(table["occurred_from"]).as_py().date()
    if pc.max(table["time_precision"]).as_py() == PRECISION["month"]:
        last = (last.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return first, last + timedelta(days=1)
