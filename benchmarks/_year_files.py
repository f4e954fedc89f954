"""The files of a played year: each comes on the day it was received, some late, one corrected, one taken back."""

import csv
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from benchmarks._year import Year, at_nine

__all__ = ["correct_one", "made_late", "receive_until", "rows_of", "timed", "withdraw_one"]

T = TypeVar("T")

LATE = ("police_crime", "social_care_missing")
"""Of each of these, one file of the year comes two months late."""
LATE_FROM, LATE_DAYS = date(2026, 2, 1), 61
CORRECTED, CANCELLED_EACH = "police_crime", 20
WITHDRAWN, BY_ITS_AGENCY = "community_safety_asb", "contributor"
REASON = "The sender was asked: nothing is missing."


def timed(year: Year, name: str, work: Callable[[], T]) -> T:
    began = time.perf_counter()
    found = work()
    year.seconds[name] = year.seconds.get(name, 0.0) + time.perf_counter() - began
    return found


def made_late(files: list[Any], year: Year) -> list[Any]:
    """The files in the order they come in, one of each of `LATE` two months after its day."""
    told = list(files)
    for definition in LATE:
        at = next(
            (
                n
                for n, one in enumerate(told)
                if one.definition == definition and one.received_at >= at_nine(LATE_FROM)
            ),
            None,
        )
        if at is not None:
            told[at] = replace(told[at], received_at=told[at].received_at + timedelta(days=LATE_DAYS))
            year.late.append(f"{definition}, {told[at].path.name}, {LATE_DAYS} days")
    return sorted(told, key=lambda one: one.received_at)


def receive_until(files: list[Any], day: date, year: Year) -> None:
    """Load what was received by that morning, each file as of the day it came (what --received says)."""
    for file in [one for one in files if one.received_at <= at_nine(day)]:
        files.remove(file)
        _received(file, day, year)


def correct_one(files: list[Any], day: date, year: Year) -> None:
    """The police send a file of last month again, in which every twentieth crime is cancelled."""
    from trigpoint.db.models import Delivery

    names = Delivery.objects.filter(definition=CORRECTED, status="accepted").order_by("-received_at")
    for name in names.values_list("file_name", flat=True)[:12]:
        path = next(iter(sorted(_folder(files).glob(f"*/{name}"))), None)
        again = _with_cancelled(path) if path else None
        if again is not None:
            corrected = replace(
                next(one for one in files if one.definition == CORRECTED),
                path=again, received_at=at_nine(day), extracted_on=day,
            )  # fmt: skip
            _received(corrected, day, year)
            year.corrected.append(f"{CORRECTED}, {name}")
            return
    year.require(False, "a file of the police was sent again, corrected")


def withdraw_one(rests_on: list[int], day: date, year: Year) -> None:
    """An agency takes back its newest file on which the last meeting rests, and all that it said."""
    from trigpoint.changes.erasure import withdraw_delivery
    from trigpoint.db.models import Delivery

    line = (
        Delivery.objects.filter(pk__in=rests_on, definition=WITHDRAWN, status="accepted")
        .order_by("pk")
        .last()
    )
    if line is None:
        year.require(False, f"there is a file of {WITHDRAWN} to withdraw")
        return
    words = {
        "delivery": int(line.pk),
        "reason": "It was sent for another month.",
        "by": BY_ITS_AGENCY,
        "at": at_nine(day),
    }
    timed(year, "withdraw", partial(withdraw_delivery, **words))  # type: ignore[arg-type]
    year.withdrawn.append(f"{WITHDRAWN}, {line.file_name}, {line.rows_accepted} rows")


def rows_of(delivery: int) -> list[int]:
    """The rows of a file, as its sender numbered them."""
    from pyarrow.parquet import read_table

    from trigpoint.db.home import current_home

    kept = current_home().deliveries / f"{delivery}.parquet"
    return [int(one) for one in read_table(kept, columns=["row"])["row"].to_pylist()]


def _received(file: Any, day: date, year: Year) -> None:
    from trigpoint.changes.deliveries import receive_delivery
    from trigpoint.ingest.receipt import NeedsDecision

    told = {
        "definition": file.definition, "path": file.path, "by": "analyst", "at": max(file.received_at, at_nine(day)),
        "received_at": file.received_at, "extracted_on": file.extracted_on,
    }  # fmt: skip
    try:
        timed(year, "load", partial(receive_delivery, **told))
    except NeedsDecision:
        timed(year, "load", partial(receive_delivery, **told, accept_reason=REASON))


def _folder(files: list[Any]) -> Path:
    return Path(next(one.path for one in files if one.definition == CORRECTED)).parent.parent


def _with_cancelled(path: Path) -> Path | None:
    """A copy beside it in which the first and every twentieth row is cancelled; None without such a column, or rows."""
    with path.open(encoding="utf-8-sig", newline="") as read:
        lines = list(csv.reader(read))
    if "outcome" not in lines[0] or len(lines) < 2:
        return None
    at = lines[0].index("outcome")
    for line in lines[1::CANCELLED_EACH]:
        line[at] = "Cancelled, no crime"
    again = path.with_name(f"{path.stem}_corrected.csv")
    with again.open("w", encoding="utf-8", newline="") as write:
        csv.writer(write, lineterminator="\n").writerows(lines)
    return again
