"""Erasure, withdrawal and retention, for information governance."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from trigpoint.changes.erasure import (
    ErasureRefused,
    erase_rows,
    lift_erasure,
    list_came_again,
    list_erasures,
    withdraw_delivery,
)
from trigpoint.changes.restating_runs import left_to_restate, resume_restating
from trigpoint.changes.retention import retain, retention_due
from trigpoint.changes.told_text import TextRefused
from trigpoint.core.sharing.duties import require_duty
from trigpoint.web.acting import carried_out, who_and_when
from trigpoint.web.viewer import viewer_of

REFUSED = (ErasureRefused, TextRefused)
NOT_SURE = "Nothing was erased: tick the box that says you have read it. It cannot be taken back."
LOOK_AGAIN_S = 2


@require_GET
def erasures(request: HttpRequest) -> HttpResponse:
    by = viewer_of(request).user
    page = {
        "told": list_erasures(by=by),
        "due": retention_due(by=by, at=timezone.now()),
        "came_again": list_came_again(by=by),
        "by_itself": settings.HOME.erases_by_itself,
        "demo": settings.HOME.demo,
        "left": left_to_restate(),
    }
    return render(request, "pages/erasure.html", page)


@require_GET
def restating(request: HttpRequest) -> HttpResponse:
    """What follows an erasure, and how far it has come: looked at again by itself while something is left."""
    list_erasures(by=viewer_of(request).user)
    left = left_to_restate()
    response = render(request, "pages/restating.html", {"left": left})
    if left is not None and not left.failed:
        response["Refresh"] = str(LOOK_AGAIN_S)
    return response


@require_POST
def erase(request: HttpRequest) -> HttpResponse:
    """`what` is rows, with their numbers, or delivery for the whole of it."""
    told, who = request.POST, who_and_when(request)

    def change() -> int:
        if not _is_sure(request):
            raise ErasureRefused(NOT_SURE)
        delivery, reason = _number(told.get("delivery", "")), told.get("reason", "")
        if told.get("what") == "delivery":
            return withdraw_delivery(delivery=delivery, reason=reason, in_background=True, **who)
        rows = [_number(one) for one in told.get("rows", "").split(",") if one.strip()]
        return erase_rows(delivery=delivery, rows=rows, reason=reason, in_background=True, **who)

    gone = carried_out(
        request,
        change,
        refused=REFUSED,
        said="Gone from every delivery. Nothing is told from facts that still hold them.",
    )
    return redirect("restating" if gone and left_to_restate() else "erasure")


@require_POST
def keep_no_longer(request: HttpRequest) -> HttpResponse:
    if not _is_sure(request):
        messages.error(request, NOT_SURE)
        return redirect("erasure")
    many = len(retain(in_background=True, **who_and_when(request)))
    messages.success(request, f"{many} deliveries hold less now." if many else "Nothing was due.")
    return redirect("restating" if left_to_restate() else "erasure")


@require_POST
def lift(request: HttpRequest, number: int) -> HttpResponse:
    """Let rows that were erased come back with the next file that has them."""

    def change() -> int:
        if not _is_sure(request):
            raise ErasureRefused("Nothing was changed: tick the box that says you have read it.")
        return lift_erasure(number=number, reason=request.POST.get("reason", ""), **who_and_when(request))

    carried_out(
        request, change, refused=REFUSED, said="They may come back: the next file that has them brings them."
    )
    return redirect("erasure")


@require_POST
def go_on(request: HttpRequest) -> HttpResponse:
    """Begin again what the worker gave up."""
    viewer = viewer_of(request)
    require_duty("erase", role=viewer.role, user=viewer.user)
    resume_restating()
    return redirect("restating")


def _number(told: str) -> int:
    if not told.strip().isdigit():
        raise ErasureRefused("Deliveries and rows are numbers.")
    return int(told)


def _is_sure(request: HttpRequest) -> bool:
    """A browser asks for the box; who posts without one is asked too. Raises ChangeDenied for who may erase nothing."""
    viewer = viewer_of(request)
    require_duty("erase", role=viewer.role, user=viewer.user)
    return bool(request.POST.get("sure"))
