"""Of the rows that are right, which say something new: accepted, duplicate, or superseded by a newer extract."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from trigpoint.core.workflow.currency import known_to
from trigpoint.ingest.ledger import Arrival, Earlier, Group
from trigpoint.ingest.sheet import Fault, Mask, Sheet
from trigpoint.ingest.steps.choose import required
from trigpoint.ingest.steps.dates import parse
from trigpoint.ingest.steps.strip import Stripped

ACCEPTED, DUPLICATE, SUPERSEDED = np.int8(0), np.int8(1), np.int8(2)
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Standing:
    """Whose rows these are and of what period: what a newer extract replaces. Null and 0 in by-key definitions."""

    scope: pa.StringArray
    period: NDArray[np.int32]
    faults: Sequence[Fault]


@dataclass(frozen=True, slots=True)
class Settled:
    """A verdict for every row, and the groups accepted (by-period definitions only)."""

    verdict: NDArray[np.int8]
    groups: tuple[Group, ...] = ()


def standing(sheet: Sheet) -> Standing:
    """Scope and period of every row, and the rows whose period cannot be read or whose key is blank."""
    told = sheet.definition.currency
    count = len(sheet.rows)
    if told.by == "key":
        return Standing(pa.nulls(count, pa.string()), np.zeros(count, np.int32), required(sheet, told.key))
    scope = sheet.text(told.scope) if told.scope is not None else pa.array([""] * count, pa.string())
    if told.scope_pattern is not None:
        scope = _cut(scope, told.scope_pattern)
    if told.period is None:
        return Standing(scope, np.zeros(count, np.int32), [])
    readings, _ = parse(sheet.text(told.period), told.period_formats)
    unreadable = np.isnat(readings)
    months = np.where(unreadable, 0, readings.astype("datetime64[M]").astype(np.int64))
    period = np.where(unreadable, 0, (months // 12 + 1970) * 100 + months % 12 + 1).astype(np.int32)
    advice = f"Write it as one of {', '.join(told.period_formats)}."
    return Standing(scope, period, [Fault(unreadable, sheet.header(told.period), "not a date", advice)])


def _cut(values: pa.StringArray, pattern: str) -> pa.StringArray:
    encoded = values.dictionary_encode()
    found = [re.search(pattern, word) for word in encoded.dictionary.to_pylist()]
    return pa.array([hit[1] if hit else "" for hit in found], pa.string()).take(encoded.indices)


def settle(
    stripped: Stripped, sound: Mask, stands: Standing, before: Sequence[Earlier], arrived: Arrival
) -> Settled:
    """The verdict on every sound row (others get ACCEPTED, which nobody reads)."""
    verdict = np.full(len(sound), ACCEPTED, dtype=np.int8)
    rows = np.flatnonzero(sound)
    if stripped.key is not None:
        verdict[rows] = _by_key(stripped, rows, before, arrived)
        return Settled(verdict)
    accepted: list[Group] = []
    for group, members in _groups(stripped, rows, stands):
        ruling = _ruling(group, before, arrived)
        verdict[members] = ruling
        accepted += [group] if ruling == ACCEPTED else []
    return Settled(verdict, tuple(accepted))


def _groups(stripped: Stripped, rows: Ints, stands: Standing) -> Iterator[tuple[Group, Ints]]:
    """The rows of each (scope, period), with a digest of them that does not depend on their order."""
    if len(rows) == 0:
        return
    encoded = stands.scope.dictionary_encode()
    scopes = encoded.indices.to_numpy()[rows]
    periods = stands.period[rows]
    high, low = _halves(stripped.content)
    order = np.lexsort((low[rows], high[rows], periods, scopes))
    changes = (np.diff(scopes[order]) != 0) | (np.diff(periods[order]) != 0)
    for members in np.split(order, np.flatnonzero(changes) + 1):
        contents = np.stack([high[rows[members]], low[rows[members]]])
        digest = hashlib.blake2b(contents.tobytes(), digest_size=16).hexdigest()
        first = members[0]
        scope = encoded.dictionary[int(scopes[first])].as_py()
        yield Group(scope, int(periods[first]), len(members), digest), rows[members]


def _halves(digests: pa.FixedSizeBinaryArray) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """16-byte digests as two whole numbers, for sorting."""
    raw = np.frombuffer(digests.buffers()[1], dtype=">u8")
    start = digests.offset * 2
    pairs = raw[start : start + 2 * len(digests)].reshape(-1, 2).astype(np.uint64)
    return pairs[:, 0], pairs[:, 1]


def _ruling(group: Group, before: Sequence[Earlier], arrived: Arrival) -> np.int8:
    """The same rule as `currency.known_to`, for one version that is not yet in the ledger."""
    versions = [
        (known.arrival, other.digest)
        for known in before
        for other in known.groups
        if (other.scope, other.period) == (group.scope, group.period)
    ]
    versions.sort(key=lambda version: version[0].newness)
    older = [version for version in versions if version[0].newness < arrived.newness]
    newer = [version for version in versions if version[0].newness > arrived.newness]
    if older and older[-1][1] == group.digest:
        return DUPLICATE
    if any(arrival.received_us <= arrived.received_us for arrival, _ in newer):
        return DUPLICATE if newer[-1][1] == group.digest else SUPERSEDED
    return ACCEPTED


@dataclass(frozen=True, slots=True)
class _Versions:
    """Rows under keys, from the ledger's files and from the new one, one entry each."""

    key: pa.Array
    content: pa.Array
    token: Ints
    window: Ints
    extracted: Ints
    received: Ints
    delivery: Ints


