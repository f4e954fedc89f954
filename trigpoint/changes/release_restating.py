"""Releases that counted rows which are gone: withdrawn at once, made again in their place, and put to those who approve.

What was told stays told, and every cell is kept for the joint proof; the page and the PDF go. The new release is made
by the program, in the name and under the rights of whoever made the old one, and leaves as any other does: two agencies
approve it (docs/decisions/0022).
"""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from trigpoint.changes.accounts import Account
from trigpoint.changes.acting import recorded
from trigpoint.changes.release_building import build_release
from trigpoint.changes.release_proof import ReleaseRefused
from trigpoint.changes.releases import propose_release
from trigpoint.core.sharing.duties import ChangeDenied
from trigpoint.core.workflow.release import ReleaseState, moved
from trigpoint.db.models import Delivery, Release
from trigpoint.gate.denial import QuestionError, ReadDenied

__all__ = ["releases_to_restate", "restate_releases", "withdraw_what_counted"]

OPEN_STATES = (ReleaseState.DRAFT, ReleaseState.PROPOSED, ReleaseState.APPROVED, ReleaseState.ISSUED)
CANNOT = (ReleaseRefused, ReadDenied, QuestionError, ChangeDenied, LookupError)
GONE_WORDS = "Rows that it counted were erased or withdrawn."
"""Why, for those who make and approve: whose rows and for which reason stands in the audit and in the tombstone."""


def withdraw_what_counted(
    days: Mapping[int, tuple[date, date]], *, because: str, account: Account, at: datetime
) -> tuple[int, ...]:
    """Withdraw every release that may have counted rows of these deliveries, by the days on which they happened.

    Rather one too many: a release counts as holding them where its version held the delivery, a feed of it is the
    delivery's, and its quarters reach those days. Those that were issued are to be made again. Gives their numbers.
    Within the transaction that takes the rows out.
    """
    feeds = dict(Delivery.objects.filter(pk__in=days).values_list("pk", "definition"))
    found = Release.objects.filter(state__in=OPEN_STATES).select_related("publication").order_by("pk")
    held = [
        row for row in found if any(_counted(row, number, feeds[number], days[number]) for number in days)
    ]
    with transaction.atomic():
        for row in held:
            issued = row.state == ReleaseState.ISSUED
            row.state = moved(ReleaseState(row.state), ReleaseState.WITHDRAWN)
            row.page = row.document = None
            row.ended_because = GONE_WORDS
            row.restating = Release.Restating.DUE if issued else ""
            row.version += 1
            row.save()
            recorded("release.withdrawn", f"release {row.pk}", account, at, {"reason": because})
    return tuple(int(row.pk) for row in held)


def releases_to_restate() -> tuple[int, ...]:
    """Numbers of those that are to be made again, and are not yet."""
    due = Release.objects.filter(restating=Release.Restating.DUE).order_by("pk")
    return tuple(int(number) for number in due.values_list("pk", flat=True))


def restate_releases(*, at: datetime) -> int:
    """Make again what is due, from the facts as they are now, and propose it; how many were made. Safe to call again.

    One that cannot be made any more (its maker or an agreement is gone, its cells cannot be protected beside those told
    before) stays withdrawn, and says why to those who make and approve.
    """
    made = 0
    for number in releases_to_restate():
        old = Release.objects.get(pk=number)
        try:
            with transaction.atomic():
                _made_again(old, at)
        except CANNOT as refusal:
            old.restating = Release.Restating.CANNOT
            old.ended_because = f"{old.ended_because} It cannot be made again: {refusal}"[:500]
        else:
            old.restating = Release.Restating.MADE
            made += 1
        old.save(update_fields=["restating", "ended_because"])
    return made


def _made_again(old: Release, at: datetime) -> None:
    quarters = (12 * (old.end_on.year - old.first_on.year) + old.end_on.month - old.first_on.month) // 3
    number = build_release(
        audience=old.audience, first_on=old.first_on, quarters=quarters, districts=old.recipe["districts"],
        recipients=[one["agency"] for one in old.recipients], title=old.title, by=old.author, at=at,
    )  # fmt: skip
    new = Release.objects.get(pk=number)
    new.restates, new.expires_on = old, min(new.expires_on, old.expires_on)
    new.save(update_fields=["restates", "expires_on"])
    propose_release(number=number, by=old.author, at=at)


def _counted(row: Release, delivery: int, feed: str, days: tuple[date, date]) -> bool:
    first, last = days
    return (
        delivery in row.publication.deliveries
        and feed in {one["feed"] for one in row.recipe["feeds"]}
        and first < row.end_on
        and last >= row.first_on
    )
