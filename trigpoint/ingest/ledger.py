"""What has been accepted before, as far as a new delivery of the same definition must know it."""

import statistics
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from django.db.models import TextField
from django.db.models.functions import Cast

from trigpoint.db.home import Home
from trigpoint.db.models.delivery import Delivery, DeliveryStatus

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
READ = (
    "pk", "status", "extracted_on", "received_at", "rows_input", "rows_accepted", "rows_quarantined", "sha256",
    "parquet_sha256", "mends", "receipt", "rows_erased",
)  # fmt: skip


CONVERTED = ("extracted_on", "received_at", "receipt")
"""Columns that cost time to understand. A line of the ledger never changes, so that is done once in a process."""
_understood: dict[tuple[Path, str], dict[tuple[Any, ...], "Earlier | None"]] = {}


@dataclass(frozen=True, slots=True)
class Arrival:
    """When a delivery was extracted and received, in the units `core.workflow.currency` orders by.

    Mended rows arrive where the delivery that they belong to did, so `delivery` is then the number of that one.
    """

    delivery: int
    extracted_day: int
    received_us: int

    @property
    def newness(self) -> tuple[int, int, int]:
        return self.extracted_day, self.received_us, self.delivery


@dataclass(frozen=True, slots=True)
class Group:
    """One (scope, period) of a by-period delivery: how many rows, and a digest of them in any order.

    The digest is `contents`, or `contents.window.tokens` where rows have tokens.
    """

    scope: str
    period: int
    rows: int
    digest: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """A delivery that counts: it stored rows, or said once more what was known (`confirmed`, `confirms`).

    `confirms` is the delivery whose very bytes came again; `mends` the one whose rows it brings back.
    """

    number: int
    arrival: Arrival
    rows_input: int
    rows_accepted: int
    rows_quarantined: int
    rows_erased: int
    sha256: str
    definition_sha256: str
    groups: tuple[Group, ...]
    confirmed: tuple[Group, ...]
    parquet: Path
    parquet_sha256: str
    mends: int | None = None
    confirms: int | None = None
    mended_rows: tuple[int, ...] = ()

    @property
    def root(self) -> int:
        """The delivery whose version its rows belong to."""
        return self.mends or self.number

    @property
    def stored(self) -> bool:
        """Whether it has a file of rows of its own."""
        return self.parquet_sha256 != ""

    @property
    def confirmed_keys(self) -> Path:
        """Where the keys stand that it said once more; written only where there are any."""
        return self.parquet.with_name(f"{self.number}.confirmed.parquet")


@dataclass(frozen=True, slots=True)
class Said:
    """What one delivery said of a (scope, period); `again` where an earlier one had said the same."""

    arrival: Arrival
    rows: int
    digest: str
    again: bool


def same_rows(one: str, other: str) -> bool:
    """Whether two digests are of the same rows. Tokens of two windows never agree, so there contents decide alone."""
    (contents, window, tokens), (others, other_window, other_tokens) = _parts(one), _parts(other)
    return contents == others and (tokens == other_tokens or window != other_window)


def _parts(digest: str) -> tuple[str, str, str]:
    contents, _, rest = digest.partition(".")
    window, _, tokens = rest.partition(".")
    return contents, window, tokens


def arrival(delivery: int, extracted_on: date, received_at: datetime) -> Arrival:
    """An arrival's dates as whole numbers (days; microseconds of UTC)."""
    received_us = (received_at - EPOCH) // timedelta(microseconds=1)
    return Arrival(delivery, extracted_on.toordinal(), received_us)


def earlier(definition: str, home: Home) -> tuple[Earlier, ...]:
    """Every delivery of a definition that counts, in the order they were decided.

    A line of the ledger is understood once in a process: the next time it is only compared with what was read then.
    """
    decided = Delivery.objects.filter(
        definition=definition, status__in=(DeliveryStatus.ACCEPTED, DeliveryStatus.DUPLICATE)
    ).order_by("pk")
    as_text = {f"{name}_text": Cast(name, TextField()) for name in CONVERTED}
    plain = [name for name in READ if name not in CONVERTED]
    lines = list(decided.annotate(**as_text).values_list(*plain, *as_text))
    known = _understood.get((home.root, definition), {})
    first_new = min((line[0] for line in lines if line not in known), default=None)
    new = decided.filter(pk__gte=first_new).values(*READ) if first_new is not None else ()
    read = {line["pk"]: _earlier(line, home) for line in new}
    found = {line: known[line] if line in known else read.get(line[0]) for line in lines}
    _understood[home.root, definition] = found
    return tuple(one for one in found.values() if one is not None)


