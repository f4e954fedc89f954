"""Rows that must go: out of deliveries, quarantines, wordings, corrections, caches and every version of the facts.

A delivery's file is immutable, so erasing writes another without the rows and deletes the old one. The ledger's line
still balances, with what was erased as a term of its own; a tombstone keeps numbers, a reason and whose word it was.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from trigpoint.db.home import Home
from trigpoint.db.models import Correction, Delivery, Publication, SenseCheck, Upload, Wording
from trigpoint.db.models.delivery import DeliveryStatus
from trigpoint.store.connection import let_go_of_others
from trigpoint.upkeep.publish import NothingToPublish, PublishOvertaken, publish

__all__ = ["TakenOut", "every_row", "purge_versions", "same_rows_elsewhere", "take_out"]

MOST_OVERTAKEN = 3
"""Publications that may be finished first before it is given up, and tried again later."""


@dataclass(frozen=True, slots=True)
class TakenOut:
    """Numbers of the rows that went, by delivery; `days` are the first and the last on which those that counted happened.

    `digests` are those rows' own, of their keys or else of their contents, by feed. What happened when, and the digests,
    are for whoever has to find them again, and are kept nowhere as they are.
    """

    rows: Mapping[int, tuple[int, ...]]
    days: Mapping[int, tuple[date, date]]
    digests: Mapping[str, frozenset[bytes]]

    @property
    def many(self) -> int:
        return sum(len(numbers) for numbers in self.rows.values())


def every_row(delivery: int, home: Home) -> tuple[int, ...]:
    """The numbers of all rows that a delivery still holds, put aside or not."""
    found: set[int] = set()
    for folder in (home.deliveries, home.quarantine):
        file = folder / f"{delivery}.parquet"
        if file.exists():
            found |= set(pq.read_table(file, columns=["row"])["row"].to_pylist())
    return tuple(sorted(found))


def same_rows_elsewhere(delivery: int, rows: Sequence[int], home: Home) -> dict[int, tuple[int, ...]]:
    """These rows, and the same ones in other deliveries of the feed: under their keys, or else with their content.

    Without that an older version of a row would become current as soon as the newest is gone. Rows brought back by
    mending are told by the number they had.
    """
    line = Delivery.objects.get(pk=delivery)
    found = {delivery: tuple(sorted(set(rows)))}
    keys, contents = _digests(home.deliveries / f"{delivery}.parquet", rows)
    others = Delivery.objects.filter(definition=line.definition, status=DeliveryStatus.ACCEPTED).exclude(
        pk=delivery
    )
    for number, mends in others.order_by("pk").values_list("pk", "mends"):
        held = _rows_with(home.deliveries / f"{number}.parquet", keys, contents)
        if mends == delivery:
            held |= set(rows) & set(every_row(number, home))
        if held:
            found[number] = tuple(sorted(held))
    return found


def take_out(rows: Mapping[int, Sequence[int]], home: Home, *, whole: bool = False) -> TakenOut:
    """Write the deliveries again without those rows, and their lines; within the caller's transaction.

    `whole` marks the deliveries withdrawn. Files take their names last, so that a failure before leaves all as it was.
    """
    out: dict[int, tuple[int, ...]] = {}
    days: dict[int, tuple[date, date]] = {}
    digests: set[bytes] = set()
    own: dict[str, frozenset[bytes]] = {}
    ready: list[tuple[Path, Path | None]] = []
    for number, wanted in rows.items():
        line = Delivery.objects.select_for_update().get(pk=number)
        gone = _Gone(line, frozenset(wanted), home)
        ready += gone.files()
        gone.keep(whole=whole)
        digests |= gone.wordings
        own[line.definition] = own.get(line.definition, frozenset()) | gone.digests
        out[number] = gone.rows
        if gone.days is not None:
            days[number] = gone.days
        _forget_said(number, gone.rows)
    for file, written in ready:
        if written is None:
            file.unlink(missing_ok=True)
        else:
            os.replace(written, file)
    agencies = set(Delivery.objects.filter(pk__in=rows).values_list("agency", flat=True))
    for agency in agencies:
        _forget_wordings(agency, digests, home)
    for definition in set(Delivery.objects.filter(pk__in=rows).values_list("definition", flat=True)):
        (home.cache / "known_keys" / f"{definition}.keys").unlink(missing_ok=True)
    return TakenOut(out, days, own)


class _Gone:
    """What one delivery loses: its new files under hidden names, and its new line."""

    def __init__(self, line: Delivery, wanted: frozenset[int], home: Home) -> None:
        self.line, self.home = line, home
        name = f"{line.pk}.parquet"
        self.accepted, lost = _without(home.deliveries / name, wanted)
        self.aside, put_aside = _without(home.quarantine / name, wanted)
        self.keys = _confirmed_without(home.deliveries / f"{line.pk}.confirmed.parquet", _keys_of(lost))
        self.lost, self.put_aside = lost, put_aside
        self.rows = tuple(sorted({*_row_numbers(lost), *_row_numbers(put_aside)}))
        self.wordings = _wordings_in(lost)
        self.days = _days_of(lost)
        self.digests = _digests_of(lost)

    def files(self) -> Iterable[tuple[Path, Path | None]]:
        yield from (one for one in (self.accepted, self.aside, self.keys) if one is not None)

    def keep(self, *, whole: bool) -> None:
        """The ledger's line, balanced."""
        line = self.line
        accepted = _row_numbers(self.lost)
        copied = _copied(line, accepted)
        line.rows_accepted -= len(accepted) - copied
        line.rows_quarantined -= len(self.put_aside or ())
        line.rows_erased += len(accepted) - copied + len(self.put_aside or ())
        line.rows_unplaced = min(line.rows_unplaced, line.rows_accepted)
        receipt = dict(line.receipt)
        if copied:
            receipt["copied"] = receipt["copied"] - copied
        if self.keys is not None and self.keys[1] is None:
            receipt["confirmed_keys"] = False
        line.receipt = receipt
        if self.accepted is not None:
            line.parquet_sha256 = _sha256(self.accepted[1]) if self.accepted[1] else ""
        if whole:
            line.status = DeliveryStatus.WITHDRAWN
        line.save()


