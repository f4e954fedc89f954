"""What a sense-check changes that no publication shows yet."""

from datetime import UTC

from trigpoint.core.workflow.corrections import Correction, Moved
from trigpoint.core.workflow.sense_check import NONE
from trigpoint.db.models import Publication, SenseCheck

__all__ = ["to_come"]


def to_come(check: SenseCheck) -> Correction | None:
    """The correction the next publication would show; None where there is none, or it is shown already."""
    effect, value = str(check.detail.get("effect", NONE)), check.detail.get("value", {})
    if (
        effect == NONE
        or check.delivery is None
        or check.row is None
        or check.state == SenseCheck.State.UNDONE
    ):
        return None
    since = check.seconded_at or check.at
    newest = Publication.objects.order_by("-number").first()
    if check.state == SenseCheck.State.IN_FORCE and newest is not None and newest.built_at >= since:
        return None
    other, to = value.get("other"), value.get("to")
    return Correction(
        number=int(check.pk), record=(check.delivery, check.row), effect=effect,
        known_from=since.astimezone(UTC).replace(tzinfo=None), to=Moved(**to) if to else None,
        role=value.get("role", -1), other=(other[0], other[1]) if other else None,
    )  # fmt: skip
