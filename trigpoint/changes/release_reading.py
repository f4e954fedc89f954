"""Releases as they are read: listed and looked at by those who make and approve them, opened by those they are for."""

from datetime import date, datetime

from trigpoint.changes.accounts import Account
from trigpoint.changes.acting import acting, recorded
from trigpoint.changes.editing import NoSuchThing
from trigpoint.changes.release_papers import paper_of
from trigpoint.changes.release_telling import ReleaseTold, told_cells_of, told_of
from trigpoint.core.disclosure.joint import ToldCell
from trigpoint.core.sharing.duties import DUTIES
from trigpoint.core.workflow.release import ReleaseState, is_open_on
from trigpoint.db.models import Release
from trigpoint.gate.evaluation_terms import LONDON
from trigpoint.gate.release_paper import paper_page

__all__ = [
    "being_restated",
    "list_releases",
    "open_release",
    "preview_release",
    "release",
    "released_cells",
    "shared_with",
]


def list_releases(*, by: str) -> tuple[ReleaseTold, ...]:
    """Every release to those who make or approve them, newest first; to others those that they may open."""
    account = acting(by, "read_releases")
    rows = Release.objects.prefetch_related("approvals").defer("page", "document")
    if _keeps_releases(account):
        return tuple(told_of(row) for row in rows)
    return ()


def shared_with(*, by: str, on: date) -> tuple[ReleaseTold, ...]:
    """What is issued, not over, and for this person's agency."""
    account = acting(by, "read_releases")
    return tuple(told_of(row) for row in _shared(account, on))


def being_restated(*, by: str, on: date) -> tuple[ReleaseTold, ...]:
    """What was for this person's agency until rows that it counted were gone, and nothing was issued in its place yet.

    Told until its last day, whether it can be made again or not: whoever has a copy is to delete it.
    """
    account = acting(by, "read_releases")
    gone = Release.objects.exclude(restating="").filter(expires_on__gte=on).defer("page", "document")
    replaced = {row.restates_id for row in _shared(account, on)}
    return tuple(
        told_of(row)
        for row in gone.prefetch_related("approvals")
        if row.pk not in replaced and account.agency in {one["agency"] for one in row.recipients}
    )


def release(*, number: int, by: str) -> ReleaseTold:
    """One release, to those who make or approve them. Raises ChangeDenied or NoSuchThing."""
    account = acting(by, "read_releases")
    row = Release.objects.prefetch_related("approvals").filter(pk=number).first()
    if row is None or not _keeps_releases(account):
        raise NoSuchThing(f"There is no release {number}.")
    return told_of(row)


def preview_release(*, number: int, by: str) -> bytes:
    """The page as it would leave, to those who make or approve. Raises as `release`."""
    release(number=number, by=by)
    return paper_page(paper_of(Release.objects.get(pk=number)))


def open_release(*, number: int, form: str, by: str, at: datetime) -> bytes:
    """The page ("html") or the PDF as issued, put on record. Raises NoSuchThing for whom it is not, or not any more."""
    account = acting(by, "read_releases")
    row = Release.objects.filter(pk=number).first()
    on = at.astimezone(LONDON).date()
    if row is None or not (_keeps_releases(account) or row in _shared(account, on)):
        raise NoSuchThing(f"There is no release {number} for you.")
    content = row.page if form == "html" else row.document
    if content is None:
        raise NoSuchThing(f"Release {number} was not issued.")
    recorded("release.opened", f"release {number}", account, at, {"form": form})
    return bytes(content)


def released_cells(*, by: str, on: date) -> tuple[tuple[ReleaseTold, tuple[ToldCell, ...]], ...]:
    """The cells of every release shared with this person: what planning may draw on, and nothing else."""
    account = acting(by, "read_releases")
    return tuple((told_of(row), told_cells_of(row)) for row in _shared(account, on))


def _keeps_releases(account: Account) -> bool:
    return account.role in DUTIES["make_release"] | DUTIES["approve_release"]


def _shared(account: Account, on: date) -> list[Release]:
    issued = (
        Release.objects.filter(state=Release.State.ISSUED)
        .prefetch_related("approvals")
        .defer("page", "document")
    )
    return [
        row
        for row in issued
        if is_open_on(ReleaseState(row.state), row.expires_on, on)
        and (_keeps_releases(account) or account.agency in {one["agency"] for one in row.recipients})
    ]
