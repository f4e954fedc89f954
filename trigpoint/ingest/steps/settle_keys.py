"""Rows under keys against what is known under the same keys: accepted, duplicate, or superseded."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from trigpoint.core.workflow.currency import known_to
from trigpoint.ingest.known_keys import ENTRY, Entries, KnownKeys, halves, whole
from trigpoint.ingest.ledger import Arrival
from trigpoint.ingest.steps.strip import Stripped
from trigpoint.ingest.verdicts import ACCEPTED, DUPLICATE, SUPERSEDED, Ints

ROWS_BITS = 32
"""A delivery's number and a row in it make one whole number that orders both."""
NEWNESS = ("extracted", "received", "delivery", "row")


@dataclass(frozen=True, slots=True)
class KeysSettled:
    """The verdicts; the keys (and rows) that said once more what was known; who superseded how many rows."""

    verdict: NDArray[np.int8]
    confirmed: pa.Table
    superseded_by: Mapping[int, int]


def settle_keys(stripped: Stripped, rows: Ints, keys: KnownKeys, arrived: Arrival) -> KeysSettled:
    """The verdict on the rows numbered `rows`, in their order.

    Among rows of one file the later is the newer. A row older than the last time that its key was said again is
    superseded, whenever it was received.
    """
    new = _new(stripped, rows, arrived)
    known = keys.matching(new["high"])
    stored, again = known[~known["again"]], known[known["again"]]
    entries = np.concatenate([stored, new])
    is_new = np.arange(len(entries)) >= len(stored)
    group = _things(entries)
    stale = np.concatenate([np.zeros(len(stored), dtype=np.bool_), newer_than(new, again)])
    duplicate = _says_the_same(entries, group) & is_new
    # What only repeats a row that is itself out of date says something new.
    if stale.any():
        duplicate[~stale] = _says_the_same(entries[~stale], group[~stale]) & is_new[~stale]
    kept = np.flatnonzero(~duplicate)
    until = known_to(
        group[kept],
        entries["extracted"][kept].astype(np.int64),
        entries["received"][kept],
        (entries["delivery"][kept].astype(np.int64) << ROWS_BITS) + entries["row"][kept],
    )
    verdict = np.where(duplicate, DUPLICATE, ACCEPTED).astype(np.int8)
    verdict[kept[until <= entries["received"][kept]]] = SUPERSEDED
    verdict = verdict[is_new]
    verdict[(verdict == ACCEPTED) & stale[is_new]] = SUPERSEDED
    return KeysSettled(verdict, _keys_of(new[verdict == DUPLICATE]), _newer(verdict, new, known))


def _new(stripped: Stripped, rows: Ints, arrived: Arrival) -> Entries:
    if stripped.key is None:
        raise ValueError("the feed has no key")
    entries = np.zeros(len(rows), dtype=ENTRY)
    for name, digests in (("", stripped.key), ("content_", stripped.content)):
        high, low = halves(digests)
        entries[f"{name}high"], entries[f"{name}low"] = high[rows], low[rows]
    entries["token"] = np.asarray(stripped.token)[rows]
    entries["window"] = np.where(entries["token"] != 0, stripped.token_window, 0)
    entries["extracted"], entries["received"] = arrived.extracted_day, arrived.received_us
    entries["delivery"], entries["row"] = arrived.delivery, stripped.sheet.rows[rows]
    return entries


def _things(entries: Entries) -> Ints:
    """The same number for entries of the same key."""
    order = np.lexsort((entries["low"], entries["high"]))
    high, low = entries["high"][order], entries["low"][order]
    differs = (high[1:] != high[:-1]) | (low[1:] != low[:-1])
    things = np.empty(len(entries), dtype=np.int64)
    things[order] = np.concatenate([[0], np.cumsum(differs)])[: len(entries)]
    return things


