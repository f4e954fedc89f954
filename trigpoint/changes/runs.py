"""Questions that take more than a moment: worked out by the worker, for the person who asked, while the page watches."""

import logging
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from trigpoint.changes.accounts import UnknownAccount, account_named
from trigpoint.core.sharing.viewer import Viewer
from trigpoint.db.audit import record_event
from trigpoint.db.models import Publication, Run
from trigpoint.db.models.run import RunStage
from trigpoint.gate.ask import ask
from trigpoint.gate.denial import BeingMadeAnew, QuestionError, ReadDenied
from trigpoint.gate.questions import Question, question_from_query
from trigpoint.gate.shelf import RunStopped

__all__ = ["NoSuchRun", "RunTold", "request_run", "resume_runs", "run_told", "stop_run"]

UNFINISHED = (RunStage.QUEUED, RunStage.RUNNING)
LEAST_BETWEEN_S = 0.5
SILENT_S = 30
NOT_AGAIN_S = 60
"""What has just failed is not begun again by a page that looks again by itself."""
OUR_FAULT = "This could not be worked out, through a fault of ours. The home's log says what happened."

_log = logging.getLogger(__name__)


class NoSuchRun(LookupError):
    """This person asked for no run of that id."""


@dataclass(frozen=True, slots=True)
class RunTold:
    """Where a run stands. `done` of `whole` steps, both 0 until it has begun; `fault` is fit for a screen."""

    id: str
    kind: str
    query: str
    stage: str
    done: int
    whole: int
    fault: str
    asked_at: datetime


def request_run(viewer: Viewer, question: Question, *, at: datetime) -> str:
    """Have the question worked out, for this viewer, and return the run's id.

    While the same person's same question is waiting or being worked out, or has just failed, that one's id is returned.
    What the viewer may be told is decided when it is worked out, and again whenever the answer is asked for.
    """
    newest = Publication.in_use()
    same = {"kind": question.kind, "query": question.to_query(), "by": viewer.user, "purpose": viewer.purpose}
    number = newest.number if newest else 0
    with transaction.atomic():
        alike = Run.objects.filter(**same, publication=number)
        failed = alike.filter(stage=RunStage.FAILED, changed_at__gt=at - timedelta(seconds=NOT_AGAIN_S))
        known = alike.filter(stage__in=UNFINISHED).first() or failed.first()
        if known is not None:
            return str(known.pk)
        made = Run.objects.create(**same, publication=number, created_at=at, changed_at=at)
        record_event(event="run_requested", at=at, user=viewer.user, subject=question.kind)
        transaction.on_commit(lambda: work_out.enqueue(run_id=str(made.pk)))
    return str(made.pk)


def run_told(run_id: str, *, by: str) -> RunTold:
    """Where a run of this person's stands. Raises NoSuchRun."""
    found = Run.objects.filter(pk=run_id, by=by).first()
    if found is None:
        raise NoSuchRun(run_id)
    return RunTold(
        id=str(found.pk),
        kind=found.kind,
        query=found.query,
        stage=str(found.stage),
        done=found.done,
        whole=found.whole,
        fault=found.fault,
        asked_at=found.created_at,
    )


def stop_run(run_id: str, *, by: str, at: datetime) -> None:
    """Stop a run of one's own; what is not finished is not kept. Raises NoSuchRun."""
    with transaction.atomic():
        found = Run.objects.filter(pk=run_id, by=by, stage__in=UNFINISHED).first()
        if found is None:
            raise NoSuchRun(run_id)
        Run.objects.filter(pk=found.pk).update(stop_asked=True)
        Run.objects.filter(pk=found.pk, stage=RunStage.QUEUED).update(stage=RunStage.STOPPED, changed_at=at)
        record_event(event="run_stopped", at=at, user=by, subject=found.kind)


def resume_runs(at: datetime) -> int:
    """Begin again what a worker that was killed left unfinished; how many there were."""
    silent = Run.objects.filter(stage__in=UNFINISHED, changed_at__lt=at - timedelta(seconds=SILENT_S))
    left = [str(one.pk) for one in silent]
    silent.update(stage=RunStage.QUEUED, changed_at=at)
    for run_id in left:
        work_out.enqueue(run_id=run_id)
    return len(left)


@task()
def work_out(run_id: str) -> str:
    """The worker's part: ask as the person who asked, patiently. Returns the stage it came to."""
    waiting = Run.objects.filter(pk=run_id, stage=RunStage.QUEUED)
    if not waiting.update(stage=RunStage.RUNNING, changed_at=timezone.now()):
        return "not waiting"
    run = Run.objects.get(pk=run_id)
    stage, fault = _outcome(run)
    Run.objects.filter(pk=run_id).update(stage=stage, fault=fault[:2000], changed_at=timezone.now())
    return str(stage)


def _outcome(run: Run) -> tuple[RunStage, str]:
    try:
        account = account_named(run.by)
        viewer = Viewer(user=run.by, agency=account.agency, role=account.role, purpose=run.purpose)
        ask(viewer, question_from_query(run.kind, run.query), at=timezone.now(), progress=_writer(run.pk))
    except RunStopped:
        return RunStage.STOPPED, ""
    except (ReadDenied, QuestionError, BeingMadeAnew, UnknownAccount) as refusal:
        return RunStage.FAILED, str(refusal)
    except Exception:
        _log.exception("Run %s of %s failed", run.pk, run.kind)
        return RunStage.FAILED, OUR_FAULT
    return RunStage.DONE, ""


def _writer(run: uuid.UUID, clock: Callable[[], float] = time.monotonic) -> Callable[[int, int], None]:
    """Writes how far a run has come where the page looks; raises RunStopped where somebody asked for that."""
    written = float("-inf")

    def write(done: int, whole: int) -> None:
        nonlocal written
        now = clock()
        if now - written < LEAST_BETWEEN_S:
            return
        written = now
        kept = Run.objects.filter(pk=run)
        kept.update(done=done, whole=whole, changed_at=timezone.now())
        if kept.filter(stop_asked=True).exists():
            raise RunStopped

    return write
