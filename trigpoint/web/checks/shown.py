"""A check as its pages show it: whose, what it does, and its place before and after."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.http import HttpRequest

from trigpoint.changes.sense_checks import CheckTold
from trigpoint.core.workflow.sense_check import corrects
from trigpoint.web.asking_softly import asked_softly
from trigpoint.web.checks.figures import Figures, side_by_side

__all__ = ["ShownCheck", "shown_check"]

NOWHERE = "Of no place in particular"
NOT_SHOWN = "Of a record that is not shown to your agency so finely"
ONE_CHILD = "Told in part 1, without its place"


@dataclass(frozen=True, slots=True)
class ShownCheck:
    """`where` names the place by its first street or hexagon; `figures` is None where nothing can be set side by side."""

    check: CheckTold
    agency: str
    seconded: str
    where: str
    figures: Figures | None


def shown_check(request: HttpRequest, check: CheckTold, agencies: Mapping[str, str]) -> ShownCheck:
    """What this person may know of it: another agency's record is placed only for whom its feed is told of there."""
    agency = agencies.get(check.agency, check.agency)
    seconded = agencies.get(check.seconded_agency, check.seconded_agency)
    if not _may_be_placed(request, check):
        without = replace(check, note="", may=check.may._replace(second=False))
        return ShownCheck(without, agency, seconded, NOT_SHOWN, None)
    named = check.place_name or str(check.before.get("name") or check.unit.partition("|")[2])
    where = named or (ONE_CHILD if check.subject in ("hotspot", "place") else NOWHERE)
    return ShownCheck(check, agency, seconded, where, side_by_side(request, check.before, at=check.at))


def _may_be_placed(request: HttpRequest, check: CheckTold) -> bool:
    """A place is everybody's at the table; a record's only of those who are told of its feed as finely as it was named.

    Of a record that is gone nobody can say which feed it was of: its own agency is told, and no other.
    """
    if check.own or not corrects(check.subject):
        return True
    if not check.feed:
        return False
    units = [str(one) for one in _listed(check.before.get("units"))]
    words = {"level": str(check.before["level"]), "within": units} if units else {"level": "district"}
    return asked_softly(request, "counts", {**words, "feed": check.feed}).answer is not None


def _listed(value: object) -> Sequence[object]:
    return value if isinstance(value, list | tuple) else ()
