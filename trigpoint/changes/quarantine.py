"""Rows put aside: seen by those whose rows they are, mended, and tried again as a delivery of their own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from trigpoint.changes.accounts import Account, account_named
from trigpoint.core.sharing.duties import ChangeDenied, require_duty, require_own_feed
from trigpoint.db.audit import record_event
from trigpoint.db.models import Delivery
from trigpoint.ingest.mend import mended, outstanding, reapplied
from trigpoint.ingest.receipt import LoadRefused, Receipt


class NothingToMend(LookupError):
    """The delivery has no row of that number that waits to be mended."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a row as stripped, under the file's own header."""

    header: str
    value: str
    faulty: bool


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A row in quarantine; every cell of a row that could not be read into columns is blank."""

    delivery: int
    row: int
    column: str
    rule: str
    advice: str
    cells: tuple[Cell, ...]

    @property
    def readable(self) -> bool:
        return any(cell.value for cell in self.cells)


def waiting_rows(*, delivery: int, by: str, at: datetime) -> tuple[WaitingRow, ...]:
    """The rows of a delivery that wait to be mended, with their cells. Reading them is put on record.

    Raises ChangeDenied for all but analysts and the contributors of the agency that sent it.
    """
    _require_mender(account_named(by), _agency_of(delivery))
    record_event(
        event="question",
        at=at,
        user=by,
        subject=f"rows of delivery {delivery}",
        detail={"kind": "quarantine"},
    )
    return tuple(_told(delivery))


def deliveries_waiting(by: str) -> tuple[int, ...]:
    """The deliveries whose rows this person could mend and that put some aside, newest first."""
    account = account_named(by)
    kept = Delivery.objects.filter(status="accepted", rows_quarantined__gt=0, mends__isnull=True)
    if account.role == "contributor":
        kept = kept.filter(agency=account.agency)
    elif account.role != "analyst":
        raise ChangeDenied("Rows put aside are mended by analysts and by the agency that sent them.")
    return tuple(kept.order_by("-received_at", "-id").values_list("pk", flat=True))


def still_waiting(delivery: int) -> int | None:
    """How many rows of a delivery wait to be mended, for whoever reads its receipt; None where they are not kept."""
    try:
        return len(outstanding(delivery))
    except LoadRefused:
        return None


def mend_rows(
    *, delivery: int, cells: Mapping[int, Mapping[str, str]], by: str, at: datetime, reason: str
) -> Receipt:
    """Try rows again, some of their cells written anew; what still fails waits on, with its new reason.

    Raises ChangeDenied as `waiting_rows`, NothingToMend for a row or column that does not wait, LoadRefused.
    """
    _require_mender(account_named(by), _agency_of(delivery))
    waiting = {row.row: {cell.header for cell in row.cells} for row in _told(delivery)}
    if not cells:
        raise NothingToMend("No cell was changed. Change one, or try all rows again as they are.")
    if any(row not in waiting or not set(new) <= waiting[row] for row, new in cells.items()):
        raise NothingToMend("These rows no longer wait. Somebody may have mended them meanwhile.")
    return mended(delivery, cells, by=by, at=at, reason=reason)


def try_all_again(*, delivery: int, by: str, at: datetime) -> Receipt:
    """Try every row that waits as it is, under the definition as it now stands. Raises as `mend_rows`."""
    _require_mender(account_named(by), _agency_of(delivery))
    return reapplied(delivery, by, at)


def _told(delivery: int) -> Sequence[WaitingRow]:
    return [
        WaitingRow(
            delivery=delivery,
            row=row.row,
            column=row.column,
            rule=row.rule,
            advice=row.advice,
            cells=tuple(Cell(header, value, header == row.column) for header, value in row.cells.items()),
        )
        for row in outstanding(delivery)
    ]


def _agency_of(delivery: int) -> str:
    found = Delivery.objects.filter(pk=delivery).values_list("agency", flat=True).first()
    if found is None:
        raise NothingToMend(f"There is no delivery {delivery}.")
    return found


def _require_mender(account: Account, agency: str) -> None:
    require_duty("load", role=account.role, user=account.user)
    require_own_feed(role=account.role, user=account.user, agency=account.agency, owner=agency)
