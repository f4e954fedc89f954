"""The link of a saved view: its question asked anew, with the rights of whoever opens it."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from trigpoint.changes.saved_views import NoSuchView, opened_view
from trigpoint.gate.denial import QuestionError, ReadDenied
from trigpoint.web.asking import asked
from trigpoint.web.presenters.filters import filter_words
from trigpoint.web.viewer import viewer_of


@require_GET
def saved_view(request: HttpRequest, number: int) -> HttpResponse:
    """On to the map where the opener may ask this; else the sentence that says why not, or which word is no more."""
    try:
        view = opened_view(number=number, by=viewer_of(request).user)
    except NoSuchView:
        raise Http404 from None
    query = f"?{view.query}" if view.query else ""
    address = reverse("map") + query
    try:
        asked(request, "counts", {"level": ["cell"]} | filter_words(QueryDict(view.query)))
    except (QuestionError, ReadDenied) as refusal:
        denied = isinstance(refusal, ReadDenied)
        shown = {"name": view.name, "sentence": str(refusal), "denied": denied, "address": address}
        return render(request, "pages/saved_view.html", shown, status=403 if denied else 409)
    return HttpResponseRedirect(address)
