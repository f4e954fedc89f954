"""What the doctor finds wrong between the ledger, the audit and the deliveries' files."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from trigpoint.db.home import Home
from trigpoint.db.models import AuditEvent, Delivery
from trigpoint.db.models.delivery import DeliveryStatus
from trigpoint.upkeep.finding import Finding

RESTORE = "Restore the home from its last copy."
STRANGE = "Nothing of the program leaves such a file: see where it comes from, then delete it."


def ledger_findings(home: Home) -> Iterator[Finding]:
    """Lines that do not balance, files that are missing or not those of the ledger, decisions without their event."""
    for line in Delivery.objects.order_by("pk").iterator():
        yield from _balance(line)
        if line.status == DeliveryStatus.ACCEPTED:
            yield from _rows(line, home)
        if line.receipt.get("confirmed_keys") and not _confirmed(line, home).exists():
            yield Finding(f"The keys that delivery {line.pk} confirmed are missing.", RESTORE)
        if line.rows_quarantined and line.status == DeliveryStatus.ACCEPTED:
            yield from _quarantine(line, home)
    yield from _audit()
    yield from _strangers(home)


def _balance(line: Delivery) -> Iterator[Finding]:
    parts = (
        line.rows_accepted
        + line.rows_quarantined
        + line.rows_duplicate
        + line.rows_superseded
        + line.rows_erased
    )
    if line.rows_input != parts or line.rows_unplaced > line.rows_accepted:
        yield Finding(
            f"The receipt of delivery {line.pk} does not balance: {line.rows_input} rows in, {parts} told of.",
            RESTORE,
        )


def _rows(line: Delivery, home: Home) -> Iterator[Finding]:
    file = home.deliveries / f"{line.pk}.parquet"
    if not file.exists():
        if line.rows_accepted or line.parquet_sha256:
            yield Finding(f"The rows of delivery {line.pk} are missing.", RESTORE)
        return
    with file.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
    if digest != line.parquet_sha256:
        yield Finding(f"The rows of delivery {line.pk} are not those that were accepted.", RESTORE)
        return
    stored = _count(file)
    if stored != line.rows_accepted + line.receipt.get("copied", 0):
        yield Finding(f"Delivery {line.pk} accepted {line.rows_accepted} rows and holds {stored}.", RESTORE)


def _confirmed(line: Delivery, home: Home) -> Path:
    return home.deliveries / f"{line.pk}.confirmed.parquet"


def _quarantine(line: Delivery, home: Home) -> Iterator[Finding]:
    file = home.quarantine / f"{line.pk}.parquet"
    if not file.exists():
        yield Finding(f"The quarantine of delivery {line.pk} is missing.", RESTORE)
    elif _count(file) != line.rows_quarantined:
        yield Finding(
            f"Delivery {line.pk} put {line.rows_quarantined} rows aside and its quarantine holds {_count(file)}.",
            RESTORE,
        )


def _count(file: Path) -> int:
    try:
        return int(pq.read_metadata(file).num_rows)
    except (OSError, pa.ArrowException):
        return -1


def _audit() -> Iterator[Finding]:
    """Every line of the ledger has its one event."""
    lines = Counter(f"delivery {pk}" for pk in Delivery.objects.values_list("pk", flat=True))
    told: Mapping[str, int] = Counter(
        AuditEvent.objects.filter(event__startswith="delivery.").values_list("subject", flat=True)
    )
    for subject in sorted(lines):
        if told.get(subject, 0) != 1:
            yield Finding(
                f"The audit has {told.get(subject, 0)} events of the decision on {subject}.", RESTORE
            )


def _strangers(home: Home) -> Iterator[Finding]:
    for folder in (home.deliveries, home.quarantine):
        for file in sorted(folder.glob("[!.]*")):
            if not file.name.removesuffix(".parquet").removesuffix(".confirmed").isdigit():
                yield Finding(f"{file.name} in {folder.name} is of no delivery.", STRANGE)
