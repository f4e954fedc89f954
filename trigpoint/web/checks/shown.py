"""A check as its pages show it: whose, what it does, and its place before and after."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from trigpoint.changes.sense_checks import CheckTold, list_checks
from trigpoint.web.acting import who_and_when
from trigpoint.web.checks.figures import Figures, side_by_side
from trigpoint.web.viewer import viewer_of

__all__ = ["ShownCheck", "checks_told", "shown_check", "who_and_why"]

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


def who_and_why(request: HttpRequest) -> dict[str, Any]:
    """`by`, `at` and `purpose`: what may be known of a check hangs on why somebody looks, too."""
    return who_and_when(request) | {"purpose": viewer_of(request).purpose}


def checks_told(request: HttpRequest, *, waiting: bool = False) -> tuple[CheckTold, ...]:
    """The checks that this person may know of, the latest first. Raises ChangeDenied."""
    return list_checks(waiting=waiting, **who_and_why(request))


def shown_check(request: HttpRequest, check: CheckTold, agencies: Mapping[str, str]) -> ShownCheck:
    """What this person may know of it (`changes/sense_checks_seen.py` decides), with the place's figures as theirs are."""
    agency = agencies.get(check.agency, check.agency)
    seconded = agencies.get(check.seconded_agency, check.seconded_agency)
    if not check.placed:
        return ShownCheck(check, agency, seconded, NOT_SHOWN, None)
    named = check.place_name or str(check.before.get("name") or check.unit.partition("|")[2])
    where = named or (ONE_CHILD if check.subject in ("hotspot", "place") else NOWHERE)
    return ShownCheck(check, agency, seconded, where, side_by_side(request, check.before, at=check.at))
