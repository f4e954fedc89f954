"""The unplaced tray: say which place a phrase means, leave it, or take the last choice back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from trigpoint.changes.places import (
    PlaceRefused,
    confirm_wording,
    decide_shared_point,
    leave_wording,
    pick_wording,
    undo_wording,
)
from trigpoint.core.geography.crs import to_national_grid
from trigpoint.core.sharing.duties import DUTIES, ChangeDenied
from trigpoint.gate.basemap import basemap_file
from trigpoint.gate.ledger import agency_names
from trigpoint.web.asking import asked
from trigpoint.web.presenters.search import found_json
from trigpoint.web.presenters.trace import trace_of
from trigpoint.web.presenters.unplaced import choosable, phrase_of, tray_page
from trigpoint.web.viewer import viewer_of
from trigpoint.web.waiting import forget_waiting, keep_waiting

LAST = "last_wording"
"""The session's key for what Undo takes back."""


@require_GET
def tray(request: HttpRequest) -> HttpResponse:
    told = request.GET.get("page", "1")
    answer, agencies = asked(request, "unplaced", {}), dict(agency_names())
    page = tray_page(answer, agencies, int(told) if told.isdigit() else 1)
    keep_waiting(request, page.waiting)
    shown = {
        "tray": page,
        "trace": trace_of(answer, agencies),
        "last": request.session.get(LAST),
        **_frame(request),
    }
    return render(request, "pages/unplaced.html", shown)


@require_GET
def phrase(request: HttpRequest, number: int) -> HttpResponse:
    """One phrase by itself, with a search for the place it means."""
    found = phrase_of(asked(request, "unplaced", {}), dict(agency_names()), number)
    if found is None:
        raise Http404
    text = request.GET.get("q", "").strip()
    places = choosable(found_json(asked(request, "places", {"text": text}))) if text else []
    shown = {"phrase": found, "q": text, "places": places, **_frame(request)}
    return render(request, "pages/unplaced_phrase.html", shown)


KEPT = "Kept. It counts from the next publication on, for every record with these words."
LEFT = "Left without a place, for every record with these words. They stay in the total."


@require_POST
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """`choice` is a candidate's `kind|ref`, `confirm`, `leave`, `undo`, or `point` with easting and northing."""
    choice = request.POST.get("choice", "")
    by, at = request.user.get_username(), timezone.now()
    try:
        if choice == "undo":
            undo_wording(wording_id=number, by=by, at=at)
            request.session.pop(LAST, None)
            messages.success(request, "The last choice is taken back. The phrase waits again.")
            return _back(request)
        _choose(request, number, choice)
    except ChangeDenied as denial:
        raise PermissionDenied(str(denial)) from denial
    except PlaceRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("unplaced_phrase", number=number)
    request.session[LAST] = number
    messages.success(request, LEFT if choice == "leave" else KEPT)
    return _back(request)


@require_POST
def shared_point(request: HttpRequest) -> HttpResponse:
    """What a point that many records share is: `decision` is default or real."""
    told = request.POST
    try:
        decide_shared_point(
            definition=told.get("feed", ""),
            easting_m=_whole(told.get("easting_m", "")),
            northing_m=_whole(told.get("northing_m", "")),
            decision=told.get("decision", ""),
            by=request.user.get_username(),
            at=timezone.now(),
        )
    except ChangeDenied as denial:
        raise PermissionDenied(str(denial)) from denial
    except PlaceRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Kept. It counts from the next publication on.")
    forget_waiting()
    return redirect("unplaced")


def _choose(request: HttpRequest, number: int, choice: str) -> None:
    by, at = request.user.get_username(), timezone.now()
    if choice == "confirm":
        confirm_wording(wording_id=number, by=by, at=at)
    elif choice == "leave":
        leave_wording(wording_id=number, by=by, at=at)
    elif choice == "point":
        easting_m, northing_m = _point(request)
        pick_wording(
            wording_id=number, kind="point", easting_m=easting_m, northing_m=northing_m, by=by, at=at
        )
    elif "|" in choice:
        kind, _, ref = choice.partition("|")
        pick_wording(wording_id=number, kind=kind, ref=ref, by=by, at=at)
    else:
        raise PlaceRefused("Choose a place, or say that you cannot tell.")


def _point(request: HttpRequest) -> tuple[float, float]:
    """From the form's fields, or from where the map was pressed."""
    told = request.POST
    if told.get("lon") and told.get("lat"):
        east, north = to_national_grid([_number(told["lon"])], [_number(told["lat"])])
        return float(east[0]), float(north[0])
    return _number(told.get("easting_m", "")), _number(told.get("northing_m", ""))


def _number(told: str) -> float:
    try:
        return float(told.strip().replace(",", "").replace(" ", ""))
    except ValueError:
        raise PlaceRefused("Give easting and northing in metres, as 571200 and 194500.") from None


def _whole(told: str) -> int:
    return round(_number(told))


def _back(request: HttpRequest) -> HttpResponse:
    forget_waiting()
    page = request.POST.get("page", "")
    return redirect(f"{reverse('unplaced')}?page={page}" if page.isdigit() else reverse("unplaced"))


def _frame(request: HttpRequest) -> dict[str, object]:
    may = viewer_of(request).role in DUTIES["place"]
    return {"may_place": may, "basemap_url": reverse("basemap") if basemap_file() else None}
