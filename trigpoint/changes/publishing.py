"""Ask for a new version of the facts from a page: the worker builds it, the page watches."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from trigpoint.changes.accounts import account_named
from trigpoint.changes.standing import prepare_standing_in_background
from trigpoint.changes.upload_reading import expire_uploads
from trigpoint.changes.versions import publish_version
from trigpoint.core.sharing.duties import require_duty
from trigpoint.db.audit import record_event

Stage = Literal["waiting", "running", "done", "failed"]
_STAGES: dict[str, Stage] = {
    TaskResultStatus.READY: "waiting",
    TaskResultStatus.RUNNING: "running",
    TaskResultStatus.SUCCESSFUL: "done",
    TaskResultStatus.FAILED: "failed",
}
_UNFINISHED = (TaskResultStatus.READY, TaskResultStatus.RUNNING)


class NoSuchRequest(LookupError):
    """No publication was asked for under that id."""


@dataclass(frozen=True, slots=True)
class PublicationRequest:
    """Where a request to publish stands. `publication` is its number once done; `fault` is fit for a screen."""

    id: str
    stage: Stage
    asked_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    publication: int | None
    fault: str


@task()
def publish_in_background(by: str) -> int:
    """The worker's part: build and swap in a version; its number is kept as the task's result."""
    expire_uploads(timezone.now())
    number = publish_version(by=by, at=timezone.now()).number
    prepare_standing_in_background.enqueue()
    return number


def request_publication(*, by: str, at: datetime) -> str:
    """Put a publication in the worker's queue and return the request's id.

    While one is waiting or being built its id is returned instead: two at once would build the same facts twice.
    Raises ChangeDenied when `by` may not publish.
    """
    require_duty("publish", role=account_named(by).role, user=by)
    with transaction.atomic():
        unfinished = _requests().filter(status__in=_UNFINISHED).order_by("enqueued_at").first()
        if unfinished is not None:
            return str(unfinished.pk)
        queued = publish_in_background.enqueue(by=by)
        record_event(event="publication_requested", at=at, user=by, subject=str(queued.id))
    return str(queued.id)


def publication_request(request_id: str) -> PublicationRequest:
    """Where the request stands. Raises NoSuchRequest."""
    found = _requests().filter(pk=request_id).first()
    if found is None:
        raise NoSuchRequest(request_id)
    return _told(found)


def latest_publication_request() -> PublicationRequest | None:
    """The request made last, finished or not."""
    found = _requests().order_by("-enqueued_at").first()
    return None if found is None else _told(found)


def _requests() -> QuerySet[Any]:
    return DBTaskResult.objects.filter(task_path=publish_in_background.module_path)


def _told(kept: Any) -> PublicationRequest:
    stage = _STAGES[kept.status]
    return PublicationRequest(
        id=str(kept.pk),
        stage=stage,
        asked_at=kept.enqueued_at,
        started_at=kept.started_at,
        finished_at=kept.finished_at,
        publication=kept.return_value if stage == "done" else None,
        fault=_fault_words(kept.exception_class_path) if stage == "failed" else "",
    )


def _fault_words(exception_class_path: str) -> str:
    """The exception's own text may quote a file's content, so only its kind is told."""
    if exception_class_path.endswith(".NothingToPublish"):
        return "There is nothing to publish: no delivery has been accepted since the last version."
    return "The version could not be built, and the one before it stays in use. The home's log says what happened."
