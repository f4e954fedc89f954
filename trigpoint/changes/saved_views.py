"""Views of the map that people keep under a name: the question, never an answer. One transaction, one audit event each.

Whoever opens a view asks its question as themselves: what they may not be told, they are not told, whoever saved it.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qsl, urlencode

from django.db import transaction
from django.db.models import Q

from trigpoint.changes.accounts import Account, account_named
from trigpoint.db.audit import record_event
from trigpoint.db.models import SavedView
from trigpoint.ingest.steps.scanner import found_in

__all__ = [
    "NoSuchView",
    "View",
    "ViewRefused",
    "delete_view",
    "list_views",
    "opened_view",
    "rename_view",
    "save_view",
    "share_view",
]

LONGEST_NAME, LONGEST_QUERY, MOST_EACH = 80, 2000, 100
WORD = re.compile(r"[a-z]{1,20}")


class ViewRefused(ValueError):
    """The view cannot be kept as asked; the message says why."""


class NoSuchView(LookupError):
    """There is no view of that number for this person."""


@dataclass(frozen=True, slots=True)
class View:
    """A saved view as somebody may read it; `mine` is whether it is theirs to change."""

    number: int
    name: str
    query: str
    shared: bool
    mine: bool
    owner: str


def list_views(*, by: str) -> tuple[View, ...]:
    """The person's own views and those that others share, by name."""
    _account(by)
    return tuple(_told(one, by) for one in SavedView.objects.filter(Q(owner=by) | Q(shared=True)))


def opened_view(*, number: int, by: str) -> View:
    """One view, to be asked anew. Raises NoSuchView where there is none, or it is another's and not shared."""
    _account(by)
    return _told(_readable(number, by), by)


def save_view(*, name: str, query: str, shared: bool, by: str, at: datetime) -> int:
    """Keep a question under a name; gives its number. Raises ViewRefused."""
    account, kept = _account(by), _question(query)
    if SavedView.objects.filter(owner=by).count() >= MOST_EACH:
        raise ViewRefused(f"You keep {MOST_EACH} views already. Delete one first.")
    with transaction.atomic():
        view = SavedView(name=_name(name), owner=by, query=kept, shared=shared, saved_at=at, changed_at=at)
        view.save()
        _record("view_saved", view, account, at)
    return int(view.pk)


def rename_view(*, number: int, name: str, by: str, at: datetime) -> None:
    """Give one's own view another name. Raises NoSuchView, ViewRefused."""
    account = _account(by)
    with transaction.atomic():
        view = _own(number, by)
        view.name, view.changed_at = _name(name), at
        view.save(update_fields=["name", "changed_at"])
        _record("view_renamed", view, account, at)


def share_view(*, number: int, shared: bool, by: str, at: datetime) -> None:
    """Let everybody who may sign in open one's own view by its link, or no longer. Raises NoSuchView."""
    account = _account(by)
    with transaction.atomic():
        view = _own(number, by)
        view.shared, view.changed_at = shared, at
        view.save(update_fields=["shared", "changed_at"])
        _record("view_shared" if shared else "view_kept_private", view, account, at)


def delete_view(*, number: int, by: str, at: datetime) -> None:
    """Delete one's own view. Raises NoSuchView."""
    account = _account(by)
    with transaction.atomic():
        view = _own(number, by)
        _record("view_deleted", view, account, at)
        view.delete()


def _account(by: str) -> Account:
    return account_named(by)


def _readable(number: int, by: str) -> SavedView:
    found = SavedView.objects.filter(Q(owner=by) | Q(shared=True), pk=number).first()
    if found is None:
        raise NoSuchView("There is no such saved view, or it is not shared with you.")
    return found


def _own(number: int, by: str) -> SavedView:
    found = SavedView.objects.select_for_update().filter(owner=by, pk=number).first()
    if found is None:
        raise NoSuchView("There is no such saved view of yours.")
    return found


def _name(text: str) -> str:
    name = " ".join(text.split())
    if not name:
        raise ViewRefused("Give the view a name.")
    if len(name) > LONGEST_NAME:
        raise ViewRefused(f"A name has at most {LONGEST_NAME} letters.")
    if (told := found_in(name)) is not None:
        raise ViewRefused(
            f"The name seems to tell of {told}. Name the place or the question, never somebody."
        )
    return name


def _question(query: str) -> str:
    """The words of an address in their order, and nothing else. Raises ViewRefused for what is no question of the map."""
    words = parse_qsl(query.removeprefix("?"), keep_blank_values=True)
    if any(not WORD.fullmatch(word) for word, _ in words):
        raise ViewRefused("That is no view of the map.")
    kept = urlencode(words)
    if len(kept) > LONGEST_QUERY:
        raise ViewRefused("This view has too many filters to be kept.")
    return kept


def _told(view: SavedView, by: str) -> View:
    return View(int(view.pk), view.name, view.query, view.shared, view.owner == by, view.owner)


def _record(event: str, view: SavedView, account: Account, at: datetime) -> None:
    told = {"name": view.name, "query": view.query, "shared": view.shared}
    record_event(
        event=event,
        at=at,
        user=account.user,
        agency=account.agency,
        role=account.role,
        subject=f"view {view.pk}",
        detail=told,
    )