def _copied(line: Delivery, rows: Sequence[int]) -> int:
    """How many of them a mending only stored along with what it brought back."""
    if not line.receipt.get("copied"):
        return 0
    brought = set(line.receipt.get("mended_rows", ()))
    return sum(row not in brought for row in rows)


def purge_versions(*, by: str, at: datetime, home: Home) -> int | None:
    """Publish anew and delete every other version and all that was worked out from one. The new number, or None.

    None where nothing is left to publish: then no version is left either, and the ledger's lines say so. Where another
    publication, begun before the rows went, is finished first, it is done over: that one may hold them.
    """
    try:
        number = _published_over(by=by, at=at, home=home)
    except NothingToPublish:
        number = None
        Publication.objects.update(file_name="", base_map="")
    kept = {f"{number}.duckdb", f"{number}.runs"} if number is not None else set[str]()
    let_go_of_others(home.store / f"{number}.duckdb" if number is not None else None)
    for file in home.store.glob("[!.]*"):
        if file.name in kept:
            continue
        if file.is_dir():
            shutil.rmtree(file, ignore_errors=True)
        else:
            file.unlink(missing_ok=True)
    return number


def _published_over(*, by: str, at: datetime, home: Home) -> int:
    for _ in range(MOST_OVERTAKEN):
        with suppress(PublishOvertaken):
            return publish(by=by, at=at, home=home).number
    return publish(by=by, at=at, home=home).number


def _digests(file: Path, rows: Sequence[int]) -> tuple[pa.Array, pa.Array]:
    """The keys of some rows and, of those without a key, their contents."""
    empty = pa.array([], pa.binary(16))
    if not file.exists():
        return empty, empty
    table = pq.read_table(file, columns=["row", "key", "content"])
    table = table.filter(pc.is_in(table["row"], pa.array(list(rows), pa.int32())))
    unkeyed = table.filter(pc.is_null(table["key"]))
    return pc.drop_null(table["key"]).combine_chunks(), unkeyed["content"].combine_chunks()