def _says_the_same(entries: Entries, group: Ints) -> NDArray[np.bool_]:
    """Whether an entry only repeats the one before it under its key, in the order of their newness."""
    same = np.zeros(len(entries), dtype=np.bool_)
    several = np.flatnonzero(np.bincount(group)[group] > 1)
    if len(several):
        # Nobody repeats a key that stands alone, and in most files nearly all do.
        same[several] = _repeats(entries[several], group[several])
    return same


def _repeats(entries: Entries, group: Ints) -> NDArray[np.bool_]:
    order = np.lexsort([*(entries[name] for name in reversed(NEWNESS)), group])
    here, previous = entries[order[1:]], entries[order[:-1]]
    same = np.zeros(len(entries), dtype=np.bool_)
    same[order[1:]] = (
        (group[order[1:]] == group[order[:-1]])
        & (here["content_high"] == previous["content_high"])
        & (here["content_low"] == previous["content_low"])
        # Tokens of two windows never agree; within one window a different token is a correction.
        & ((here["token"] == previous["token"]) | (here["window"] != previous["window"]))
    )
    return same


def newer_than(new: Entries, known: Entries) -> NDArray[np.bool_]:
    """Which new entries are older than some known entry of their key."""
    if len(known) == 0:
        return np.zeros(len(new), dtype=np.bool_)
    return _newest_after(new, known) >= 0


def says_otherwise(new: Entries, known: Entries) -> NDArray[np.bool_]:
    """Which new entries are newer than all that is known under their key, and say something else than the newest."""
    oldest = new.copy()
    for name in NEWNESS:
        oldest[name] = -1
    place = _newest_after(oldest, known)
    if len(known) == 0:
        return np.zeros(len(new), dtype=np.bool_)
    last = known[place]
    same = (new["content_high"] == last["content_high"]) & (new["content_low"] == last["content_low"])
    changed: NDArray[np.bool_] = (
        (place >= 0) & ~(same & (new["token"] == last["token"])) & ~newer_than(new, known)
    )
    return changed


def entries_of(table: pa.Table, arrived: Arrival) -> Entries:
    """The rows of an accepted table as entries of the log."""
    entries = np.zeros(len(table), dtype=ENTRY)
    entries["high"], entries["low"] = halves(table["key"].combine_chunks())
    entries["content_high"], entries["content_low"] = halves(table["content"].combine_chunks())
    if "token" in table.column_names:
        entries["token"] = table["token"].to_numpy()
    entries["extracted"], entries["received"] = arrived.extracted_day, arrived.received_us
    entries["delivery"], entries["row"] = arrived.delivery, table["row"].to_numpy()
    return entries


def _newest_after(new: Entries, known: Entries) -> Ints:
    """For each new entry the place of the newest of `known` under its key, where that is newer; else -1."""
    entries = np.concatenate([known, new])
    group = _things(entries)
    order = np.lexsort([*(entries[name] for name in reversed(NEWNESS)), group])
    rank = np.empty(len(entries), dtype=np.int64)
    rank[order] = np.arange(len(entries))
    last = np.full(int(group.max(initial=0)) + 1, -1, dtype=np.int64)
    np.maximum.at(last, group[: len(known)], rank[: len(known)])
    found = last[group[len(known) :]]
    return np.where(found > rank[len(known) :], order[found] if len(order) else found, -1)


def _keys_of(entries: Entries) -> pa.Table:
    return pa.table(
        {"key": whole(entries["high"], entries["low"]), "row": pa.array(entries["row"], pa.int32())}
    )


def _newer(verdict: NDArray[np.int8], new: Entries, known: Entries) -> dict[int, int]:
    """How many superseded rows each newer delivery stands against; 0 stands for a later row of the same file."""
    late = new[verdict == SUPERSEDED]
    if len(late) == 0:
        return {}
    place = _newest_after(late, known)
    by = np.where(place >= 0, known["delivery"][place] if len(known) else 0, 0)
    numbers, counts = np.unique(by, return_counts=True)
    return dict(zip(numbers.tolist(), counts.tolist(), strict=True))
