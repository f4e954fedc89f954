"""What was planted in a demo county, for whoever has looked for it first. A real home has no such page."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from trigpoint.gate.ledger import publication_in_use
from trigpoint.gate.truths import NothingPlanted, planted_truths
from trigpoint.web.asking import asked
from trigpoint.web.presenters.choices import coded
from trigpoint.web.presenters.truths import truth_rows
from trigpoint.web.viewer import viewer_of


@require_GET
def truths(request: HttpRequest) -> HttpResponse:
    if not settings.TRIGPOINT_DEMO:
        raise Http404
    try:
        planted = planted_truths(viewer_of(request), timezone.now())
    except NothingPlanted:
        raise Http404 from None
    shown = {
        "truths": truth_rows(planted, _feed_names(request)),
        "unplanted": sorted(planted.unplanted.items()),
    }
    return render(request, "pages/truths.html", shown)


def _feed_names(request: HttpRequest) -> dict[str, str]:
    if publication_in_use() is None:
        return {}
    return {one["code"]: one["name"] for one in coded(asked(request, "choices", {}).parts["feeds"])}
