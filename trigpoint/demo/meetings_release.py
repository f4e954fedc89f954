"""The demo's releases: one issued for team meetings, one for development sessions, one that waits for approval."""

from datetime import date, datetime

from trigpoint.changes.release_building import build_release
from trigpoint.changes.releases import approve_release, issue_release, propose_release
from trigpoint.gate.release_choices import districts_of_home

__all__ = ["make_releases"]

QUARTER = date(2026, 7, 1)
"""The last whole quarter of the demo's records."""
TEAMS = ("education", "health", "social_care", "youth_service")
APPROVERS = ("police-member", "chair")
MOST_DISTRICTS = 2


def make_releases(*, at: datetime) -> tuple[int, ...]:
    """Build them of the first districts as the analyst, approve two as the police's member and the chair.

    Gives their numbers.
    """
    districts = tuple(code for code, _ in districts_of_home()[:MOST_DISTRICTS])
    issued = (
        _built("team_meetings", districts, TEAMS, at),
        _built("development_sessions", districts, TEAMS, at),
    )
    for number in issued:
        propose_release(number=number, by="analyst", at=at)
        for name in APPROVERS:
            approve_release(number=number, by=name, at=at)
        issue_release(number=number, by="analyst", at=at)
    waiting = _built("behaviour_and_attendance", districts, ("education", "social_care", "youth_service"), at)
    propose_release(number=waiting, by="analyst", at=at)
    return (*issued, waiting)


def _built(audience: str, districts: tuple[str, ...], recipients: tuple[str, ...], at: datetime) -> int:
    return build_release(
        audience=audience,
        first_on=QUARTER,
        quarters=1,
        districts=districts,
        recipients=recipients,
        by="analyst",
        at=at,
    )
