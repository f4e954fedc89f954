"""The presentation to the room: a page of its own, that the front end wakes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from trigpoint.gate.ledger import publication_in_use
from trigpoint.web.asking import asked
from trigpoint.web.meeting.frozen_days import frozen_links
from trigpoint.web.presenters.choices import nothing_shown


@require_GET
def present_page(request: HttpRequest) -> HttpResponse:
    """`quadrant` as on the landing page. Nothing published and nothing to be seen are said, as everywhere."""
    if publication_in_use() is None:
        return render(request, "pages/hot_now.html", {"nothing_published": True})
    if sentences := nothing_shown(asked(request, "choices", {})):
        return render(request, "pages/nothing_shown.html", {"sentences": sentences})
    quadrant = request.GET.get("quadrant", "")
    shown = {"quadrant": quadrant, "frozen": next(iter(frozen_links(request, quadrant)), None)}
    return render(request, "pages/present.html", shown)
