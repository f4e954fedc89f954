"""Erasure and withdrawal: rows leave for good, and a tombstone says that they did.

Erasing is for information governance; an agency withdraws its own delivery whole. Each is one transaction and one audit
event; then the facts are published anew and every other version is deleted. Meetings that kept an answer made from them
say that it is restated (docs/decisions/0021).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count

from trigpoint.changes.accounts import Account, account_named
from trigpoint.changes.deliveries import feed_titles
from trigpoint.changes.erasure_publishing import being_published, publish_without
from trigpoint.changes.release_restating import restate_releases, withdraw_what_counted
from trigpoint.changes.restating import restate_what_is_aside, set_aside
from trigpoint.changes.restating_runs import restate_in_background
from trigpoint.changes.told_text import told
from trigpoint.core.sharing.duties import ChangeDenied, require_duty
from trigpoint.db.audit import record_event
from trigpoint.db.home import current_home
from trigpoint.db.models import Delivery, ErasedMark, Erasure
from trigpoint.db.models.delivery import DeliveryStatus
from trigpoint.ingest.erased import marks_of
from trigpoint.upkeep.erasure import TakenOut, every_row, same_rows_elsewhere, take_out

__all__ = [
    "CameAgain",
    "ErasureRefused",
    "ErasureTold",
    "erase_rows",
    "finish_erasures",
    "lift_erasure",
    "list_came_again",
    "list_erasures",
    "may_erase",
    "take_rows",
    "withdraw_delivery",
]

REASON_LETTERS = 300
Kind = Erasure.Kind


class ErasureRefused(ValueError):
    """Nothing can be erased as asked; the message says why."""


@dataclass(frozen=True, slots=True)
class ErasureTold:
    """A tombstone: numbers, a reason and a role; never what the rows said. `kept_out` counts marks that keep rows out."""

    number: int
    kind: str
    kind_words: str
    delivery: int
    rows: int
    deliveries: tuple[int, ...]
    reason: str
    agency: str
    at: datetime
    publication: int | None
    kept_out: int
    lifted_at: datetime | None
    lifted_because: str


@dataclass(frozen=True, slots=True)
class CameAgain:
    """That rows erased before were in a later delivery, and were kept out: how many, and when it came."""

    delivery: int
    feed: str
    rows: int
    received_at: datetime


def list_erasures(*, by: str) -> tuple[ErasureTold, ...]:
    """Every tombstone, the latest first. Raises ChangeDenied."""
    may_erase(by)
    found = Erasure.objects.annotate(kept_out=Count("marks")).order_by("-at", "-pk")
    return tuple(_told(one) for one in found)


def erase_rows(
    *, delivery: int, rows: Sequence[int], reason: str, by: str, at: datetime, in_background: bool = False
) -> int:
    """Erase rows of a delivery, and the same rows in others of its feed. Gives the tombstone's number.

    At once they leave the deliveries, and what was kept or released of them is let go of; from then on nothing is told from
    the facts that still hold them. With `in_background` those are published anew by the worker, and answers and releases
    made again. A fresh file does not bring them back (`ingest/erased.py`).

    Raises ChangeDenied, ErasureRefused or TextRefused; then nothing was changed.
    """
    account = may_erase(by)
    number = take_rows(delivery, rows, reason, Kind.ROWS, account, at)
    finish_erasures(at=at, in_background=in_background)
    return number


def withdraw_delivery(
    *, delivery: int, reason: str, by: str, at: datetime, in_background: bool = False
) -> int:
    """Take a delivery back whole, with what was mended of it: older deliveries count again as if it had never come.

    Its own agency's contributor may, and governance. Raises ChangeDenied, ErasureRefused or TextRefused.
    """
    account = account_named(by)
    line = _accepted(delivery)
    if account.role == "contributor":
        if account.agency != line.agency:
            raise ChangeDenied(
                "A delivery is withdrawn by the agency that sent it, or by information governance."
            )
    else:
        require_duty("erase", role=account.role, user=by)
    why = told(reason, what="the reason", longest=REASON_LETTERS)
    home = current_home()
    with transaction.atomic():
        mended = Delivery.objects.filter(mends=delivery, status=DeliveryStatus.ACCEPTED).values_list(
            "pk", flat=True
        )
        rows = {number: every_row(number, home) for number in (delivery, *mended)}
        out = take_out(rows, home, whole=True)
        tombstone = _tombstone(delivery, Kind.DELIVERY, out, why, account, at)
    finish_erasures(at=at, in_background=in_background)
    return tombstone


def finish_erasures(*, at: datetime, in_background: bool = False) -> int:
    """Publish anew where a version may still hold rows that are gone, and restate what meetings kept of them.

    Gives how many tombstones that closed, 0 where the worker is asked. Safe to call again where an earlier call was cut
    short.
    """
    if being_published() is None:
        return 0
    if in_background:
        restate_in_background.enqueue()
        return 0
    closed = publish_without(at=at)
    restate_what_is_aside(at=at)
    restate_releases(at=at)
    return closed


def may_erase(by: str) -> Account:
    """The account, where it is of information governance. Raises ChangeDenied."""
    account = account_named(by)
    require_duty("erase", role=account.role, user=by)
    return account


def _accepted(delivery: int) -> Delivery:
    line = Delivery.objects.filter(pk=delivery, status=DeliveryStatus.ACCEPTED).first()
    if line is None:
        raise ErasureRefused(f"There is no accepted delivery {delivery}.")
    return line


def take_rows(
    delivery: int, rows: Sequence[int], reason: str, kind: Erasure.Kind, account: Account, at: datetime
) -> int:
    """Take rows out of a delivery, and the same ones out of others of its feed; the tombstone's number.

    The caller publishes (`finish_erasures`). Raises ErasureRefused or TextRefused.
    """
    _accepted(delivery)
    why = told(reason, what="the reason", longest=REASON_LETTERS)
    home = current_home()
    missing = set(rows) - set(every_row(delivery, home))
    if not rows or missing:
        raise ErasureRefused(
            "Say which rows." if not rows else f"Delivery {delivery} holds no row {min(missing)}."
        )
    with transaction.atomic():
        out = take_out(same_rows_elsewhere(delivery, rows, home), home)
        return _tombstone(delivery, kind, out, why, account, at)


def _tombstone(
    delivery: int, kind: Erasure.Kind, out: TakenOut, reason: str, account: Account, at: datetime
) -> int:
    """Say that rows are gone, and let go of everything that was kept or released of them."""
    lines = {str(number): list(numbers) for number, numbers in out.rows.items()}
    many = sum(len(numbers) for numbers in lines.values())
    kept = Erasure.objects.create(
        kind=kind, delivery=delivery, lines=lines, rows=many, reason=reason, by=account.user, agency=account.agency,
        at=at,
    )  # fmt: skip
    record_event(
        event=f"erasure.{kind.value}", at=at, user=account.user, agency=account.agency, role=account.role,
        subject=f"erasure {kept.pk}", detail={"delivery": delivery, "rows": many, "reason": reason},
    )  # fmt: skip
    if kind == Kind.ROWS:
        _mark(kept, out)
    because = f"{'a delivery was withdrawn' if kind == Kind.DELIVERY else 'rows were erased'}: {reason.rstrip('. ')}"
    set_aside(deliveries=list(out.rows), because=because, by=account.user, at=at)
    withdraw_what_counted(out.days, because=because, account=account, at=at)
    return int(kept.pk)


def _mark(kept: Erasure, out: TakenOut) -> None:
    """Keep the rows from coming back. What is withdrawn may come again, and what is too old is found by its date."""
    keys = current_home().keys
    ErasedMark.objects.bulk_create(
        ErasedMark(erasure=kept, definition=definition, mark=mark)
        for definition, digests in out.digests.items()
        for mark in sorted(marks_of(definition, digests, keys))
    )


def lift_erasure(*, number: int, reason: str, by: str, at: datetime) -> int:
    """Let rows that were erased come back with the next file that has them; how many marks went. Nothing returns by itself.

    Raises ChangeDenied, ErasureRefused or TextRefused.
    """
    account = may_erase(by)
    why = told(reason, what="the reason", longest=REASON_LETTERS)
    with transaction.atomic():
        kept = Erasure.objects.select_for_update().filter(pk=number).first()
        if kept is None or not kept.marks.exists():
            raise ErasureRefused("Nothing of this is kept out.")
        many, _ = kept.marks.all().delete()
        kept.lifted_at, kept.lifted_because, kept.lifted_by = at, why, account.user
        kept.save(update_fields=["lifted_at", "lifted_because", "lifted_by"])
        record_event(
            event="erasure.lifted", at=at, user=account.user, agency=account.agency, role=account.role,
            subject=f"erasure {kept.pk}", detail={"rows": many, "reason": why},
        )  # fmt: skip
    return many


def list_came_again(*, by: str) -> tuple[CameAgain, ...]:
    """Deliveries in which rows came that had been erased, the latest first. Raises ChangeDenied."""
    may_erase(by)
    found = Delivery.objects.filter(receipt__has_key="erased_again").order_by("-pk")
    titles = feed_titles()
    return tuple(
        CameAgain(
            int(one.pk),
            titles.get(one.definition, one.definition),
            len(one.receipt["erased_again"]),
            one.received_at,
        )
        for one in found
    )


def _told(one: Any) -> ErasureTold:
    return ErasureTold(
        number=int(one.pk),
        kind=one.kind,
        kind_words=Kind(one.kind).label,
        delivery=one.delivery,
        rows=one.rows,
        deliveries=tuple(sorted(int(number) for number in one.lines)),
        reason=one.reason,
        agency=one.agency,
        at=one.at,
        publication=one.publication,
        kept_out=one.kept_out,
        lifted_at=one.lifted_at,
        lifted_because=one.lifted_because,
    )
