"""Publish a new version of the facts: who may, then the one function that does it."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from trigpoint.changes.accounts import account_named
from trigpoint.core.sharing.duties import require_duty
from trigpoint.db.audit import record_event
from trigpoint.db.home import current_home
from trigpoint.ingest.keys import destroy_keys_before, window_of
from trigpoint.ingest.steps.dates import LONDON
from trigpoint.upkeep.export import ParquetExport, write_parquet
from trigpoint.upkeep.publish import PublicationResult, publish
from trigpoint.upkeep.retention import tidy


def publish_version(
    *, by: str, at: datetime, tell: Callable[[str], None] = lambda _: None
) -> PublicationResult:
    """Build and swap in a new store version for `by`. Raises ChangeDenied or NothingToPublish.

    What may no longer be kept goes after it, when every wording has been looked up once more. So do the keys of token
    windows that are over, whoever remembers them or not. `tell` is told how far it is.
    """
    require_duty("publish", role=account_named(by).role, user=by)
    published = publish(by=by, at=at, tell=tell)
    tidy(at=at)
    _close_windows(by=by, at=at)
    return published


def _close_windows(*, by: str, at: datetime) -> None:
    window = window_of(at.astimezone(LONDON).date())
    destroyed = destroy_keys_before(current_home().keys, window)
    if destroyed:
        record_event(
            event="keys.destroyed", at=at, user=by, detail={"keys": destroyed, "before_window": window}
        )


def export_rows(*, by: str, at: datetime, directory: Path) -> ParquetExport:
    """Write every published row as Parquet for another engine. Raises ChangeDenied or ExportRefused.

    Rows leave without an agreement's restrictions, so this is an analyst's act and is put on record before it happens;
    whoever asks them on another engine restricts them there (docs/scale.md).
    """
    require_duty("publish", role=account_named(by).role, user=by)
    record_event(event="rows_exported", at=at, user=by, subject=str(directory))
    return write_parquet(directory)
