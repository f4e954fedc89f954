"""What an interrupted load leaves behind, and how it is cleared away at the next start: nobody needs to be called.

A load that is killed has written nothing to the ledger. It may leave its copy of the raw file in the spool, hidden
files that never took their names, or files that took the name of a delivery that never came to be.
"""

import shutil
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from trigpoint.db.holding import alone_in
from trigpoint.db.home import Home
from trigpoint.db.models.delivery import Delivery
from trigpoint.db.models.upload import Upload, UploadStage

RAW_KEPT = timedelta(days=7)
"""A raw file whose delivery nobody decides on goes after so long."""
ARRIVING = timedelta(days=1)
"""An upload's folder may be there this long before the database knows of it: the file is still arriving."""
UNDECIDED = (UploadStage.QUEUED, UploadStage.READING, UploadStage.READY, UploadStage.ACCEPTING)


@dataclass(frozen=True, slots=True)
class Leavings:
    """What is nobody's: entries of the spool, hidden files, and files of deliveries that the ledger does not know."""

    spool: tuple[Path, ...]
    hidden: tuple[Path, ...]
    orphans: tuple[Path, ...]

    @property
    def all(self) -> tuple[Path, ...]:
        return (*self.spool, *self.hidden, *self.orphans)


def clear_leavings(home: Home, at: datetime) -> int:
    """Delete what is nobody's, unless somebody is bringing something in just now; how many entries went."""
    with alone_in(home) as alone:
        if not alone:
            return 0
        found = leavings(home, at).all
        for path in found:
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
        return len(found)


def leavings(home: Home, at: datetime) -> Leavings:
    """What would be nobody's if no load were running now. Nothing is touched."""
    hidden = [
        path
        for folder in (home.deliveries, home.quarantine, home.keys, home.cache / "known_keys")
        for path in folder.glob(".*")
    ]
    return Leavings(tuple(_spool(home, at)), tuple(sorted(hidden)), tuple(_orphans(home)))


def _spool(home: Home, at: datetime) -> Iterator[Path]:
    entries = sorted(home.spool.glob("*")) if home.spool.is_dir() else []
    uploads = {path: upload for path in entries if (upload := _upload_id(path)) is not None}
    known = dict(Upload.objects.filter(pk__in=uploads.values()).values_list("pk", "created_at"))
    waiting = set(
        Upload.objects.filter(pk__in=uploads.values(), stage__in=UNDECIDED).values_list("pk", flat=True)
    )
    for path in entries:
        upload = uploads.get(path)
        if upload is None:
            yield path
        elif upload in known:
            if upload not in waiting or at - known[upload] >= RAW_KEPT:
                yield path
        elif at.timestamp() - path.stat().st_mtime >= ARRIVING.total_seconds():
            yield path


def _upload_id(path: Path) -> uuid.UUID | None:
    try:
        return uuid.UUID(path.name)
    except ValueError:
        return None


def _orphans(home: Home) -> Iterator[Path]:
    """Files named after a delivery that the ledger does not have."""
    named = {
        path: int(path.name.split(".")[0])
        for folder in (home.deliveries, home.quarantine)
        for path in folder.glob("[0-9]*.parquet")
        if path.name.split(".")[0].isdigit()
    }
    known = set(Delivery.objects.values_list("pk", flat=True)) if named else set()
    yield from sorted(path for path, number in named.items() if number not in known)
