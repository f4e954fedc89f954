"""What may be kept only for a time, or belongs to nobody, goes. Safe to call at every start; nobody needs to be asked."""

import shutil
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from trigpoint.db.audit import record_event
from trigpoint.db.home import Home, current_home
from trigpoint.db.leavings import RAW_KEPT, UNDECIDED, clear_leavings
from trigpoint.db.models import Upload, Wording
from trigpoint.db.models.upload import UploadStage

__all__ = ["Tidied", "expire_spool", "expire_wordings", "tidy"]

BY = "retention"


@dataclass(frozen=True, slots=True)
class Tidied:
    """How much went: uploads nobody decided on, texts of places, and what interrupted loads had left."""

    uploads: int
    wordings: int
    leavings: int


def tidy(home: Home | None = None, *, at: datetime) -> Tidied:
    """Everything that is due. A load that is running keeps what it holds."""
    home = home or current_home()
    return Tidied(expire_spool(at, home), expire_wordings(at), clear_leavings(home, at))


def expire_spool(at: datetime, home: Home | None = None) -> int:
    """Remove the raw files of uploads that nobody decided on in time; one audit event each. How many there were."""
    home = home or current_home()
    overdue = list(Upload.objects.filter(stage__in=UNDECIDED, created_at__lte=at - RAW_KEPT))
    for upload in overdue:
        with transaction.atomic():
            kept = {name: part for name, part in upload.preview.items() if name != "sample"}
            upload.preview, upload.stage, upload.changed_at = kept, UploadStage.EXPIRED, at
            upload.save(update_fields=["preview", "stage", "changed_at"])
            record_event(
                event="upload.expired", at=at, user=BY, agency=upload.agency, subject=f"upload {upload.pk}"
            )
        shutil.rmtree(home.spool / str(upload.pk), ignore_errors=True)
    return len(overdue)


def expire_wordings(at: datetime) -> int:
    """Remove the texts of places that were kept for their time; the digests and what was decided stay."""
    due = Wording.objects.filter(text_until__lte=at).exclude(text="", town="")
    with transaction.atomic():
        count = due.update(text="", town="")
        if count:
            record_event(event="wordings.expired", at=at, user=BY, detail={"texts": count})
    return count
