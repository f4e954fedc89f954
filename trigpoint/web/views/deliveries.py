"""What came in: the list of deliveries, one receipt a page, and asking for a new version of the facts."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from trigpoint.changes.publishing import (
    NoSuchRequest,
    latest_publication_request,
    publication_request,
    request_publication,
)
from trigpoint.core.sharing.duties import DUTIES, ChangeDenied
from trigpoint.gate.ledger import deliveries, delivery, files_before
from trigpoint.web.presenters.progress import ProgressPage, progress_page
from trigpoint.web.presenters.receipt import receipt_page
from trigpoint.web.viewer import viewer_of


@require_GET
def delivery_list(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    lines = deliveries(viewer, timezone.now())
    may_publish = viewer.role in DUTIES["publish"]
    latest = latest_publication_request() if may_publish else None
    shown = {
        "lines": lines,
        "rows_in": sum(line.input for line in lines),
        "rows_waiting": sum(line.quarantined for line in lines),
        "may_publish": may_publish,
        "latest": None if latest is None else progress_page(latest),
    }
    return render(request, "pages/deliveries.html", shown)


@require_GET
def delivery_receipt(request: HttpRequest, number: int) -> HttpResponse:
    viewer, now = viewer_of(request), timezone.now()
    line = delivery(viewer, number, now)
    if line is None:
        raise Http404
    earlier = files_before(viewer, line, now)
    most = max((each.input for each in earlier), default=0)
    shown = {"receipt": receipt_page(line), "earlier": earlier, "most": most}
    return render(request, "pages/receipt.html", shown)


@require_POST
def publish(request: HttpRequest) -> HttpResponse:
    try:
        asked = request_publication(by=request.user.get_username(), at=timezone.now())
    except ChangeDenied as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    return redirect("publication_progress", request_id=asked)


@require_GET
def publication_progress(request: HttpRequest, request_id: UUID) -> HttpResponse:
    progress = progress_of(request, request_id)
    response = render(request, "pages/progress.html", {"progress": progress})
    if not progress.finished:
        response["Refresh"] = "2"
    return response


def progress_of(request: HttpRequest, request_id: UUID) -> ProgressPage:
    """How far a request has come. Raises PermissionDenied for those who do not publish, Http404."""
    if viewer_of(request).role not in DUTIES["publish"]:
        raise PermissionDenied
    try:
        return progress_page(publication_request(str(request_id)))
    except NoSuchRequest as fault:
        raise Http404 from fault
