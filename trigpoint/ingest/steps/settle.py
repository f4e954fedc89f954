"""Of the rows that are right, which say something new: accepted, duplicate, or superseded by a newer extract."""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from trigpoint.ingest.known_keys import KnownKeys, halves
from trigpoint.ingest.ledger import Arrival, Group, Said, same_rows
from trigpoint.ingest.sheet import Fault, Mask, Sheet
from trigpoint.ingest.steps.choose import required
from trigpoint.ingest.steps.dates import parse
from trigpoint.ingest.steps.settle_keys import settle_keys
from trigpoint.ingest.steps.strip import Stripped
from trigpoint.ingest.verdicts import ACCEPTED, DUPLICATE, SUPERSEDED, Ints


@dataclass(frozen=True, slots=True)
class Standing:
    """Whose rows these are and of what period: what a newer extract replaces. Null and 0 in by-key definitions."""

    scope: pa.StringArray
    period: NDArray[np.int32]
    faults: Sequence[Fault]


@dataclass(frozen=True, slots=True)
class Settled:
    """A verdict for every row.

    By-period definitions: the groups accepted, and those that said once more what was known. By-key ones: the keys
    that did, with their rows. `superseded_by` counts the superseded rows by the delivery that is newer (0: the
    same file).
    """

    verdict: NDArray[np.int8]
    groups: tuple[Group, ...] = ()
    confirmed: tuple[Group, ...] = ()
    confirmed_keys: pa.Table | None = None
    superseded_by: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Joining:
    """The rows that mended rows join, and whether they are stored as a version of their own."""

    contents: pa.FixedSizeBinaryArray
    token: Ints
    stored: bool


@dataclass(frozen=True, slots=True)
class History:
    """What is known of a feed: by (scope, period), or under its keys. `joins` where rows are mended ones; `erased` are
    the marks of rows that were erased for good (see `trigpoint.ingest.erased`).
    """

    said: Mapping[tuple[str, int], Sequence[Said]]
    keys: KnownKeys | None
    joins: Callable[[str, int], Joining] | None = None
    erased: frozenset[str] = frozenset()


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


def settle(stripped: Stripped, sound: Mask, stands: Standing, history: History, arrived: Arrival) -> Settled:
    """The verdict on every sound row (others get ACCEPTED, which nobody reads)."""
    verdict = np.full(len(sound), ACCEPTED, dtype=np.int8)
    rows = np.flatnonzero(sound)
    if stripped.key is not None:
        if history.keys is None:
            raise ValueError("a by-key feed is settled by its keys")
        settled = settle_keys(stripped, rows, history.keys, arrived)
        verdict[rows] = settled.verdict
        return Settled(verdict, confirmed_keys=settled.confirmed, superseded_by=settled.superseded_by)
    accepted: list[Group] = []
    confirmed: list[Group] = []
    newer: dict[int, int] = {}
    for told, members in groups_of(stripped, rows, stands):
        group, must_join = _joined(told, members, stripped, history)
        said = history.said.get((group.scope, group.period), ())
        ruling, by = ruled(group, said, arrived, must_join=must_join)
        if ruling == DUPLICATE and must_join:
            ruling = ACCEPTED
        verdict[members] = ruling
        accepted += [group] if ruling == ACCEPTED else []
        confirmed += [group] if ruling == DUPLICATE else []
        if ruling == SUPERSEDED:
            newer[by] = newer.get(by, 0) + told.rows
    return Settled(verdict, tuple(accepted), tuple(confirmed), superseded_by=newer)


def _joined(group: Group, members: Ints, stripped: Stripped, history: History) -> tuple[Group, bool]:
    """The group with the rows that it joins, and whether those are stored, so that it must be stored beside them."""
    if history.joins is None:
        return group, False
    joining = history.joins(group.scope, group.period)
    parts = [halves(stripped.content.take(pa.array(members))), halves(joining.contents)]
    high, low = (np.concatenate([part[half] for part in parts]) for half in (0, 1))
    token = np.concatenate([np.asarray(stripped.token)[members], joining.token])
    digest = digest_of(high, low, token, stripped.token_window)
    return Group(group.scope, group.period, len(high), digest), joining.stored


def groups_of(stripped: Stripped, rows: Ints, stands: Standing) -> Iterator[tuple[Group, Ints]]:
    """The rows of each (scope, period), with a digest of them that does not depend on their order."""
    if len(rows) == 0:
        return
    encoded = stands.scope.dictionary_encode()
    scopes = encoded.indices.to_numpy()[rows]
    periods = stands.period[rows]
    high, low = halves(stripped.content)
    token = np.asarray(stripped.token)
    order = np.lexsort((periods, scopes))
    changes = (np.diff(scopes[order]) != 0) | (np.diff(periods[order]) != 0)
    for places in np.split(order, np.flatnonzero(changes) + 1):
        members = rows[places]
        digest = digest_of(high[members], low[members], token[members], stripped.token_window)
        scope = encoded.dictionary[int(scopes[places[0]])].as_py()
        yield Group(scope, int(periods[places[0]]), len(places), digest), members


def digest_of(high: NDArray[np.uint64], low: NDArray[np.uint64], token: Ints, window: int) -> str:
    """A digest of rows in any order; see `trigpoint.ingest.ledger.Group`."""
    order = np.lexsort((token, low, high))
    contents = hashlib.blake2b(np.stack([high[order], low[order]]).tobytes(), digest_size=16).hexdigest()
    if not token.any():
        return contents
    people = hashlib.blake2b(np.ascontiguousarray(token[order]).tobytes(), digest_size=16).hexdigest()
    return f"{contents}.{window}.{people}"


def ruled(
    group: Group, said: Sequence[Said], arrived: Arrival, *, must_join: bool = False
) -> tuple[np.int8, int]:
    """The verdict on a group, and the newer delivery where there is one (else 0). `said` has the oldest first.

    The same rule as `currency.known_to`, for one version that is not yet in the ledger. What was said again counts
    too: an extract between a version and its confirmation, arriving late, rolls nothing back. Mended rows that must
    join a stored version repeat none before it, for that one says otherwise until they do.
    """
    versions = [one for one in said if not one.again]
    older = [one for one in versions if one.arrival.newness < arrived.newness]
    newer = [one for one in versions if one.arrival.newness > arrived.newness]
    if older and not must_join and same_rows(older[-1].digest, group.digest):
        return DUPLICATE, 0
    again = [one for one in said if one.again and one.arrival.newness > arrived.newness]
    if again or any(one.arrival.received_us <= arrived.received_us for one in newer):
        newest = max([*newer, *again], key=lambda one: one.arrival.newness)
        return (DUPLICATE if same_rows(newest.digest, group.digest) else SUPERSEDED), newest.arrival.delivery
    return ACCEPTED, 0
