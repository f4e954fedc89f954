"""Publish a new version of the facts: who may, then the one function that does it."""

from datetime import datetime
from pathlib import Path

from trigpoint.changes.accounts import account_named
from trigpoint.core.sharing.duties import require_duty
from trigpoint.db.audit import record_event
from trigpoint.upkeep.export import ParquetExport, write_parquet
from trigpoint.upkeep.publish import PublicationResult, publish


def publish_version(*, by: str, at: datetime) -> PublicationResult:
    """Build and swap in a new store version for `by`. Raises ChangeDenied or NothingToPublish."""
    require_duty("publish", role=account_named(by).role, user=by)
    return publish(by=by, at=at)


def export_rows(*, by: str, at: datetime, directory: Path) -> ParquetExport:
    """Write every published row as Parquet for another engine. Raises ChangeDenied or ExportRefused.

    Rows leave without an agreement's restrictions, so this is an analyst's act and is put on record before it happens;
    whoever asks them on another engine restricts them there (docs/scale.md).
    """
    require_duty("publish", role=account_named(by).role, user=by)
    record_event(event="rows_exported", at=at, user=by, subject=str(directory))
    return write_parquet(directory)
