"""Bring a file through the browser: the form, its progress, its preview, the decision."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trigpoint.changes.incoming import UploadRefused, largest_bytes, size_words
from trigpoint.changes.uploads import (
    NoSuchUpload,
    UploadTold,
    cancel_upload,
    decide_upload,
    loadable_definitions,
    restart_upload,
    start_upload,
    upload_told,
)
from trigpoint.core.sharing.duties import ChangeDenied
from trigpoint.gate.ledger import agency_names
from trigpoint.web.forms import BringForm
from trigpoint.web.presenters.upload import definition_choices, upload_page
from trigpoint.web.spooling import SpoolHandler, taking_a_file

JSON = "application/json"


def _refused(request: HttpRequest, refusal: UploadRefused) -> HttpResponse:
    if request.headers.get("Accept", "") == JSON:
        return JsonResponse({"sentence": str(refusal)}, status=refusal.status)
    return _form_page(request, None, str(refusal), refusal.status)


def _choices(request: HttpRequest) -> list[tuple[str, list[tuple[str, str]]]]:
    found = loadable_definitions(request.user.get_username())
    if not found:
        raise PermissionDenied
    return definition_choices(found, agency_names())


@require_http_methods(["GET", "POST"])
@taking_a_file(refused=_refused, may=_choices)
def bring_file(request: HttpRequest, *, handler: SpoolHandler | None) -> HttpResponseBase:
    """GET shows the form; POST takes the file and leads to its page (to its address, where JSON is asked for)."""
    if handler is None:
        return _form_page(request, None, "", 200)
    form = BringForm(_choices(request), request.POST)
    if not form.is_valid():
        fault = " ".join(str(each) for faults in form.errors.values() for each in faults)
        raise UploadRefused(fault)
    if handler.received is None:
        raise UploadRefused("Choose a file.")
    try:
        upload = start_upload(
            file=handler.received,
            definition=form.cleaned_data["definition"],
            received_at=form.received_at(),
            extracted_on=form.cleaned_data["extracted_on"],
            by=request.user.get_username(),
            at=timezone.now(),
        )
    except ChangeDenied as denial:
        raise PermissionDenied(str(denial)) from denial
    handler.incoming = None
    url = reverse("upload", args=[upload])
    return JsonResponse({"url": url}) if request.headers.get("Accept", "") == JSON else redirect(url)


@require_GET
def upload(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """Progress while it is read, the preview when it is, the receipt when it is in, the reason where it is not."""
    told = told_upload(request, upload_id)
    if told.delivery is not None:
        return redirect("delivery", number=told.delivery)
    page = upload_page(told, dict(agency_names()))
    template = "pages/upload_preview.html" if told.stage == "ready" else "pages/upload.html"
    return render(request, template, {"upload": page})


@require_POST
def decide(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    told_upload(request, upload_id)
    accept = request.POST.get("decision") == "accept"
    try:
        decide_upload(
            upload_id=str(upload_id),
            accept=accept,
            reason=request.POST.get("reason", ""),
            by=request.user.get_username(),
            at=timezone.now(),
        )
    except UploadRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("upload", upload_id=upload_id)


@require_POST
def cancel(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    told_upload(request, upload_id)
    cancel_upload(upload_id=str(upload_id), by=request.user.get_username(), at=timezone.now())
    return redirect("upload", upload_id=upload_id)


@require_POST
def restart(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    told_upload(request, upload_id)
    try:
        restart_upload(upload_id=str(upload_id), by=request.user.get_username(), at=timezone.now())
    except UploadRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("upload", upload_id=upload_id)


def told_upload(request: HttpRequest, upload_id: UUID) -> UploadTold:
    """The upload, to those who may load its feed. Raises Http404, PermissionDenied."""
    try:
        return upload_told(str(upload_id), request.user.get_username(), timezone.now())
    except NoSuchUpload as fault:
        raise Http404 from fault
    except ChangeDenied as denial:
        raise PermissionDenied(str(denial)) from denial


def _form_page(request: HttpRequest, form: BringForm | None, fault: str, status: int) -> HttpResponse:
    shown = {
        "form": form
        or BringForm(_choices(request), initial={"definition": request.GET.get("definition", "")}),
        "fault": fault,
        "most": size_words(largest_bytes()),
        "most_bytes": largest_bytes(),
    }
    return render(request, "pages/bring_file.html", shown, status=status)
