"""What has changed since a meeting froze, of the feeds that a viewer is shown and of nothing else."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from trigpoint.db.models import Correction, Delivery, SharedPoint
from trigpoint.gate.asked import LONDON
from trigpoint.gate.recipe import recipe_at

__all__ = ["SinceThen", "since_then"]


@dataclass(frozen=True, slots=True)
class SinceThen:
    """`late` and `gone` are feeds of which a file came, or counts no more; `put_right` those of which rows were mended,
    corrected or placed. The rest is of the whole home."""

    late: tuple[str, ...]
    gone: tuple[str, ...]
    put_right: tuple[str, ...]
    agreements: bool
    definitions: tuple[str, ...]
    program: bool


def since_then(
    recipe: Mapping[str, Any], *, feeds: Collection[str], frozen_at: datetime, at: datetime
) -> SinceThen:
    """Against what holds at `at`. `feeds` are those of the answers as this viewer is shown them."""
    now = recipe_at(at)
    then_files, now_files = _there_then(recipe), set(now["deliveries"])
    mended = {one for one in now_files - then_files if _is_mend(one)}
    definitions = now["definitions"]
    return SinceThen(
        late=_of(now_files - then_files - mended, feeds),
        gone=_of(then_files - now_files, feeds),
        put_right=tuple(sorted({*_of(mended, feeds), *_corrected(feeds, frozen_at)})),
        agreements=recipe["agreements"] != now["agreements"],
        definitions=tuple(
            name for name in definitions if recipe["definitions"].get(name) != definitions[name]
        ),
        program=recipe["program"] != now["program"],
    )


def _there_then(recipe: Mapping[str, Any]) -> set[int]:
    """Deliveries that the freeze could rest on: of one that was played for an earlier day, those received by then."""
    known = recipe.get("known")
    published = Delivery.objects.filter(pk__in=recipe["deliveries"])
    if not known:
        return set(recipe["deliveries"])
    end = datetime.combine(date.fromisoformat(known) + timedelta(days=1), time(), tzinfo=LONDON)
    return set(published.filter(received_at__lt=end).values_list("pk", flat=True))


def _of(deliveries: Collection[int], feeds: Collection[str]) -> tuple[str, ...]:
    found = Delivery.objects.filter(pk__in=deliveries, definition__in=feeds)
    return tuple(sorted(set(found.values_list("definition", flat=True))))


def _is_mend(number: int) -> bool:
    return Delivery.objects.filter(pk=number, mends__isnull=False).exists()


def _corrected(feeds: Collection[str], frozen_at: datetime) -> set[str]:
    points = SharedPoint.objects.filter(definition__in=feeds, decided_at__gt=frozen_at)
    changed = Correction.objects.filter(known_from__gt=frozen_at) | Correction.objects.filter(
        known_to__gt=frozen_at
    )
    rows = Delivery.objects.filter(pk__in=changed.values("delivery"), definition__in=feeds)
    return {*points.values_list("definition", flat=True), *rows.values_list("definition", flat=True)}
