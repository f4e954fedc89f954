"""Downloads: the same question, the same answer, as CSV, JSON or GeoJSON."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from trigpoint.gate.show import show
from trigpoint.web.asking import asked
from trigpoint.web.presenters.analyses import ANALYSES

KINDS = frozenset({"counts", "series", "sites", "coverage", "events"}) | set(ANALYSES)
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "geojson": "application/geo+json",
}


@require_GET
def export(request: HttpRequest, kind: str, form: str) -> HttpResponse:
    """GET /export/<kind>.<form>?…; the words of the address are the question's, and no other is let through."""
    if kind not in KINDS or form not in TYPES:
        raise Http404
    words = dict(request.GET.lists())
    if form == "geojson":
        words["geometry"] = ["yes"]
    answer = asked(request, kind, words)
    response = HttpResponse(show(answer, form), content_type=TYPES[form])
    name = f"{kind}-publication-{answer.about['publication']}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
