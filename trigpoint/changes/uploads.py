"""Bring a file through the browser: receive it, watch it being read, decide. The raw file goes with the decision."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from trigpoint.changes.accounts import Account, account_named
from trigpoint.changes.deliveries import known_definitions
from trigpoint.changes.incoming import Spooled, UploadRefused
from trigpoint.changes.upload_reading import (
    KEPT_DAYS,
    UNDECIDED,
    accept_upload,
    end,
    expire_uploads,
    read_upload,
)
from trigpoint.core.sharing.duties import DUTIES, require_duty, require_own_feed
from trigpoint.db.audit import record_event
from trigpoint.db.models import Upload
from trigpoint.db.models.upload import UploadStage
from trigpoint.ingest.definition_model import Definition

STALLED_S = 120
"""Without a sign of life for so long, the reading may be started again."""
SAMPLE = "new definition"
"""Stands for the definition of an upload that is a sample for one yet to be written."""
AT_WORK = (UploadStage.QUEUED, UploadStage.READING, UploadStage.ACCEPTING)


class NoSuchUpload(LookupError):
    """There is no upload of that id that this person may see."""


@dataclass(frozen=True, slots=True)
class UploadTold:
    """Where an upload stands. `preview` holds counts, changes, faults, and until the decision the rows as stripped."""

    id: str
    definition: str
    agency: str
    file_name: str
    size_bytes: int
    stage: str
    step: str
    rows_done: int
    rows_all: int | None
    cancel_asked: bool
    stalled: bool
    fault: str
    preview: Mapping[str, Any]
    received_at: datetime | None
    extracted_on: date | None
    delivery: int | None
    by: str
    created_at: datetime
    until: datetime

    @property
    def at_work(self) -> bool:
        return self.stage in AT_WORK


def loadable_definitions(by: str) -> tuple[Definition, ...]:
    """The definitions whose files this person may bring: a contributor's own feeds, an analyst's all."""
    account = account_named(by)
    if account.role not in DUTIES["load"]:
        return ()
    return tuple(one for one in known_definitions() if _is_open_to(account, one.agency))


def start_upload(
    *,
    file: Spooled,
    definition: str,
    received_at: datetime | None,
    extracted_on: date | None,
    by: str,
    at: datetime,
) -> str:
    """Put a file that has arrived in the worker's queue. Raises ChangeDenied or UploadRefused; the file is then yours."""
    account = account_named(by)
    require_duty("load", role=account.role, user=by)
    found = next((one for one in known_definitions() if one.name == definition), None)
    if found is None:
        raise UploadRefused("Choose what kind of file it is.")
    require_own_feed(role=account.role, user=by, agency=account.agency, owner=found.agency)
    _refuse_dates(received_at, extracted_on, at)
    if not file.size_bytes:
        raise UploadRefused("The file is empty.")
    expire_uploads(at)
    with transaction.atomic():
        kept = Upload.objects.create(
            id=file.id,
            definition=found.name,
            agency=found.agency,
            file_name=file.path.name,
            size_bytes=file.size_bytes,
            received_at=received_at,
            extracted_on=extracted_on,
            by=by,
            created_at=at,
            changed_at=at,
        )
        told = {"definition": found.name, "sha256": file.sha256, "size_bytes": file.size_bytes}
        _record("started", kept, by=by, at=at, detail=told)
        read_upload.enqueue(upload_id=str(kept.pk))
    return str(kept.pk)


def decide_upload(*, upload_id: str, accept: bool, reason: str, by: str, at: datetime) -> None:
    """Accept a file that has been read, or refuse it. Where the batch looks wrong, accepting needs a reason.

    Raises ChangeDenied, NoSuchUpload, or UploadRefused where it waits for no decision.
    """
    with transaction.atomic():
        kept = _own(upload_id, by)
        if kept.stage != UploadStage.READY:
            raise UploadRefused("This file waits for no decision.", status=409)
        if not accept:
            end(kept, UploadStage.REFUSED, at=at, by=by, fault=reason.strip() or "Refused after the preview.")
            return
        if kept.preview.get("question") and not reason.strip():
            raise UploadRefused("Say why this file should be accepted although it looks wrong.")
        kept.preview = {**kept.preview, "reason": reason.strip()[:500], "decided_by": by}
        kept.stage, kept.changed_at, kept.cancel_asked = UploadStage.ACCEPTING, at, False
        kept.save(update_fields=["preview", "stage", "changed_at", "cancel_asked"])
        _record("accepted", kept, by=by, at=at, detail={"with_reason": bool(reason.strip())})
        accept_upload.enqueue(upload_id=str(kept.pk))


