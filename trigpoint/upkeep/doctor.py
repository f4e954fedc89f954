"""Say what is wrong with a home and how to mend it. Reads everything, changes nothing."""

import os
import stat
from collections.abc import Iterator
from datetime import datetime

import duckdb
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from trigpoint.db.home import Home, current_home
from trigpoint.db.models import AdoptedAgreement, Delivery, Publication
from trigpoint.db.models.delivery import DeliveryStatus
from trigpoint.upkeep.doctor_leavings import leavings_findings
from trigpoint.upkeep.doctor_ledger import ledger_findings
from trigpoint.upkeep.finding import Finding


def examine(at: datetime | None = None) -> tuple[Finding, ...]:
    """Every finding in the home of this process as of `at` (default: now); an empty tuple means that nothing is wrong."""
    home, at = current_home(), at or timezone.now()
    if not (home.root / "home.yaml").exists():
        return (Finding(f"{home.root} is not a home.", "trigpoint init --county NAME makes one."),)
    found = [*_folders(home), *_secrets(home)]
    try:
        checks = (_tables(), _agreements(), ledger_findings(home), leavings_findings(home, at))
        return (*found, *(one for check in checks for one in check), *_unpublished(), *_versions(home))
    except DatabaseError as error:
        return (*found, Finding(f"The database cannot be read ({type(error).__name__}).", "See SECURITY.md."))


def _folders(home: Home) -> Iterator[Finding]:
    for folder in home.folders:
        if not folder.is_dir():
            yield Finding(f"The folder {folder.name} is missing.", f"Make it: mkdir {folder}")


def _secrets(home: Home) -> Iterator[Finding]:
    if os.name != "posix":
        return
    for file in sorted(home.keys.glob("*")):
        if stat.S_IMODE(file.stat().st_mode) & 0o077:
            yield Finding(f"The key {file.name} can be read by others.", f"chmod 600 {file}")


def _tables() -> Iterator[Finding]:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield Finding(
            "The database is of an earlier version of the program.", "trigpoint serve brings it up to date."
        )


def _agreements() -> Iterator[Finding]:
    if not AdoptedAgreement.objects.filter(ended_at=None).exists():
        yield Finding(
            "No agreement is in force, so nobody may see anything.", "Adopt one (definitions/agreements)."
        )


def _unpublished() -> Iterator[Finding]:
    unpublished = Delivery.objects.filter(status=DeliveryStatus.ACCEPTED, rows_accepted__gt=0)
    last = Publication.in_use()
    if last is not None:
        unpublished = unpublished.exclude(pk__in=last.deliveries)
    if unpublished.exists():
        yield Finding(f"{unpublished.count()} deliveries are not on the map yet.", "trigpoint publish")


def _versions(home: Home) -> Iterator[Finding]:
    last = Publication.in_use()
    if last is None:
        return
    file = home.store / last.file_name
    if not file.exists():
        yield Finding(
            f"The facts of publication {last.number} are missing.", "trigpoint publish builds them again."
        )
        return
    try:
        duckdb.connect(str(file), read_only=True).close()
    except duckdb.Error as error:
        yield Finding(
            f"The facts of publication {last.number} cannot be opened ({type(error).__name__}).",
            "trigpoint publish builds them again.",
        )
