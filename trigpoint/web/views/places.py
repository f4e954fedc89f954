"""Places that the partnership owns: the list, one place with what was decided and recorded there, and its edits."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trigpoint.changes.actions import list_actions
from trigpoint.changes.meeting_questions import list_questions
from trigpoint.changes.meetings import MeetingTold, list_meetings
from trigpoint.changes.named_places import (
    PlaceOverlaps,
    PlaceRefused,
    PlaceTold,
    list_places,
    open_place,
    place,
)
from trigpoint.changes.place_edits import (
    close_place,
    merge_places,
    own_place,
    redraw_place,
    rename_place,
    reopen_place,
    split_place,
)
from trigpoint.changes.told_text import TextRefused
from trigpoint.core.sharing.duties import DUTIES, require_duty
from trigpoint.core.workflow.meeting import MeetingState
from trigpoint.core.workflow.place import LEVELS, PlaceMoveRefused
from trigpoint.gate.ledger import agency_names
from trigpoint.web.after.meeting_after import meetings_of_place
from trigpoint.web.meeting_tabs import tabs
from trigpoint.web.place_told import months_at, notices_near
from trigpoint.web.presenters.actions import action_rows
from trigpoint.web.presenters.places import history_words, level_words
from trigpoint.web.viewer import viewer_of
from trigpoint.web.views.actions import able_agencies

REFUSED = (PlaceRefused, PlaceMoveRefused, TextRefused)


@require_GET
def place_list(request: HttpRequest) -> HttpResponse:
    viewer, today = viewer_of(request), timezone.localdate()
    names = dict(agency_names())
    actions = list_actions(by=viewer.user)
    rows = [
        {
            "place": one,
            "owner": names.get(one.owner, ""),
            "open": sum(each.place == one.number and each.is_open for each in actions),
            "overdue": sum(each.place == one.number and each.is_overdue(today) for each in actions),
        }
        for one in list_places(by=viewer.user)
    ]
    page = {"rows": rows, "may_decide": viewer.role in DUTIES["decide"]}
    return render(request, "pages/places.html", page | tabs("places", viewer.role))


@require_GET
def one_place(request: HttpRequest, number: int) -> HttpResponse:
    """What is recorded there is asked as the person signed in; what they may not know is said, not guessed."""
    viewer, today = viewer_of(request), timezone.localdate()
    told = place(number=number, by=viewer.user)
    names = dict(agency_names())
    others = [one for one in list_places(by=viewer.user) if one.is_open and one.number != number]
    page = {
        "place": told,
        "level": level_words(told),
        "owner": names.get(told.owner, ""),
        "history": history_words(told, names, {one.number: one.name for one in list_places(by=viewer.user)}),
        "actions": action_rows(list_actions(by=viewer.user, place=number), today),
        "after": meetings_of_place(number, viewer.user, _closed(viewer.user)),
        "questions": [one for one in list_questions(by=viewer.user) if one.place == number],
        "months": months_at(request, told, today),
        "notices": notices_near(request, told),
        "others": [one for one in others if one.level == told.level],
        "agencies": able_agencies(),
        "may_decide": viewer.role in DUTIES["decide"],
    }
    return render(request, "pages/place.html", page | tabs("places", viewer.role))


@require_http_methods(["GET", "POST"])
def new_place(request: HttpRequest) -> HttpResponse:
    """A place drawn by codes, as the map hands them over."""
    viewer = viewer_of(request)
    require_duty("decide", role=viewer.role, user=viewer.user)
    given = request.POST if request.method == "POST" else request.GET
    refused = ""
    overlaps: tuple[PlaceTold, ...] = ()
    if request.method == "POST":
        try:
            number = open_place(
                name=given.get("name", ""), level=given.get("level", ""), units=_codes(given.get("units", "")),
                owner=given.get("owner", ""), origin="", by=viewer.user, at=timezone.now(),
                beside=_beside(request.POST),
            )  # fmt: skip
        except REFUSED as refusal:
            refused = str(refusal)
            overlaps = refusal.places if isinstance(refusal, PlaceOverlaps) else ()
        else:
            messages.success(request, "The place is opened.")
            return redirect("place", number=number)
    page = {
        "given": given,
        "refused": refused,
        "overlaps": overlaps,
        "agencies": able_agencies(),
        "levels": LEVELS,
    }
    return render(request, "pages/new_place.html", page | tabs("places", viewer.role))


@require_POST
def edit_place(request: HttpRequest, number: int, change: str) -> HttpResponse:
    """One of `EDITS`; each form says which version of the place its writer saw."""
    told = request.POST
    version = int(told.get("version", "0")) if told.get("version", "").isdigit() else 0
    by, at = request.user.get_username(), timezone.now()
    put: dict[str, object] = {"number": number, "version": version, "by": by, "at": at}
    edits: dict[str, Callable[[], object]] = {
        "name": lambda: rename_place(name=told.get("name", ""), **put),  # type: ignore[arg-type]
        "owner": lambda: own_place(owner=told.get("owner", ""), **put),  # type: ignore[arg-type]
        "units": lambda: redraw_place(
            level=told.get("level", ""), units=_codes(told.get("units", "")), beside=_beside(told),
            **put,  # type: ignore[arg-type]
        ),
        "merge": lambda: merge_places(into=_number(told.get("into", "")), **put),  # type: ignore[arg-type]
        "split": lambda: split_place(
            part=told.getlist("part"), part_name=told.get("part_name", ""),
            rest_name=told.get("rest_name", ""), **put,  # type: ignore[arg-type]
        ),
        "close": lambda: close_place(**put),  # type: ignore[arg-type]
        "reopen": lambda: reopen_place(**put),  # type: ignore[arg-type]
    }  # fmt: skip
    try:
        edits[change]()
    except REFUSED as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Saved. What it was before stands in its history.")
    return redirect("place", number=number)


EDITS = ("name", "owner", "units", "merge", "split", "close", "reopen")


def _closed(by: str) -> list[MeetingTold]:
    return [one for one in list_meetings(by=by) if one.state == MeetingState.CLOSED.value]


def _codes(text: str) -> list[str]:
    return text.replace(",", " ").split()


def _beside(told: QueryDict) -> list[int]:
    """Numbers of the open places that the form was shown and lets stand."""
    return [_number(one) for one in told.getlist("beside")]


def _number(told: str) -> int:
    """A number of a form, or one that no place has."""
    return int(told) if told.isascii() and told.isdigit() and len(told) < 10 else 0
