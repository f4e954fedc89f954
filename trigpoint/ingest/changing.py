"""The picture before and after a delivery, counted: rows now, rows then, and which of them are new, gone or changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from trigpoint.ingest.consider import Considered
from trigpoint.ingest.known_keys import halves, whole
from trigpoint.ingest.ledger import Earlier, Said
from trigpoint.ingest.steps.settle_keys import entries_of, says_otherwise
from trigpoint.ingest.verdicts import QUARANTINED


@dataclass(frozen=True, slots=True)
class Change:
    """What a delivery makes of one (scope, period), or of a whole feed by key (scope "", period 0).

    rows_then = rows_now + new - gone, and rows_now = gone + changed + same. Without keys a changed row is one gone
    and one new.
    """

    scope: str
    period: int
    rows_now: int
    rows_then: int
    new: int
    gone: int
    changed: int
    same: int


def changes(found: Considered) -> Iterator[Change]:
    """What would change if the delivery were accepted; nothing where its very bytes are known."""
    if found.prepared is None:
        return
    yield from _by_key(found) if found.history.keys is not None else _by_period(found)


def _by_key(found: Considered) -> Iterator[Change]:
    """One line for the whole feed: nothing goes because a delivery does not mention it."""
    prepared, keys = found.prepared, found.history.keys
    if prepared is None or keys is None:
        raise ValueError("there is no delivery by key to tell of")
    told = prepared.accepted["key"].combine_chunks()
    known = keys.matching(halves(told)[0])
    known = known[~known["again"]]
    there = pc.is_in(told, value_set=whole(known["high"], known["low"])).to_numpy(zero_copy_only=False)
    changed = int(says_otherwise(entries_of(prepared.accepted, found.arrived), known).sum())
    new, now = int((~there).sum()), keys.count()
    yield Change("", 0, now, now + new, new, 0, changed, now - changed)


def _by_period(found: Considered) -> Iterator[Change]:
    """One line for every (scope, period) that the delivery speaks of."""
    prepared = found.prepared
    if prepared is None:
        raise ValueError("there is no delivery to tell of")
    accepted = {(group.scope, group.period) for group in prepared.groups}
    stands = prepared.stands
    asked = prepared.verdict != QUARANTINED
    spoken = set(
        zip(stands.scope.filter(pa.array(asked)).to_pylist(), stands.period[asked].tolist(), strict=True)
    )
    for scope, period in sorted(spoken):
        current = newest_version(found.history.said.get((scope, period), ()))
        late = current is not None and current.arrival.newness > found.arrived.newness
        if current is not None and (late or (scope, period) not in accepted):
            yield Change(scope, period, current.rows, current.rows, 0, 0, 0, current.rows)
            continue
        then = _of_group(prepared.accepted, scope, period)
        now = version_rows(found.before, scope, period, current, ["content"])
        same = _shared(now["content"].combine_chunks(), then["content"].combine_chunks())
        yield Change(scope, period, len(now), len(then), len(then) - same, len(now) - same, 0, same)


def newest_version(said: Sequence[Said]) -> Said | None:
    """The version that is current; None where nothing has been said."""
    return next((one for one in reversed(said) if not one.again), None)


def version_rows(
    before: Sequence[Earlier],
    scope: str,
    period: int,
    version: Said | None,
    columns: Sequence[str] | None = None,
) -> pa.Table:
    """The rows of one version of a (scope, period): what its delivery stored, and who mended it."""
    wanted = None if columns is None else sorted({*columns, "scope", "period"})
    stored = [k for k in before if version is not None and k.stored and k.root == version.arrival.delivery]
    tables = [_of_group(pq.read_table(known.parquet, columns=wanted), scope, period) for known in stored]
    if not tables:
        return pa.table({"content": pa.array([], pa.binary(16))})
    return pa.concat_tables([table.replace_schema_metadata(None) for table in tables])


def _of_group(table: pa.Table, scope: str, period: int) -> pa.Table:
    return table.filter(pc.and_(pc.equal(table["scope"], scope), pc.equal(table["period"], period)))


def _shared(one: pa.FixedSizeBinaryArray, other: pa.FixedSizeBinaryArray) -> int:
    """How many rows two versions have in common, repeated rows counted as often as both have them."""
    parts = [halves(one), halves(other)]
    high, low = (np.concatenate([part[half] for part in parts]) for half in (0, 1))
    if len(high) == 0:
        return 0
    order = np.lexsort((low, high))
    differs = (np.diff(high[order]) != 0) | (np.diff(low[order]) != 0)
    thing = np.concatenate([[0], np.cumsum(differs)])
    first = order < len(one)
    most = int(thing[-1]) + 1
    counts = [np.bincount(thing[mask], minlength=most) for mask in (first, ~first)]
    return int(np.minimum(*counts).sum())
