"""The worker's part of an upload: read it up to the decision, then bring it in once somebody has accepted it."""

import logging
import time
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django_tasks import task

from trigpoint.changes.deliveries import receive_delivery
from trigpoint.changes.incoming import remove_spooled, spooled_file
from trigpoint.changes.upload_preview import preview_json, without_rows
from trigpoint.core.sharing.duties import ChangeDenied
from trigpoint.db.audit import record_event
from trigpoint.db.models import Upload
from trigpoint.db.models.upload import UploadStage
from trigpoint.ingest.preview import preview
from trigpoint.ingest.receipt import Cancelled, LoadRefused, NeedsDecision, Progress

KEPT_DAYS = 7
"""A file that nobody decides on is removed after so long."""
UNDECIDED = (UploadStage.QUEUED, UploadStage.READING, UploadStage.READY, UploadStage.ACCEPTING)
LEAST_BETWEEN_S = 0.5
"""Progress is written, and a wish to cancel looked for, at most twice a second."""
SILENT_S = 10
OUR_FAULT = "The file could not be read, through a fault of ours. Nothing was stored. The home's log says what happened."
GONE = "The file is no longer in the spool. Bring it again."

_log = logging.getLogger(__name__)


class ProgressWriter:
    """Writes how far the reading has come where the page looks; raises Cancelled where somebody asked for that."""

    def __init__(self, upload: uuid.UUID, clock: Callable[[], float] = time.monotonic) -> None:
        self._upload = upload
        self._clock = clock
        self._step = ""
        self._written = float("-inf")

    def __call__(self, step: str, done: int, all: int | None) -> None:
        now = self._clock()
        if now - self._written < LEAST_BETWEEN_S:
            return
        self._written, self._step = now, step
        kept = Upload.objects.filter(pk=self._upload)
        kept.update(step=step[:40], rows_done=done, rows_all=all, changed_at=timezone.now())
        if kept.filter(cancel_asked=True).exists():
            raise Cancelled


@task()
def read_upload(upload_id: str) -> str:
    """Read a file that has arrived; its preview is kept beside it. Returns the stage it came to."""
    return _in_background(upload_id, UploadStage.QUEUED, UploadStage.READING, _read)


@task()
def accept_upload(upload_id: str) -> str:
    """Bring in a file that somebody has accepted. Returns the stage it came to."""
    return _in_background(upload_id, UploadStage.ACCEPTING, UploadStage.ACCEPTING, _accept)


def _in_background(
    upload_id: str, waiting: UploadStage, working: UploadStage, work: Callable[[Upload, Progress], None]
) -> str:
    taken = Upload.objects.filter(pk=upload_id, stage=waiting)
    if not taken.update(stage=working, step="", rows_done=0, rows_all=None, changed_at=timezone.now()):
        return "not waiting"
    upload = Upload.objects.get(pk=upload_id)
    try:
        work(upload, ProgressWriter(upload.pk))
        upload.refresh_from_db(fields=["stage"])
    except Cancelled:
        end(upload, UploadStage.CANCELLED, at=timezone.now(), by=upload.by)
    except (LoadRefused, ChangeDenied) as refusal:
        end(upload, UploadStage.REFUSED, at=timezone.now(), by=upload.by, fault=str(refusal))
    except Exception:
        _log.exception("Upload %s was not read", upload_id)
        end(upload, UploadStage.REFUSED, at=timezone.now(), by=upload.by, fault=OUR_FAULT)
    return str(upload.stage)


def _read(upload: Upload, progress: Progress) -> None:
    path = spooled_file(upload.pk)
    if path is None:
        raise LoadRefused(GONE)
    found = preview(
        definition=upload.definition,
        path=path,
        name=upload.file_name,
        by=upload.by,
        at=timezone.now(),
        received_at=upload.received_at,
        extracted_on=upload.extracted_on,
        progress=progress,
    )
    reading = Upload.objects.filter(pk=upload.pk, stage=UploadStage.READING)
    reading.update(preview=preview_json(found), stage=UploadStage.READY, changed_at=timezone.now())


def _accept(upload: Upload, progress: Progress) -> None:
    path = spooled_file(upload.pk)
    if path is None:
        raise LoadRefused(GONE)
    try:
        receipt = receive_delivery(
            definition=upload.definition,
            path=path,
            by=str(upload.preview.get("decided_by", upload.by)),
            at=timezone.now(),
            received_at=upload.received_at or upload.created_at,
            extracted_on=upload.extracted_on,
            accept_reason=str(upload.preview.get("reason", "")) or None,
            progress=progress,
        )
    except NeedsDecision as asked:
        _ask_again(upload, asked.question)
        return
    end(upload, UploadStage.DONE, at=timezone.now(), by=upload.by, delivery=receipt.delivery)


def _ask_again(upload: Upload, question: str) -> None:
    """The ledger has moved since the preview, and now the batch looks wrong."""
    asked = {**upload.preview, "question": question}
    accepting = Upload.objects.filter(pk=upload.pk, stage=UploadStage.ACCEPTING)
    accepting.update(preview=asked, stage=UploadStage.READY, changed_at=timezone.now())


def resume_uploads(at: datetime) -> int:
    """Begin again what a worker that was killed left unfinished; how many there were.

    Whoever gives no sign of life for SILENT_S is taken for dead. If that is wrong a file is read twice, which comes to
    the same.
    """
    silent = Upload.objects.filter(changed_at__lt=at - timedelta(seconds=SILENT_S))
    reading = silent.filter(stage__in=(UploadStage.QUEUED, UploadStage.READING))
    accepting = silent.filter(stage=UploadStage.ACCEPTING)
    left = [(str(one.pk), read_upload) for one in reading] + [
        (str(one.pk), accept_upload) for one in accepting
    ]
    reading.update(stage=UploadStage.QUEUED)
    for upload_id, again in left:
        again.enqueue(upload_id=upload_id)
    return len(left)


def expire_uploads(at: datetime) -> int:
    """Remove what nobody decided on within KEPT_DAYS; how many there were."""
    overdue = Upload.objects.filter(stage__in=UNDECIDED, created_at__lt=at - timedelta(days=KEPT_DAYS))
    for kept in overdue:
        end(kept, UploadStage.EXPIRED, at=at, by="retention")
    return len(overdue)


def end(
    upload: Upload,
    stage: UploadStage,
    *,
    at: datetime,
    by: str,
    fault: str = "",
    delivery: int | None = None,
    detail: dict[str, Any] | None = None,
) -> None:
    """The upload is over: the raw file goes, and of its rows only counts are kept. One audit event."""
    upload.stage, upload.fault, upload.delivery = stage, fault[:2000], delivery
    upload.preview, upload.changed_at = without_rows(upload.preview), at
    upload.save(update_fields=["stage", "fault", "delivery", "preview", "changed_at"])
    record_event(
        event=f"upload.{stage}",
        at=at,
        user=by,
        agency=upload.agency,
        allowed=stage != UploadStage.REFUSED,
        subject=f"upload {upload.pk}",
        detail={"definition": upload.definition, **(detail or {})},
    )
    remove_spooled(upload.pk)