def _earlier(line: Mapping[str, Any], home: Home) -> Earlier | None:
    told, mends = line["receipt"], line["mends"]
    confirmed = tuple(Group(*group) for group in told.get("confirmed", ()))
    counts = line["status"] == DeliveryStatus.ACCEPTED or confirmed or mends
    if not counts and not told.get("confirms") and not told.get("confirmed_keys"):
        return None
    return Earlier(
        number=line["pk"],
        arrival=arrival(mends or line["pk"], line["extracted_on"], line["received_at"]),
        rows_input=line["rows_input"],
        rows_accepted=line["rows_accepted"],
        rows_quarantined=line["rows_quarantined"],
        rows_erased=line["rows_erased"],
        sha256=line["sha256"],
        definition_sha256=str(told.get("definition_sha256", "")),
        groups=tuple(Group(*group) for group in told.get("groups", ())),
        confirmed=confirmed,
        parquet=home.deliveries / f"{line['pk']}.parquet",
        parquet_sha256=line["parquet_sha256"],
        mends=mends,
        confirms=told.get("confirms"),
        mended_rows=tuple(told.get("mended_rows", ())),
    )


def said_before(before: Sequence[Earlier]) -> dict[tuple[str, int], list[Said]]:
    """For each (scope, period) what was said of it, the oldest first; mended rows are part of what they mend."""
    versions: dict[tuple[str, int, int], Said] = {}
    again: list[tuple[str, int, Said]] = []
    for known in before:
        for group in known.groups:
            versions[group.scope, group.period, known.root] = Said(
                known.arrival, group.rows, group.digest, False
            )
        again += [(g.scope, g.period, Said(known.arrival, g.rows, g.digest, True)) for g in known.confirmed]
    for known in before:
        if known.confirms:
            again += _copied(known, versions, before)
    found: defaultdict[tuple[str, int], list[Said]] = defaultdict(list)
    for (scope, period, _), said in versions.items():
        found[scope, period].append(said)
    for scope, period, said in again:
        found[scope, period].append(said)
    for told in found.values():
        told.sort(key=lambda said: said.arrival.newness)
    return dict(found)


def _copied(
    known: Earlier, versions: Mapping[tuple[str, int, int], Said], before: Sequence[Earlier]
) -> Iterator[tuple[str, int, Said]]:
    """What a delivery says whose bytes are those of another: all that the other and its mended rows said, or confirmed."""
    for (scope, period, root), said in versions.items():
        if root == known.confirms:
            yield scope, period, Said(known.arrival, said.rows, said.digest, True)
    for other in before:
        if other.root == known.confirms:
            for group in other.confirmed:
                yield group.scope, group.period, Said(known.arrival, group.rows, group.digest, True)


def usual_rows(before: Sequence[Earlier]) -> float:
    """The median number of rows of earlier accepted files; 0 where there is none."""
    rows = [known.rows_input for known in before if known.stored and known.mends is None]
    return float(statistics.median(rows)) if rows else 0.0


def rows_waiting(known: Earlier, before: Sequence[Earlier]) -> int:
    """How many rows are still in quarantine of a delivery, or of the one whose very bytes it is."""
    first = known.confirms or known.number
    aside = sum(one.rows_quarantined for one in before if one.number == first)
    return aside - sum(len(one.mended_rows) for one in before if one.mends == first)


def newest_first(definition: str, home: Home, columns: Sequence[str]) -> Iterator[pa.Table]:
    """The accepted rows of a definition, the newest extract first."""
    stored = [known for known in earlier(definition, home) if known.stored]
    for known in sorted(stored, key=lambda known: known.arrival.newness, reverse=True):
        yield pq.read_table(known.parquet, columns=list(columns))
