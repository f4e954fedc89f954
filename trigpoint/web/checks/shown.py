"""A check as its pages show it: whose, what it does, and its place before and after."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest

from trigpoint.changes.sense_checks import CheckTold
from trigpoint.web.checks.figures import Figures, side_by_side

__all__ = ["ShownCheck", "shown_check"]

NOWHERE = "Of no place in particular"


@dataclass(frozen=True, slots=True)
class ShownCheck:
    """`where` names the place by its first street or hexagon; `figures` is None where nothing can be set side by side."""

    check: CheckTold
    agency: str
    seconded: str
    where: str
    figures: Figures | None


def shown_check(request: HttpRequest, check: CheckTold, agencies: Mapping[str, str]) -> ShownCheck:
    return ShownCheck(
        check,
        agencies.get(check.agency, check.agency),
        agencies.get(check.seconded_agency, check.seconded_agency),
        check.place_name or str(check.before.get("name") or check.unit.partition("|")[2]) or NOWHERE,
        side_by_side(request, check.before),
    )
