"""What is written of a delivery, whatever became of it: the ledger's line, the audit's event and the files."""

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from django.db import DatabaseError, connection, transaction

from trigpoint.db.audit import record_event
from trigpoint.db.home import Home
from trigpoint.db.models.delivery import Delivery, DeliveryStatus
from trigpoint.ingest.codes import PRECISION
from trigpoint.ingest.consider import Considered, Request, definition_digest
from trigpoint.ingest.definition_model import Definition
from trigpoint.ingest.ledger import Earlier
from trigpoint.ingest.prepare import Prepared
from trigpoint.ingest.receipt import LoadRefused, Receipt
from trigpoint.ingest.schemas import FileFacts
from trigpoint.ingest.spool import Spooled
from trigpoint.ingest.steps.accept import Written, with_facts, written
from trigpoint.ingest.wordings import keep_wordings, said_in


@dataclass(frozen=True, slots=True)
class Mending:
    """Which delivery's rows are brought back, the rows that now have a verdict, and how many are stored along with them."""

    delivery: int
    rows: tuple[int, ...]
    copied: int


def record_accepted(
    request: Request,
    raw: Spooled,
    prepared: Prepared,
    before: Sequence[Earlier],
    home: Home,
    mending: Mending | None = None,
) -> Receipt:
    """Write the delivery's files, then make it count in one transaction."""
    nothing_new = prepared.receipt.duplicate == prepared.receipt.input > 0
    receipt = replace(prepared.receipt, status="duplicate") if nothing_new else prepared.receipt
    name = raw.path.parent.name
    again = prepared.confirmed_keys
    with (
        written(
            _with_facts(request, prepared, mending) if not nothing_new else None, home.deliveries, name
        ) as rows,
        written(
            again if again is not None and len(again) else None, home.deliveries, f"{name}.confirmed"
        ) as keys,
        written(prepared.quarantined if receipt.quarantined else None, home.quarantine, name) as rejected,
        _named_together() as names,
        transaction.atomic(),
    ):
        _one_at_a_time(request.definition)
        _refuse_if_overtaken(request.definition, before)
        more = _more(request, prepared, mending, keys is not None)
        line = _line(request, raw, receipt, more, covers(prepared.accepted), rows.sha256 if rows else "")
        keep_wordings(
            request.definition.agency,
            said_in(prepared.accepted, prepared.wordings),
            received_at=request.received_at,
            at=request.at,
        )
        names.delivery = line.pk
        names.give(rows, home.deliveries / f"{line.pk}.parquet")
        names.give(keys, home.deliveries / f"{line.pk}.confirmed.parquet")
        names.give(rejected, home.quarantine / f"{line.pk}.parquet")
    return replace(receipt, delivery=line.pk)


class _Names:
    """The files that have taken the name of a delivery, until the ledger has it."""

    def __init__(self) -> None:
        self.delivery = 0
        self.given: list[Path] = []

    def give(self, file: Written | None, final: Path) -> None:
        if file is not None:
            self.given.append(final)
            file.take_name(final)


@contextlib.contextmanager
def _named_together() -> Iterator[_Names]:
    """Where the ledger did not take the delivery after all, its files go; where nobody can tell, the next start does."""
    names = _Names()
    try:
        yield names
    except BaseException:
        with contextlib.suppress(DatabaseError, OSError):
            if names.given and not Delivery.objects.filter(pk=names.delivery).exists():
                for file in names.given:
                    file.unlink(missing_ok=True)
        raise


def _one_at_a_time(definition: Definition) -> None:
    """Two deliveries of one feed are decided one after the other. SQLite lets only one transaction write anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"delivery {definition.name}"])


def _with_facts(request: Request, prepared: Prepared, mending: Mending | None) -> pa.Table:
    return with_facts(prepared.accepted, _facts(request, mending))


def _more(
    request: Request, prepared: Prepared, mending: Mending | None, confirms_keys: bool
) -> dict[str, Any]:
    """What the ledger must know besides the counts, to judge the deliveries to come."""
    more: dict[str, Any] = {
        "definition_sha256": definition_digest(request.definition),
        "groups": [[group.scope, group.period, group.rows, group.digest] for group in prepared.groups],
        "confirmed": [[group.scope, group.period, group.rows, group.digest] for group in prepared.confirmed],
        "confirmed_keys": confirms_keys,
    }
    if prepared.erased:
        more["erased_again"] = list(prepared.erased)
    if mending is not None:
        more |= {"mends": mending.delivery, "mended_rows": list(mending.rows), "copied": mending.copied}
    return more


def record_repeated(request: Request, raw: Spooled, found: Considered) -> Receipt:
    """The very same file under the same definition: every row is a duplicate, nothing is stored."""
    known = found.repeated
    if known is None:
        raise ValueError("the file repeats no other")
    first = known.confirms or known.number
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
        messages=(f"The same file was accepted before, as delivery {first}.", *_erased(known)),
    )
    more: dict[str, Any] = {"same_as": first}
    if found.confirms:
        more |= {"confirms": first, "definition_sha256": definition_digest(request.definition)}
    with transaction.atomic():
        _one_at_a_time(request.definition)
        _refuse_if_overtaken(request.definition, found.before)
        line = _line(request, raw, receipt, more)
    return replace(receipt, delivery=line.pk)


def _erased(known: Earlier) -> tuple[str, ...]:
    """That the file brings nothing back that was erased of it."""
    if not known.rows_erased:
        return ()
    return (f"{known.rows_erased:,} of its rows were erased since, and stay erased.",)


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
    more: Mapping[str, Any],
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
        mends=more.get("mends"),
        parquet_sha256=parquet_sha256,
    )
    record_event(
        event=f"delivery.{receipt.status}",
        at=request.at,
        user=request.by,
        allowed=receipt.status in ("accepted", "duplicate"),
        subject=f"delivery {line.pk}",
        detail={
            "definition": request.definition.name,
            "sha256": raw.sha256,
            "input": receipt.input,
            **({"mends": more["mends"]} if "mends" in more else {}),
        },
    )
    return line


def _refuse_if_overtaken(definition: Definition, before: Sequence[Earlier]) -> None:
    latest = max((known.number for known in before), default=0)
    accepted = Delivery.objects.filter(definition=definition.name, status=DeliveryStatus.ACCEPTED)
    if accepted.filter(pk__gt=latest).exists():
        raise LoadRefused(
            f"Another delivery of {definition.name} was accepted while this one was read. Load it again."
        )


class DeliveryFacts(FileFacts):
    """What a delivery's file says of itself; `mends` is the delivery whose version its rows belong to, else None."""

    mends: int | None


def _facts(request: Request, mending: Mending | None) -> DeliveryFacts:
    definition = request.definition
    return DeliveryFacts(
        mends=mending.delivery if mending is not None else None,
        definition=definition.name,
        kind=definition.kind,
        name=definition.title,
        agency=definition.agency,
        currency=definition.currency.by,
        open=definition.open,
        anchors=definition.anchors,
        attribution=definition.attribution,
        cadence=definition.cadence,
        terms_only=definition.terms_only,
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
