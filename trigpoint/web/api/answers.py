"""Every kind of question, in the words of `trigpoint ask`; and how far one that takes longer has come."""

import json
from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from ninja import Router

from trigpoint.changes.runs import NoSuchRun, RunTold, request_run, run_told, stop_run
from trigpoint.gate.denial import NotWorkedOut
from trigpoint.gate.kind_rules import KINDS
from trigpoint.gate.ledger import agency_names
from trigpoint.gate.show import json_text
from trigpoint.web.asking import asked
from trigpoint.web.presenters.trace import trace_json
from trigpoint.web.viewer import viewer_of

Json = dict[str, object]
router = Router()


@router.get("/answers/{kind}")
def answers(request: HttpRequest, kind: str) -> Json:
    """{about, rows, parts, trace}; or 202 with a run to wait for, after which the same address has the answer."""
    if kind not in KINDS:
        raise Http404
    answer = asked(request, kind, dict(request.GET.lists()))
    told: Json = json.loads(json_text(answer))
    return told | {"trace": trace_json(answer, dict(agency_names()))}


def being_worked_out(request: HttpRequest, wait: NotWorkedOut) -> Json:
    """The run that was begun, for whoever must wait: its id, a sentence, and where to ask how far it has come."""
    run_id = request_run(viewer_of(request), wait.question, at=timezone.now())
    return {"run": run_id, "sentence": str(wait), "progress": reverse("api:run", args=[run_id])}


@router.get("/runs/{run_id}", url_name="run")
def run(request: HttpRequest, run_id: UUID) -> Json:
    return _as_json(_told(request, run_id))


@router.post("/runs/{run_id}/stop", url_name="run_stop")
def stop(request: HttpRequest, run_id: UUID) -> Json:
    try:
        stop_run(str(run_id), by=viewer_of(request).user, at=timezone.now())
    except NoSuchRun:
        raise Http404 from None
    return _as_json(_told(request, run_id))


def _told(request: HttpRequest, run_id: UUID) -> RunTold:
    try:
        return run_told(str(run_id), by=viewer_of(request).user)
    except NoSuchRun:
        raise Http404 from None


def _as_json(told: RunTold) -> Json:
    return {
        "run": told.id,
        "kind": told.kind,
        "stage": told.stage,
        "done": told.done,
        "whole": told.whole,
        "fault": told.fault,
    }