def _by_key(stripped: Stripped, rows: Ints, before: Sequence[Earlier], arrived: Arrival) -> NDArray[np.int8]:
    versions = _joined([*_known(before), _new(stripped, rows, arrived)])
    group = _numbered(versions.key)
    content = _numbered(versions.content)
    new = np.arange(len(group)) >= len(group) - len(rows)
    order = np.lexsort(
        (np.arange(len(group)), versions.delivery, versions.received, versions.extracted, group)
    )
    same = np.zeros(len(group), dtype=np.bool_)
    here, previous = order[1:], order[:-1]
    same[here] = (
        (group[here] == group[previous])
        & (content[here] == content[previous])
        # Tokens of two windows never agree; within one window a different token is a correction.
        & (
            (versions.token[here] == versions.token[previous])
            | (versions.window[here] != versions.window[previous])
        )
    )
    duplicate = same & new
    kept = np.flatnonzero(~duplicate)
    position = np.arange(len(group), dtype=np.int64)
    until = known_to(
        group[kept],
        versions.extracted[kept],
        versions.received[kept],
        # Within one file the later of two rows under one key is the newer.
        versions.delivery[kept] + np.where(new[kept], position[kept], 0),
    )
    verdict = np.where(duplicate, DUPLICATE, ACCEPTED).astype(np.int8)
    verdict[kept[until <= versions.received[kept]]] = SUPERSEDED
    return verdict[new]


def _numbered(digests: pa.Array) -> Ints:
    return np.asarray(digests.dictionary_encode().indices.to_numpy(), dtype=np.int64)


def _known(before: Sequence[Earlier]) -> Iterator[_Versions]:
    for known in before:
        with pq.ParquetFile(known.parquet) as file:
            there = set(file.schema_arrow.names)
            table = file.read(["key", "content", *sorted({"token", "token_window"} & there)])
        count = len(table)
        zeros = np.zeros(count, dtype=np.int64)
        yield _Versions(
            table["key"].combine_chunks(),
            table["content"].combine_chunks(),
            table["token"].to_numpy() if "token" in there else zeros,
            table["token_window"].to_numpy().astype(np.int64) if "token" in there else zeros,
            *_arrived(known.arrival, count),
        )


def _new(stripped: Stripped, rows: Ints, arrived: Arrival) -> _Versions:
    where = pa.array(rows)
    token = stripped.token.to_numpy()[rows]
    window = np.where(token != 0, stripped.token_window, 0).astype(np.int64)
    key = stripped.key if stripped.key is not None else pa.nulls(len(token), pa.binary(16))
    return _Versions(
        key.take(where), stripped.content.take(where), token, window, *_arrived(arrived, len(rows))
    )


def _arrived(arrived: Arrival, count: int) -> tuple[Ints, Ints, Ints]:
    return (
        np.full(count, arrived.extracted_day, dtype=np.int64),
        np.full(count, arrived.received_us, dtype=np.int64),
        np.full(count, arrived.delivery, dtype=np.int64),
    )


def _joined(parts: Sequence[_Versions]) -> _Versions:
    return _Versions(
        pa.concat_arrays([part.key for part in parts]),
        pa.concat_arrays([part.content for part in parts]),
        *(
            np.concatenate([getattr(part, name) for part in parts])
            for name in ("token", "window", "extracted", "received", "delivery")
        ),
    )
