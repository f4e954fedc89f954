"""Retention: what agreements let nobody keep any longer is listed, and goes as what is erased does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import pyarrow.compute as pc
import pyarrow.parquet as pq

from trigpoint.changes.accounts import RETENTION, Account
from trigpoint.changes.deliveries import feed_titles
from trigpoint.changes.erasure import finish_erasures, may_erase, take_rows
from trigpoint.core.sharing.agreement import Agreement
from trigpoint.db.home import current_home
from trigpoint.db.models import Delivery, Erasure
from trigpoint.db.models.delivery import DeliveryStatus
from trigpoint.gate.connection import adopted_agreements
from trigpoint.upkeep.erasure import every_row

__all__ = ["Due", "retain", "retain_by_agreement", "retention_due"]

Kind = Erasure.Kind


@dataclass(frozen=True, slots=True)
class Due:
    """Rows of a delivery that an agreement lets nobody keep any longer: those that happened before `before`.

    `feed` and `agreement` are their names for people.
    """

    delivery: int
    feed: str
    rows: tuple[int, ...]
    before: date
    agreement: str


def retention_due(*, by: str, at: datetime) -> tuple[Due, ...]:
    """What the agreements in force let nobody keep any longer. Nothing is changed. Raises ChangeDenied."""
    may_erase(by)
    return _all_due(at)


def retain(*, by: str, at: datetime, in_background: bool = False) -> tuple[int, ...]:
    """Erase what is due, each delivery with its own tombstone; then publish once. Raises as `erase_rows`."""
    return _retained(may_erase(by), at, in_background=in_background)


def retain_by_agreement(*, at: datetime) -> tuple[int, ...]:
    """What a home that says so does by itself each day: the same, on the word of the agreements, by the worker."""
    return _retained(RETENTION, at, in_background=True)


def _retained(account: Account, at: datetime, *, in_background: bool) -> tuple[int, ...]:
    made = []
    for due in _all_due(at):
        left = set(due.rows) & set(every_row(due.delivery, current_home()))
        if left:
            reason = f"kept no longer than agreed: {due.agreement}"
            made.append(take_rows(due.delivery, sorted(left), reason, Kind.RETENTION, account, at))
    if made:
        finish_erasures(at=at, in_background=in_background)
    return tuple(made)


def _all_due(at: datetime) -> tuple[Due, ...]:
    agreements = sorted(adopted_agreements(at), key=lambda one: (one.code, -one.version))
    titles = feed_titles()
    held = Delivery.objects.filter(
        status=DeliveryStatus.ACCEPTED, kind="records", rows_accepted__gt=0
    ).order_by("pk")
    return tuple(due for line in held if (due := _due(line, agreements, titles, at)) is not None)


def _due(
    line: Delivery, agreements: Sequence[Agreement], titles: Mapping[str, str], at: datetime
) -> Due | None:
    covering = [
        one for one in agreements if one.agency == line.agency and one.covers(line.definition) and one.in_force(at.date())
    ]  # fmt: skip
    months = covering[0].retention_months if covering else None
    if months is None:
        return None
    before = _months_before(at.date(), months)
    file = current_home().deliveries / f"{line.pk}.parquet"
    table = pq.read_table(file, columns=["row", "occurred_from"])
    old = table.filter(pc.less(table["occurred_from"], datetime.combine(before, datetime.min.time())))
    rows = tuple(int(row) for row in old["row"].to_pylist())
    code = f"{covering[0].title}, version {covering[0].version}"
    return (
        Due(int(line.pk), titles.get(line.definition, line.definition), rows, before, code) if rows else None
    )


def _months_before(day: date, months: int) -> date:
    """The same day so many months before; the month's first where it has no such day."""
    count = day.year * 12 + day.month - 1 - months
    year, month = divmod(count, 12)
    try:
        return date(year, month + 1, day.day)
    except ValueError:
        return date(year, month + 1, 1)
