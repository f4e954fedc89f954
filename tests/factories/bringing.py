"""Bring families of shaken files in, in any order, and hold the ledger to its word."""

import random
import traceback
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests.factories.ingest_files import bring
from tests.factories.pictures import current_picture, forget_everything
from tests.factories.shaken_files import ShakenFile
from trigpoint.db.models.delivery import Delivery
from trigpoint.ingest.receipt import LoadRefused, NeedsDecision, Receipt

TIMES = 3
PARTS = ("accepted", "quarantined", "duplicate", "superseded")


class LawBroken(AssertionError):
    """The ledger did not keep its word; the message says which law."""


def bring_file(folder: Path, file: ShakenFile, *, reason: bool) -> Receipt | None:
    """Load one file; None where it was refused in words or needs somebody's decision. Anything else escapes."""
    path = folder / file.name
    path.write_bytes(file.raw)
    more = {"accept_reason": "a law is being tested"} if reason else {}
    try:
        return bring(file.definition, path, extracted_on=file.extracted_on, **more)
    except NeedsDecision as asked:
        if reason:
            raise
        check_receipt(asked.receipt)
    except LoadRefused as refusal:
        if len(str(refusal).split()) < 3:
            raise LawBroken(f"refused without words: {refusal}") from refusal
    return None


def check_receipt(receipt: Receipt) -> None:
    """The receipt and the ledger's line balance, and say the same."""
    line = Delivery.objects.get(pk=receipt.delivery)
    told = [getattr(receipt, part) for part in PARTS]
    kept = [getattr(line, f"rows_{part}") for part in PARTS]
    if receipt.input != sum(told) or line.rows_input != receipt.input or told != kept:
        raise LawBroken(f"delivery {line.pk} does not balance: {receipt.input} in, {told} told, {kept} kept")


def picture_after(
    folder: Path, files: Sequence[ShakenFile], counts: Counter[str]
) -> Counter[tuple[str, ...]]:
    """The current picture after bringing these in, in this order, into a home without deliveries."""
    forget_everything()
    for file in files:
        try:
            receipt = bring_file(folder, file, reason=True)
        except (LawBroken, KeyboardInterrupt):
            raise
        except Exception:
            counts["tracebacks"] += 1
            traceback.print_exc()
            continue
        if receipt is None:
            counts["refused"] += 1
            continue
        check_receipt(receipt)
        counts["rows in"] += receipt.input
        counts.update({part: getattr(receipt, part) for part in PARTS})
    return current_picture(files[0].definition) if files else Counter()


def check_family(folder: Path, files: Sequence[ShakenFile], rng: random.Random) -> Counter[str]:
    """Each once, then each three times in any order: the same picture, and every receipt balances. Raises LawBroken."""
    counts: Counter[str] = Counter({"files": len(files), "tracebacks": 0, "refused": 0})
    once = picture_after(folder, files, counts)
    often = [file for file in files for _ in range(TIMES)]
    rng.shuffle(often)
    again: Counter[str] = Counter()
    if picture_after(folder, often, again) != once:
        order = [f"{file.name}@{file.extracted_on:%m-%d}" for file in often]
        raise LawBroken(f"another picture of {files[0].definition} in the order {' '.join(order)}")
    counts["tracebacks"] += again["tracebacks"]
    counts["loads"] = len(files) + len(often)
    return counts
