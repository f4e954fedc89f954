"""The page of an answer that is being worked out: it looks again by itself, at the same address."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from trigpoint.changes.runs import request_run, run_told
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
