"""What is known under which key in a by-key feed, so that a delivery looks only at its own keys.

The deliveries' own files are the truth. This is a log of their keys, sorted, kept in the process and now and then in
the home's cache; it is checked against the ledger each time and made again where it does not agree. Deleting it
costs a little time and nothing else.
"""

import json
import logging
import threading
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from trigpoint.db.home import Home
from trigpoint.ingest.ledger import Earlier

ENTRY = np.dtype(
    [
        ("high", "<u8"), ("low", "<u8"), ("content_high", "<u8"), ("content_low", "<u8"), ("token", "<i8"),
        ("window", "<i2"), ("extracted", "<i4"), ("received", "<i8"), ("delivery", "<i4"), ("row", "<i4"),
        ("again", "?"),
    ]
)  # fmt: skip
"""One row that a delivery stored, or (`again`) whose key it found already known as it says.

The dates and `delivery` are its arrival's.
"""
UNSAVED = 16
"""So many deliveries are read from their own files before the log is written to the cache once more."""
Entries = NDArray[np.void]
_log = logging.getLogger(__name__)
_logs: dict[tuple[Path, str], "KnownKeys"] = {}
_guard = threading.Lock()


class KnownKeys:
    """The log of one feed: pieces sorted by key, each at least twice as long as the next."""

    def __init__(self) -> None:
        self.covered: list[tuple[int, str]] = []
        self.pieces: list[Entries] = []
        self.saved = 0

    def add(self, entries: Entries) -> None:
        """Take in what one delivery said."""
        self.pieces.append(_sorted(entries))
        while len(self.pieces) > 1 and len(self.pieces[-2]) < 2 * len(self.pieces[-1]):
            self.pieces[-2:] = [_sorted(_without_older_repeats(np.concatenate(self.pieces[-2:])))]

    def count(self) -> int:
        """How many things are known."""
        stored = np.concatenate([np.empty(0, ENTRY), *self.pieces])
        stored = stored[~stored["again"]]
        order = np.lexsort((stored["low"], stored["high"]))
        high, low = stored["high"][order], stored["low"][order]
        return int(((np.diff(high) != 0) | (np.diff(low) != 0)).sum()) + bool(len(stored))

    def matching(self, high: NDArray[np.uint64]) -> Entries:
        """Every entry whose key starts with one of `high`; a stranger that starts alike does no harm."""
        pieces = [piece for piece in self.pieces if len(piece)]
        if not pieces:
            return np.empty(0, ENTRY)
        wanted = np.unique(high)
        return np.concatenate([_matching(piece, wanted) for piece in pieces])


def known_keys(definition: str, before: Sequence[Earlier], home: Home) -> KnownKeys:
    """The log of a feed as far as `before`, brought up to date from the deliveries' files."""
    with _guard:
        told = [(known.number, known.parquet_sha256) for known in before]
        log = _logs.get((home.root, definition))
        if log is None or log.covered != told[: len(log.covered)]:
            log = _from_cache(_cache_file(definition, home), told) or KnownKeys()
        for place in range(len(log.covered), len(before)):
            log.add(_said(before[place], before[: place + 1]))
            log.covered.append(told[place])
        if len(log.covered) >= log.saved + UNSAVED:
            _save(log, _cache_file(definition, home))
        _logs[home.root, definition] = log
        return log


def halves(digests: pa.FixedSizeBinaryArray) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """16-byte digests as two whole numbers each, for sorting."""
    if len(digests) == 0:
        return np.empty(0, np.uint64), np.empty(0, np.uint64)
    raw = np.frombuffer(digests.buffers()[1], dtype=">u8")
    start = digests.offset * 2
    pairs = raw[start : start + 2 * len(digests)].reshape(-1, 2).astype(np.uint64)
    return pairs[:, 0], pairs[:, 1]


def whole(high: NDArray[np.uint64], low: NDArray[np.uint64]) -> pa.FixedSizeBinaryArray:
    """The digests that `halves` took apart."""
    pairs = np.stack([high, low], axis=1).astype(">u8")
    return pa.FixedSizeBinaryArray.from_buffers(
        pa.binary(16), len(pairs), [None, pa.py_buffer(pairs.tobytes())]
    )


def _sorted(entries: Entries) -> Entries:
    return entries[np.argsort(entries["high"], kind="stable")]


