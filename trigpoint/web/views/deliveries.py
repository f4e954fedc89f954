"""What came in: the list of deliveries, one receipt a page, and asking for a new version of the facts."""

from collections.abc import Callable
from datetime import datetime
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
from trigpoint.changes.quarantine import still_waiting
from trigpoint.changes.uploads import waiting_uploads
from trigpoint.core.sharing.duties import DUTIES, ChangeDenied
from trigpoint.core.sharing.viewer import Viewer
from trigpoint.gate.denial import QuestionError, ReadDenied
from trigpoint.gate.ledger import (
    DeliveryLine,
    agency_names,
    deliveries,
    delivery,
    files_before,
    may_see_rows,
    rows_waiting,
)
from trigpoint.gate.receipt_file import NoSuchDelivery, receipt_json, receipt_workbook
from trigpoint.web.asking import asked
from trigpoint.web.presenters.progress import ProgressPage, progress_page
from trigpoint.web.presenters.receipt import receipt_page
from trigpoint.web.presenters.unplaced import phrases_of
from trigpoint.web.presenters.upload import upload_page
from trigpoint.web.viewer import viewer_of

MOST_LISTED = 100
MOST_PHRASES = 3
Writer = Callable[[Viewer, int, datetime], str | bytes]
RECEIPT_FILES: dict[str, tuple[Writer, str]] = {
    "json": (receipt_json, "application/json"),
    "xlsx": (receipt_workbook, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


@require_GET
def delivery_list(request: HttpRequest) -> HttpResponse:
    """`definition` narrows the list to one feed; without `all`, the newest MOST_LISTED are listed."""
    viewer = viewer_of(request)
    only = request.GET.get("definition", "")
    lines = [one for one in deliveries(viewer, timezone.now()) if only in ("", one.definition)]
    listed = lines if "all" in request.GET else lines[:MOST_LISTED]
    may_publish = viewer.role in DUTIES["publish"]
    latest = latest_publication_request() if may_publish else None
    uploads = waiting_uploads(viewer.user, timezone.now())
    shown = {
        "lines": listed,
        "any_erased": any(one.erased for one in listed),
        "files": len(lines),
        "more": len(lines) - len(listed),
        "only": only,
        "rows_in": sum(line.input for line in lines),
        "rows_waiting": rows_waiting(viewer),
        "may_load": viewer.role in DUTIES["load"],
        "may_define": viewer.role in DUTIES["define"],
        "may_publish": may_publish,
        "latest": None if latest is None else progress_page(latest),
        "uploads": [upload_page(one, dict(agency_names())) for one in uploads],
    }
    return render(request, "pages/deliveries.html", shown)


@require_GET
def delivery_receipt(request: HttpRequest, number: int) -> HttpResponse:
    viewer = viewer_of(request)
    line = told_line(request, number)
    earlier = files_before(viewer, line, timezone.now())
    waiting = still_waiting(number) if line.quarantined and may_see_rows(viewer, line.agency) else None
    shown = {"receipt": receipt_page(line, earlier), "waiting": waiting, **_phrases(request, line)}
    return render(request, "pages/receipt.html", shown)


def _phrases(request: HttpRequest, line: DeliveryLine) -> dict[str, object]:
    """The phrases of the feed that wait for this viewer, the most telling few of them."""
    if viewer_of(request).role not in DUTIES["place"] or line.kind != "records":
        return {}
    try:
        found = phrases_of(asked(request, "unplaced", {}), dict(agency_names()), line.definition)
    except (QuestionError, ReadDenied):
        return {}
    return {"phrases": found[:MOST_PHRASES], "phrases_waiting": len(found)}


@require_GET
def receipt_file(request: HttpRequest, number: int, form: str) -> HttpResponse:
    """The receipt to send back, as JSON or as a workbook. Its rows' cells are for those who may mend them."""
    if form not in RECEIPT_FILES:
        raise Http404
    write, kind = RECEIPT_FILES[form]
    try:
        told = write(viewer_of(request), number, timezone.now())
    except NoSuchDelivery as fault:
        raise Http404 from fault
    response = HttpResponse(told, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="receipt-{number}.{form}"'
    return response


def told_line(request: HttpRequest, number: int) -> DeliveryLine:
    """The ledger's line, to those who may read it. Raises Http404."""
    line = delivery(viewer_of(request), number, timezone.now())
    if line is None:
        raise Http404
    return line


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
