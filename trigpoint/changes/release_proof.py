"""Whether a release gives anything away, by itself and beside every release before it: to whichever audience."""

from trigpoint.changes.release_telling import cells_of_release, within_of
from trigpoint.core.disclosure.cells import Counted, relations_of
from trigpoint.core.disclosure.joint import beside, joined_within, joint_findings
from trigpoint.core.disclosure.protect import CannotProtect, Protected, protect
from trigpoint.core.workflow.release import ReleaseState
from trigpoint.db.models import Release
from trigpoint.gate.release_cells import CountedRelease
from trigpoint.gate.release_rules import shipped_release_rules

__all__ = ["ReleaseRefused", "protected", "proved_again"]

PROVED = (ReleaseState.APPROVED, ReleaseState.ISSUED)
"""States whose cells somebody may have, or soon will: beside those that were ever issued."""


class ReleaseRefused(ValueError):
    """The release cannot be made or let go; the message says why."""


def protected(counted: CountedRelease) -> tuple[tuple[Counted, ...], Protected]:
    """The cells with those of earlier releases beside them, and what may be told. Raises ReleaseRefused."""
    earlier, rules = _earlier(), shipped_release_rules()
    told = [cells_of_release(row) for row in earlier]
    cells = beside(counted.cells, told, rules)
    within = joined_within((*within_of(earlier), counted.within))
    relations = relations_of([one.key for one in cells], within)
    try:
        return cells, protect(cells, relations, rules)
    except CannotProtect as refusal:
        raise ReleaseRefused(
            "This cannot be released: with what earlier releases told, a small count could be worked out."
        ) from refusal


def proved_again(row: Release) -> None:
    rows = [*_earlier(but=int(row.pk)), row]
    rules = shipped_release_rules()
    findings = joint_findings([cells_of_release(one) for one in rows], joined_within(within_of(rows)), rules)
    if findings:
        raise ReleaseRefused(
            f"Releases issued since it was made tell too much beside it: {len(findings)} cells could be worked out. "
            "Make it again."
        )


def _earlier(but: int | None = None) -> list[Release]:
    """Releases whose cells somebody has or soon will have, oldest first."""
    rows = Release.objects.order_by("pk").defer("page", "document")
    return [row for row in rows if row.pk != but and (row.issued_at is not None or row.state in PROVED)]
