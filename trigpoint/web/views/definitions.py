"""The definitions: what each kind of file is read as, and a new one made from a sample."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trigpoint.changes.definitions import (
    ListedDefinition,
    Sample,
    Trial,
    give_up_sample,
    listed_definitions,
    sample_told,
    save_definition,
    start_sample,
    try_definition,
)
from trigpoint.changes.incoming import UploadRefused
from trigpoint.changes.uploads import NoSuchUpload
from trigpoint.core.sharing.duties import DUTIES
from trigpoint.gate.ledger import agency_names
from trigpoint.ingest.definitions import DefinitionError
from trigpoint.ingest.receipt import LoadRefused
from trigpoint.web.forms import SampleForm
from trigpoint.web.presenters.upload import preview_page
from trigpoint.web.spooling import SpoolHandler, taking_a_file
from trigpoint.web.viewer import viewer_of


def _require_definer(request: HttpRequest) -> None:
    if viewer_of(request).role not in DUTIES["define"]:
        raise PermissionDenied


@require_GET
def definition_list(request: HttpRequest) -> HttpResponse:
    _require_definer(request)
    names = dict(agency_names())
    groups: dict[str, list[ListedDefinition]] = {name: [] for name in names.values()}
    for one in listed_definitions():
        groups.setdefault(names.get(one.agency, one.agency), []).append(one)
    shown = [(name, found) for name, found in groups.items() if found]
    return render(request, "pages/definitions.html", {"groups": shown})


def _refused(request: HttpRequest, refusal: UploadRefused) -> HttpResponse:
    return _sample_form(request, SampleForm(agency_names()), str(refusal), refusal.status)


@require_http_methods(["GET", "POST"])
@taking_a_file(refused=_refused, may=_require_definer)
def new_definition(request: HttpRequest, *, handler: SpoolHandler | None) -> HttpResponseBase:
    """GET asks for a sample; POST drafts a definition from it and leads to the page where it is finished."""
    if handler is None:
        return _sample_form(request, SampleForm(agency_names()), "", 200)
    form = SampleForm(agency_names(), request.POST)
    if not form.is_valid():
        raise UploadRefused(" ".join(str(each) for faults in form.errors.values() for each in faults))
    if handler.received is None:
        raise UploadRefused("Choose a file.")
    try:
        sample = start_sample(
            file=handler.received,
            name=form.cleaned_data["name"],
            agency=form.cleaned_data["agency"],
            by=request.user.get_username(),
            at=timezone.now(),
        )
    except LoadRefused as refusal:
        raise UploadRefused(str(refusal)) from refusal
    handler.incoming = None
    return redirect("definition_draft", sample_id=sample)


@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, sample_id: UUID) -> HttpResponse:
    """The draft in an editor with what it makes of its sample; POST `act` is look, save or give up."""
    sample = _told(request, sample_id)
    text = request.POST.get("text", sample.draft)
    name = request.POST.get("name", sample.name)
    by, at = request.user.get_username(), timezone.now()
    fault = ""
    if request.POST.get("act") == "give up":
        give_up_sample(sample_id=sample.id, by=by, at=at)
        return redirect("definitions")
    if request.POST.get("act") == "save":
        try:
            save_definition(sample_id=sample.id, name=name, text=text, by=by, at=at)
        except (UploadRefused, DefinitionError) as refusal:
            fault = str(refusal)
        else:
            messages.success(request, f"{name} is saved. Files of its kind can be brought from now on.")
            return redirect("definitions")
    trial = _tried(request, sample, text)
    shown = {"sample": sample, "text": text, "name": name, "fault": fault, **_preview(trial)}
    return render(request, "pages/definition_draft.html", shown, status=400 if fault else 200)


@require_POST
def trial(request: HttpRequest, sample_id: UUID) -> HttpResponse:
    """What the text makes of the sample, as the part of the page that shows it."""
    sample = _told(request, sample_id)
    found = _tried(request, sample, request.POST.get("text", ""))
    return render(request, "parts/definition_trial.html", _preview(found))


def _tried(request: HttpRequest, sample: Sample, text: str) -> Trial:
    by = request.user.get_username()
    return try_definition(sample_id=sample.id, text=text, by=by, at=timezone.now())


def _preview(found: Trial) -> dict[str, object]:
    return {"trial_fault": found.fault, "found": preview_page(found.preview) if found.preview else None}


def _told(request: HttpRequest, sample_id: UUID) -> Sample:
    _require_definer(request)
    try:
        return sample_told(str(sample_id), request.user.get_username())
    except NoSuchUpload as fault:
        raise Http404 from fault


def _sample_form(request: HttpRequest, form: SampleForm, fault: str, status: int) -> HttpResponse:
    return render(request, "pages/new_definition.html", {"form": form, "fault": fault}, status=status)
