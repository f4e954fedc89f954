"""What follows when rows are gone, done by the worker while the pages say so: facts published anew, then what was made of
them made again.
"""

from dataclasses import dataclass

from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from trigpoint.changes.erasure_publishing import Publishing, being_published, publish_without
from trigpoint.changes.release_restating import releases_to_restate, restate_releases
from trigpoint.changes.restating import Restating, being_restated, restate_what_is_aside
from trigpoint.changes.standing import prepare_standing_in_background

__all__ = ["LeftToRestate", "left_to_restate", "restate_in_background", "resume_restating"]


@dataclass(frozen=True, slots=True)
class LeftToRestate:
    """What is still to be published without rows that are gone, answers of meetings (None where all are made again), and
    how many releases are still to be made. `failed` where the worker gave up, and somebody has to begin it again.
    """

    publishing: Publishing | None
    answers: Restating | None
    releases: int
    failed: bool


def left_to_restate() -> LeftToRestate | None:
    """What is still to be made again; None where nothing is."""
    publishing, answers, releases = being_published(), being_restated(), len(releases_to_restate())
    if not (publishing or answers or releases):
        return None
    return LeftToRestate(publishing, answers, releases, _gave_up())


FIRST = 100
"""Before whatever else waits for the worker: nothing is told meanwhile."""


@task(priority=FIRST)
def restate_in_background() -> int:
    """The worker's part: the facts without what is gone, then answers, then releases; how many of both."""
    published = publish_without(at=timezone.now())
    made = restate_what_is_aside(at=timezone.now()) + restate_releases(at=timezone.now())
    if published:
        prepare_standing_in_background.enqueue()
    return made


def _gave_up() -> bool:
    """Whether the last attempt failed and none waits or is at work. The home's log says what happened."""
    asked = DBTaskResult.objects.filter(task_path=restate_in_background.module_path).order_by("-enqueued_at")
    last = asked.first()
    return last is not None and last.status == TaskResultStatus.FAILED


def resume_restating() -> bool:
    """Begin again what a worker that was killed left; whether there was any."""
    if left_to_restate() is None:
        return False
    restate_in_background.enqueue()
    return True
