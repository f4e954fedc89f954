"""The page of an answer that is being worked out: it looks again by itself, at the same address, or is stopped."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from trigpoint.changes.runs import NoSuchRun, request_run, run_told, stop_run
from trigpoint.gate.denial import NotWorkedOut
from trigpoint.web.viewer import viewer_of

LOOK_AGAIN_S = 2


def waiting_page(request: HttpRequest, wait: NotWorkedOut) -> HttpResponse:
    """Begin the run, or find the one that was begun, and say how far it is. 202, and looked at again in two seconds."""
    viewer = viewer_of(request)
    run = run_told(request_run(viewer, wait.question, at=timezone.now()), by=viewer.user)
    shown = {"run": run, "sentence": str(wait)}
    response = render(request, "pages/being_worked_out.html", shown, status=202)
    if run.stage in ("queued", "running"):
        response["Refresh"] = str(LOOK_AGAIN_S)
    return response


@require_POST
def stop(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Stop a run of one's own. Somebody else's is none: whether there is one is not told."""
    try:
        stop_run(str(run_id), by=viewer_of(request).user, at=timezone.now())
    except NoSuchRun:
        if not _was_mine(request, run_id):
            raise Http404 from None
        messages.info(request, "It had ended already.")
    else:
        messages.info(request, "Stopped. Nothing of it is kept; asked again, it begins anew.")
    return redirect("analyses")


def _was_mine(request: HttpRequest, run_id: UUID) -> bool:
    try:
        run_told(str(run_id), by=viewer_of(request).user)
    except NoSuchRun:
        return False
    return True