def cancel_upload(*, upload_id: str, by: str, at: datetime) -> None:
    """Stop an upload: at once where nobody is reading it, else at the reader's next step. Nothing is stored of it."""
    with transaction.atomic():
        kept = _own(upload_id, by)
        if kept.stage in (UploadStage.QUEUED, UploadStage.READY) or (
            kept.cancel_asked and _stalled(kept, at)
        ):
            end(kept, UploadStage.CANCELLED, at=at, by=by)
        elif kept.stage in AT_WORK and not kept.cancel_asked:
            kept.cancel_asked = True
            kept.save(update_fields=["cancel_asked"])
            _record("cancel_asked", kept, by=by, at=at)


def restart_upload(*, upload_id: str, by: str, at: datetime) -> None:
    """Begin again after the worker was stopped in the middle. Reading and accepting twice come to the same."""
    with transaction.atomic():
        kept = _own(upload_id, by)
        if kept.stage not in AT_WORK or not _stalled(kept, at):
            raise UploadRefused("This file is being read.", status=409)
        accepting = kept.stage == UploadStage.ACCEPTING
        kept.stage = UploadStage.ACCEPTING if accepting else UploadStage.QUEUED
        kept.changed_at, kept.cancel_asked = at, False
        kept.save(update_fields=["stage", "changed_at", "cancel_asked"])
        _record("restarted", kept, by=by, at=at)
        (accept_upload if accepting else read_upload).enqueue(upload_id=str(kept.pk))


def upload_told(upload_id: str, by: str, at: datetime) -> UploadTold:
    """Where an upload stands, for those who may load its feed. Raises NoSuchUpload."""
    return _told(_own(upload_id, by), at)


def waiting_uploads(by: str, at: datetime) -> tuple[UploadTold, ...]:
    """The uploads not yet decided that this person may see, newest first."""
    account = account_named(by)
    if account.role not in DUTIES["load"]:
        return ()
    kept = Upload.objects.filter(stage__in=UNDECIDED).exclude(definition=SAMPLE)
    return tuple(_told(one, at) for one in kept if _is_open_to(account, one.agency))


def _own(upload_id: str, by: str) -> Upload:
    account = account_named(by)
    require_duty("load", role=account.role, user=by)
    kept = Upload.objects.select_for_update().filter(pk=upload_id).first() if _in_transaction() else None
    kept = kept or Upload.objects.filter(pk=upload_id).first()
    if kept is None or kept.definition == SAMPLE or not _is_open_to(account, kept.agency):
        raise NoSuchUpload(upload_id)
    return kept


def _in_transaction() -> bool:
    return bool(transaction.get_connection().in_atomic_block)


def _is_open_to(account: Account, agency: str) -> bool:
    return account.role == "analyst" or account.agency == agency


def _refuse_dates(received_at: datetime | None, extracted_on: date | None, at: datetime) -> None:
    if received_at is not None and received_at > at:
        raise UploadRefused("The date of receipt lies in the future.")
    if extracted_on is not None and extracted_on > (received_at or at).date():
        raise UploadRefused("The extract cannot have been made after it was received.")


def _stalled(kept: Upload, at: datetime) -> bool:
    return kept.stage in AT_WORK and at - kept.changed_at > timedelta(seconds=STALLED_S)


def _told(kept: Upload, at: datetime) -> UploadTold:
    return UploadTold(
        id=str(kept.pk),
        definition=kept.definition,
        agency=kept.agency,
        file_name=kept.file_name,
        size_bytes=kept.size_bytes,
        stage=kept.stage,
        step=kept.step,
        rows_done=kept.rows_done,
        rows_all=kept.rows_all,
        cancel_asked=kept.cancel_asked,
        stalled=_stalled(kept, at),
        fault=kept.fault,
        preview=kept.preview,
        received_at=kept.received_at,
        extracted_on=kept.extracted_on,
        delivery=kept.delivery,
        by=kept.by,
        created_at=kept.created_at,
        until=kept.created_at + timedelta(days=KEPT_DAYS),
    )


def _record(
    event: str, kept: Upload, *, by: str, at: datetime, detail: Mapping[str, object] | None = None
) -> None:
    record_event(
        event=f"upload.{event}",
        at=at,
        user=by,
        agency=kept.agency,
        subject=f"upload {kept.pk}",
        detail=detail,
    )