def _without_older_repeats(entries: Entries) -> Entries:
    """Of the times a key was said again, the newest is enough to judge by."""
    again = np.flatnonzero(entries["again"])
    if len(again) < 2:
        return entries
    part = entries[again]
    order = np.lexsort([part[name] for name in ("row", "delivery", "received", "extracted", "low", "high")])
    here, after = part[order[:-1]], part[order[1:]]
    older = np.zeros(len(again), dtype=np.bool_)
    older[order[:-1]] = (here["high"] == after["high"]) & (here["low"] == after["low"])
    keep = np.ones(len(entries), dtype=np.bool_)
    keep[again[older]] = False
    return entries[keep]


def _matching(piece: Entries, wanted: NDArray[np.uint64]) -> Entries:
    keys = piece["high"]
    if len(piece) <= 8 * len(wanted):
        place = np.minimum(np.searchsorted(wanted, keys), len(wanted) - 1)
        found: Entries = piece[wanted[place] == keys] if len(wanted) else piece[:0]
        return found
    first = np.searchsorted(keys, wanted, side="left")
    counts = np.searchsorted(keys, wanted, side="right") - first
    starts = np.repeat(first - np.cumsum(counts) + counts, counts)
    ranges: Entries = piece[starts + np.arange(counts.sum())]
    return ranges


def _said(known: Earlier, before: Sequence[Earlier]) -> Entries:
    """What one delivery adds to the log; a copy of another's bytes says again what that one and its mended rows said."""
    copied = [other for other in before if known.confirms is not None and other.root == known.confirms]
    parts = [*_own(known), *(_copied(entries, known) for other in copied for entries in _own(other))]
    return np.concatenate([np.empty(0, ENTRY), *parts])


def _copied(entries: Entries, by: Earlier) -> Entries:
    copied = _arrived(entries.copy(), by)
    copied["again"] = True
    return copied


def _arrived(entries: Entries, known: Earlier) -> Entries:
    entries["extracted"], entries["received"] = known.arrival.extracted_day, known.arrival.received_us
    entries["delivery"] = known.arrival.delivery
    return entries


def _own(known: Earlier) -> Iterator[Entries]:
    if known.stored:
        yield _arrived(_entries(known.parquet, again=False), known)
    if known.confirmed_keys.exists():
        yield _arrived(_entries(known.confirmed_keys, again=True), known)


def _entries(file: Path, *, again: bool) -> Entries:
    with pq.ParquetFile(file) as opened:
        there = set(opened.schema_arrow.names)
        table = opened.read(sorted({"key", "content", "row", "token", "token_window"} & there))
    entries = np.zeros(len(table), dtype=ENTRY)
    entries["high"], entries["low"] = halves(table["key"].combine_chunks())
    if "content" in there:
        entries["content_high"], entries["content_low"] = halves(table["content"].combine_chunks())
    if "token" in there:
        entries["token"], entries["window"] = table["token"].to_numpy(), table["token_window"].to_numpy()
    entries["row"], entries["again"] = table["row"].to_numpy(), again
    return entries


def _cache_file(definition: str, home: Home) -> Path:
    return home.cache / "known_keys" / f"{definition}.keys"


def _save(log: KnownKeys, file: Path) -> None:
    """Write the log whole under a hidden name, then let it take its own. Where that fails, it is done without."""
    entries = _sorted(_without_older_repeats(np.concatenate([np.empty(0, ENTRY), *log.pieces])))
    raw = entries.tobytes()
    head = json.dumps({"covered": log.covered, "entry": ENTRY.descr, "crc": zlib.crc32(raw)}).encode()
    log.pieces, log.saved = [entries], len(log.covered)
    hidden = file.with_name(f".{file.name}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        hidden.write_bytes(head + b"\n" + raw)
        hidden.replace(file)
    except OSError as fault:
        _log.warning("The log of known keys was not written: %s", fault.strerror)


def _from_cache(file: Path, told: Sequence[tuple[int, str]]) -> KnownKeys | None:
    """The log as it was written last; None where there is none, or it speaks of other deliveries."""
    try:
        head, raw = file.read_bytes().split(b"\n", 1)
        written = json.loads(head)
        covered = [(int(number), str(digest)) for number, digest in written["covered"]]
        fits = [tuple(part) for part in written["entry"]] == ENTRY.descr and zlib.crc32(raw) == written["crc"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if not fits or covered != list(told[: len(covered)]):
        return None
    log = KnownKeys()
    log.covered, log.saved, log.pieces = covered, len(covered), [np.frombuffer(raw, dtype=ENTRY)]
    return log