def _rows_with(file: Path, keys: pa.Array, contents: pa.Array) -> set[int]:
    if not file.exists() or not (len(keys) or len(contents)):
        return set()
    table = pq.read_table(file, columns=["row", "key", "content"])
    alike = pc.or_(
        pc.is_in(table["key"], keys),
        pc.and_(pc.is_null(table["key"]), pc.is_in(table["content"], contents)),
    )
    return set(table.filter(alike)["row"].to_pylist())


def _without(file: Path, rows: frozenset[int]) -> tuple[tuple[Path, Path | None] | None, pa.Table | None]:
    """The file and what is to take its place (None: nothing is left), and the rows that go; None where none does."""
    if not file.exists():
        return None, None
    table = pq.read_table(file)
    lost = pc.is_in(table["row"], pa.array(sorted(rows), pa.int32()))
    gone = table.filter(lost)
    if not len(gone):
        return None, None
    return (file, _written(table.filter(pc.invert(lost)), file)), gone


def _confirmed_without(file: Path, keys: pa.Array) -> tuple[Path, Path | None] | None:
    if not file.exists() or not len(keys):
        return None
    table = pq.read_table(file)
    left = table.filter(pc.invert(pc.is_in(table["key"], keys)))
    return None if len(left) == len(table) else (file, _written(left, file))


def _written(table: pa.Table, file: Path) -> Path | None:
    if not len(table):
        return None
    hidden = file.with_name(f".erasing-{file.name}")
    pq.write_table(table, hidden, compression="zstd")
    return hidden


def _row_numbers(table: pa.Table | None) -> list[int]:
    return [] if table is None else [int(row) for row in table["row"].to_pylist()]


def _days_of(table: pa.Table | None) -> tuple[date, date] | None:
    if table is None or not len(table) or "occurred_from" not in table.column_names:
        return None
    first, last = pc.min(table["occurred_from"]).as_py(), pc.max(table["occurred_to"]).as_py()
    return None if first is None else (first.date(), (last or first).date())


def _keys_of(table: pa.Table | None) -> pa.Array:
    if table is None or "key" not in table.column_names:
        return pa.array([], pa.binary(16))
    return pc.drop_null(table["key"]).combine_chunks()


def _digests_of(table: pa.Table | None) -> frozenset[bytes]:
    """Of each row's key or, where it has none, of its content."""
    if table is None:
        return frozenset()
    return frozenset(bytes(one) for one in pc.coalesce(table["key"], table["content"]).to_pylist())


def _wordings_in(table: pa.Table | None) -> set[bytes]:
    if table is None or "claims" not in table.column_names:
        return set()
    entries = table["claims"].combine_chunks().flatten()
    return {bytes(one) for one in pc.drop_null(pc.struct_field(entries, "wording")).to_pylist()}


def _forget_said(delivery: int, rows: Sequence[int]) -> None:
    """Corrections of rows that are gone, and what was said of them in words."""
    Correction.objects.filter(delivery=delivery, row__in=rows).delete()
    SenseCheck.objects.filter(delivery=delivery, row__in=rows).update(note="", detail={}, before={})
    for upload in Upload.objects.filter(delivery=delivery):
        upload.preview = {name: part for name, part in upload.preview.items() if name != "sample"}
        upload.save(update_fields=["preview"])


def _forget_wordings(agency: str, digests: set[bytes], home: Home) -> None:
    """Words that only the rows gone had said."""
    left = set(digests)
    held = Delivery.objects.filter(agency=agency, status=DeliveryStatus.ACCEPTED, rows_accepted__gt=0)
    for number in held.values_list("pk", flat=True) if left else ():
        file = home.deliveries / f"{number}.parquet"
        if file.exists() and "claims" in pq.read_schema(file).names:
            left -= _wordings_in(pq.read_table(file, columns=["claims"]))
    Wording.objects.filter(agency=agency, digest__in=[one.hex() for one in left]).delete()


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
