"""Clearance: the agency that records come from says that its records handled C may be counted in a release.

Nobody else can say it, whatever their role: there is no way round the originator.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from trigpoint.changes.acting import acting, recorded
from trigpoint.core.sharing.duties import ChangeDenied
from trigpoint.db.home import current_home
from trigpoint.db.models import ReleaseClearance
from trigpoint.gate.audiences import audiences_of
from trigpoint.gate.release_choices import feeds_of_home

__all__ = [
    "Clearance",
    "clear_records",
    "cleared_feeds",
    "list_clearances",
    "own_feeds",
    "take_back_clearance",
]

SPEAKS = frozenset({"member", "chair", "contributor"})
"""Roles that speak for their agency."""


@dataclass(frozen=True, slots=True)
class Clearance:
    """A clearance in force: which feed, for which audience, by which agency, since when."""

    feed: str
    audience: str
    agency: str
    since: datetime


def clear_records(*, feed: str, audience: str, by: str, at: datetime) -> int:
    """Clear a feed's records handled C for one audience. Raises ChangeDenied for all but the agency they come from."""
    account = acting(by, "read_releases")
    owner = dict(feeds_of_home()).get(feed)
    if owner is None or audience not in audiences_of(current_home().definitions):
        raise ChangeDenied(f"There is no feed '{feed}' or no audience '{audience}'.")
    if account.role not in SPEAKS or account.agency != owner:
        raise ChangeDenied(
            f"Records of {feed} are {owner}'s: only somebody who speaks for {owner} can clear them."
        )
    with transaction.atomic():
        row = ReleaseClearance.objects.create(feed=feed, audience=audience, agency=owner, by=by, at=at)
        recorded("release.cleared", feed, account, at, {"audience": audience})
    return int(row.pk)


def take_back_clearance(*, feed: str, audience: str, by: str, at: datetime) -> None:
    """End it for releases made from now on. Raises ChangeDenied for all but the agency they come from."""
    account = acting(by, "read_releases")
    with transaction.atomic():
        rows = ReleaseClearance.objects.select_for_update().filter(
            feed=feed, audience=audience, ended_at=None
        )
        if account.role not in SPEAKS or any(row.agency != account.agency for row in rows):
            raise ChangeDenied(f"Only the agency that {feed} comes from can take its clearance back.")
        rows.update(ended_at=at)
        recorded("release.clearance_ended", feed, account, at, {"audience": audience})


def list_clearances(*, by: str) -> tuple[Clearance, ...]:
    """Every clearance in force, to those who make or approve releases. Raises ChangeDenied."""
    acting(by, "approve_release")
    rows = ReleaseClearance.objects.filter(ended_at=None)
    return tuple(Clearance(one.feed, one.audience, one.agency, one.at) for one in rows)


def cleared_feeds(audience: str) -> frozenset[str]:
    """The feeds whose records handled C may be counted for an audience now."""
    rows = ReleaseClearance.objects.filter(audience=audience, ended_at=None)
    return frozenset(rows.values_list("feed", flat=True))


def own_feeds(*, by: str) -> tuple[str, ...]:
    """The feeds that this person can clear: those of their agency, where they speak for it."""
    account = acting(by, "read_releases")
    if account.role not in SPEAKS:
        return ()
    return tuple(feed for feed, owner in feeds_of_home() if owner == account.agency)
