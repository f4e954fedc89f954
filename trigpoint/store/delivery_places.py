"""How well the rows of one delivery tell where they were: read from its own file, before any publication."""

from collections import Counter
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq

__all__ = ["read_qualities"]


def read_qualities(path: Path) -> Counter[int]:
    """Rows by the quality (1 to 5) of the first place each tells; 0 for rows that tell none.

    The first entry is that of the claim that counts, as `ingest/schemas.py` orders them. Empty where the file is
    gone, or is of a kind that has no claims.
    """
    if not path.is_file() or "claims" not in pq.read_schema(path).names:
        return Counter()
    found: Counter[int] = Counter()
    for batch in pq.ParquetFile(path).iter_batches(columns=["claims"]):
        claims = batch.column("claims")
        told = claims.filter(pc.greater(pc.list_value_length(claims), 0))
        first = pc.struct_field(pc.list_element(told, 0), "quality")
        found.update({one["values"]: one["counts"] for one in pc.value_counts(first).to_pylist()})
        found[0] += len(claims) - len(told)
    return found
