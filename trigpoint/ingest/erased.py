"""Rows that were erased for good and come again in another file: known by a keyed mark, and kept out.

A mark is a keyed digest of a feed and of the row's own digest (of its key, or where a feed has none of its cells). It tells
nobody what the row was, and matches nothing else that is kept. A row without a key that comes back with one cell changed is
another row, and is taken in.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pyarrow as pa

from trigpoint.db.models import ErasedMark, Erasure
from trigpoint.ingest.keys import row_key
from trigpoint.ingest.sheet import Fault, Mask
from trigpoint.ingest.steps.strip import Stripped

__all__ = ["ERASED", "deliveries_lifted", "erased_faults", "known_marks", "marks_of"]

ERASED = "erased for good"
ADVICE = "It was erased and is kept out; nothing of it is kept. Information governance can let it come back."


def marks_of(definition: str, digests: Iterable[bytes], keys: Path) -> frozenset[str]:
    """The marks of rows of a feed, by the digests of their keys or, where they have none, of their contents."""
    secret = row_key(keys)
    return frozenset(_mark(definition, one, secret) for one in digests)


def known_marks(definition: str) -> frozenset[str]:
    """The marks of what was erased of a feed and may not come back."""
    return frozenset(ErasedMark.objects.filter(definition=definition).values_list("mark", flat=True))


def deliveries_lifted() -> frozenset[int | None]:
    """Deliveries that lost rows which may come back: the very same file brings them, and is looked at like any other."""
    lines = Erasure.objects.exclude(lifted_at=None).values_list("lines", flat=True)
    return frozenset(int(number) for told in lines for number in told)


def erased_faults(stripped: Stripped, marks: frozenset[str], keys: Path) -> list[Fault]:
    """The rows that were erased before; empty where there are none."""
    if not marks:
        return []
    sheet, secret = stripped.sheet, row_key(keys)
    digests = stripped.key if stripped.key is not None else stripped.content
    mask = _among(digests, marks, sheet.definition.name, secret)
    column = sheet.header(next(iter(sheet.definition.currency.key or sheet.columns)))
    return [Fault(mask, column, ERASED, ADVICE)] if mask.any() else []


def _among(digests: pa.FixedSizeBinaryArray, marks: frozenset[str], definition: str, secret: bytes) -> Mask:
    found = (_mark(definition, one, secret) in marks for one in digests.to_pylist())
    return np.fromiter(found, dtype=np.bool_, count=len(digests))


def _mark(definition: str, digest: bytes, secret: bytes) -> str:
    told = definition.encode() + b"\x1f" + digest
    return hashlib.blake2b(told, key=secret, digest_size=16, person=b"erased").hexdigest()
