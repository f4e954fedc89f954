"""Downloads: the same question, the same answer, as a file that says what it is."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from trigpoint.gate.export import FORMS, export
from trigpoint.gate.questions import question_from_words
from trigpoint.web.presenters.analyses import ANALYSES
from trigpoint.web.viewer import viewer_of

KINDS = frozenset({"counts", "series", "sites", "notices", "coverage", "events", "totals"}) | set(ANALYSES)


@require_GET
def export_file(request: HttpRequest, kind: str, form: str) -> HttpResponse:
    """GET /export/<kind>.<form>?…; the words of the address are the question's, and no other is let through."""
    if kind not in KINDS or form not in FORMS:
        raise Http404
    question = question_from_words(kind, dict(request.GET.lists()))
    made = export(viewer_of(request), question, form, timezone.now(), may_wait=False)
    response = HttpResponse(made.content, content_type=made.media_type)
    response["Content-Disposition"] = f'attachment; filename="{made.name}"'
    return response
