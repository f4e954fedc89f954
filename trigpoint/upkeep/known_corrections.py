"""What sense-checks lay over records, as a version is built: read from the database, given to the store."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from trigpoint.core.workflow.corrections import Moved
from trigpoint.db.models import Correction as Kept
from trigpoint.db.models import Publication
from trigpoint.store.build import Correction

__all__ = ["known_corrections"]


def known_corrections() -> list[Correction]:
    """Every correction that is in force or that some publication showed, by number.

    One that was made and undone before anybody could see it is as if it had never been made.
    """
    published = sorted(Publication.objects.values_list("built_at", flat=True))
    return [_as_laid(one) for one in Kept.objects.order_by("pk").iterator() if _was_shown(one, published)]


def _was_shown(one: Kept, published: Sequence[datetime]) -> bool:
    undone = one.known_to
    return undone is None or any(one.known_from <= built < undone for built in published)


def _as_laid(one: Kept) -> Correction:
    other = one.value.get("other")
    to = one.value.get("to")
    return Correction(
        number=one.pk,
        record=(one.delivery, one.row),
        effect=one.effect,
        known_from=_naive(one.known_from),
        known_to=_naive(one.known_to) if one.known_to else None,
        to=Moved(**to) if to else None,
        role=one.value.get("role", -1),
        other=(other[0], other[1]) if other else None,
    )


def _naive(instant: datetime) -> datetime:
    return instant.astimezone(UTC).replace(tzinfo=None)
