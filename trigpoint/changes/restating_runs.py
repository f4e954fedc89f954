"""What was set aside or withdrawn because rows are gone, made again by the worker while the pages say so."""

from dataclasses import dataclass

from django.utils import timezone
from django_tasks import task

from trigpoint.changes.release_restating import releases_to_restate, restate_releases
from trigpoint.changes.restating import Restating, being_restated, restate_what_is_aside

__all__ = ["LeftToRestate", "left_to_restate", "restate_in_background", "resume_restating"]


@dataclass(frozen=True, slots=True)
class LeftToRestate:
    """Answers of meetings, None where all are made again, and how many releases are still to be made."""

    answers: Restating | None
    releases: int


def left_to_restate() -> LeftToRestate | None:
    """What is still to be made again; None where nothing is."""
    answers, releases = being_restated(), len(releases_to_restate())
    return LeftToRestate(answers, releases) if answers or releases else None


@task()
def restate_in_background() -> int:
    """The worker's part: answers first, then releases; how many of both."""
    return restate_what_is_aside(at=timezone.now()) + restate_releases(at=timezone.now())


def resume_restating() -> bool:
    """Begin again what a worker that was killed left; whether there was any."""
    if left_to_restate() is None:
        return False
    restate_in_background.enqueue()
    return True
