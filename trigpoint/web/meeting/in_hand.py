"""What is asked only while its item of the agenda is in hand: checks, evaluations, prevention, releases."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from django.http import HttpRequest

from trigpoint.changes.meetings import MeetingTold
from trigpoint.changes.release_reading import list_releases
from trigpoint.gate.ledger import agency_names
from trigpoint.web.checks.shown import ShownCheck, checks_told, shown_check
from trigpoint.web.early_told import Early, early
from trigpoint.web.evaluations_told import Due, evaluations_due
from trigpoint.web.presenters.releases import ReleaseLine, release_line
from trigpoint.web.viewer import viewer_of

__all__ = ["checks_in_hand", "due_in_hand", "prevention_in_hand", "releases_in_hand"]

LEAVES = ("draft", "proposed", "approved", "issued")
"""Releases that are on their way out of the room, or out of it and not over."""
MOST_RELEASES = 8


def checks_in_hand(request: HttpRequest, of: MeetingTold, item: str) -> list[ShownCheck]:
    """Sense-checks that wait for a second agency: whose, of which place."""
    if item != "checks":
        return []
    waiting = checks_told(request, waiting=True)
    names = dict(agency_names())
    return [shown_check(request, one, names) for one in waiting if one.meeting in (None, of.number)]


def due_in_hand(request: HttpRequest, of: MeetingTold, item: str, today: date) -> list[Due]:
    """Evaluations whose months are over, but for those of another quadrant."""
    if item != "evaluations":
        return []
    return evaluations_due(request, max(today, of.held_on), of.quadrant)


def prevention_in_hand(request: HttpRequest, item: str, districts: Collection[str] | None) -> Early | None:
    """What rises and what comes back in these districts (names; None for every one)."""
    if item != "prevention":
        return None
    told = early(request)
    if districts is None:
        return told
    ends = tuple(districts)
    return replace(
        told,
        rising=[one for one in told.rising if one.where.endswith(ends)],
        back=[one for one in told.back if one.where.endswith(ends)],
        returning=[one for one in told.returning if one.endswith(ends)],
    )


def releases_in_hand(request: HttpRequest, item: str, today: date) -> list[ReleaseLine]:
    """What waits to leave the room or has left it, for whoever makes or approves releases."""
    if item != "release":
        return []
    agencies = dict(agency_names())
    every = [one for one in list_releases(by=viewer_of(request).user) if one.state in LEAVES]
    return [release_line(one, agencies, today) for one in every if one.expires_on >= today][:MOST_RELEASES]
