"""What has been accepted before, as far as a new delivery of the same definition must know it."""

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from trigpoint.db.home import Home
from trigpoint.db.models.delivery import Delivery, DeliveryStatus

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Arrival:
    """When a delivery was extracted and received, in the units `core.workflow.currency` orders by."""

    delivery: int
    extracted_day: int
    received_us: int

    @property
    def newness(self) -> tuple[int, int, int]:
        return self.extracted_day, self.received_us, self.delivery


@dataclass(frozen=True, slots=True)
class Group:
    """One (scope, period) of a by-period delivery: how many rows, and a digest of them in any order."""

    scope: str
    period: int
    rows: int
    digest: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """An accepted delivery."""

    arrival: Arrival
    rows_input: int
    sha256: str
    definition_sha256: str
    groups: tuple[Group, ...]
    parquet: Path


def arrival(delivery: int, extracted_on: date, received_at: datetime) -> Arrival:
    """An arrival's dates as whole numbers (days; microseconds of UTC)."""
    received_us = (received_at - EPOCH) // timedelta(microseconds=1)
    return Arrival(delivery, extracted_on.toordinal(), received_us)


def earlier(definition: str, home: Home) -> tuple[Earlier, ...]:
    """Every accepted delivery of a definition, in the order they were accepted."""
    lines = Delivery.objects.filter(definition=definition, status=DeliveryStatus.ACCEPTED).order_by("id")
    return tuple(_earlier(line, home) for line in lines)


def _earlier(line: Delivery, home: Home) -> Earlier:
    return Earlier(
        arrival=arrival(line.pk, line.extracted_on, line.received_at),
        rows_input=line.rows_input,
        sha256=line.sha256,
        definition_sha256=str(line.receipt.get("definition_sha256", "")),
        groups=tuple(Group(*group) for group in line.receipt.get("groups", ())),
        parquet=home.deliveries / f"{line.pk}.parquet",
    )


def usual_rows(before: Sequence[Earlier]) -> float:
    """The median number of rows of earlier deliveries; 0 where there is none."""
    return float(statistics.median(known.rows_input for known in before)) if before else 0.0


def newest_first(definition: str, home: Home, columns: Sequence[str]) -> Iterator[pa.Table]:
    """The accepted rows of a definition, the newest extract first."""
    for known in sorted(earlier(definition, home), key=lambda known: known.arrival.newness, reverse=True):
        yield pq.read_table(known.parquet, columns=list(columns))
