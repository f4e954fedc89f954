"""Erasure, withdrawal and retention, for information governance."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from trigpoint.changes.erasure import (
    ErasureRefused,
    erase_rows,
    list_erasures,
    retain,
    retention_due,
    withdraw_delivery,
)
from trigpoint.changes.told_text import TextRefused
from trigpoint.web.viewer import viewer_of

REFUSED = (ErasureRefused, TextRefused)


@require_GET
def erasures(request: HttpRequest) -> HttpResponse:
    by = viewer_of(request).user
    page = {"told": list_erasures(by=by), "due": retention_due(by=by, at=timezone.now())}
    return render(request, "pages/erasure.html", page)


@require_POST
def erase(request: HttpRequest) -> HttpResponse:
    """`what` is rows, with their numbers, or delivery for the whole of it."""
    told, by, at = request.POST, request.user.get_username(), timezone.now()
    try:
        delivery = _number(told.get("delivery", ""))
        reason = told.get("reason", "")
        if told.get("what") == "delivery":
            withdraw_delivery(delivery=delivery, reason=reason, by=by, at=at)
        else:
            rows = [_number(one) for one in told.get("rows", "").split(",") if one.strip()]
            erase_rows(delivery=delivery, rows=rows, reason=reason, by=by, at=at)
    except REFUSED as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Gone from the deliveries and from every version of the facts.")
    return redirect("erasure")


@require_POST
def keep_no_longer(request: HttpRequest) -> HttpResponse:
    many = len(retain(by=request.user.get_username(), at=timezone.now()))
    messages.success(request, f"{many} deliveries hold less now." if many else "Nothing was due.")
    return redirect("erasure")


def _number(told: str) -> int:
    if not told.strip().isdigit():
        raise ErasureRefused("Deliveries and rows are numbers.")
    return int(told)
