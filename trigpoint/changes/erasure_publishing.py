"""The facts published anew without rows that are gone: until then the gate tells nobody anything from the old version."""

from dataclasses import dataclass
from datetime import datetime

from trigpoint.db.home import current_home
from trigpoint.db.models import Erasure
from trigpoint.upkeep.erasure import purge_versions

__all__ = ["Publishing", "being_published", "publish_without"]


@dataclass(frozen=True, slots=True)
class Publishing:
    """How many rows wait to leave the published facts, and since when."""

    rows: int
    since: datetime


def being_published() -> Publishing | None:
    """What still lies in a version of the facts that is told to nobody; None where nothing does."""
    waiting = list(Erasure.objects.filter(publication=None).order_by("at"))
    return Publishing(sum(one.rows for one in waiting), waiting[0].at) if waiting else None


def publish_without(*, at: datetime) -> int:
    """Publish anew, delete every other version, and close the tombstones that waited; how many. Safe to call again."""
    waiting = list(Erasure.objects.filter(publication=None).order_by("pk"))
    if not waiting:
        return 0
    number = purge_versions(by=waiting[-1].by, at=at, home=current_home())
    return Erasure.objects.filter(pk__in=[one.pk for one in waiting]).update(publication=number or 0)
