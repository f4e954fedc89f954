"""The presentation to the room: a page of its own, that the front end wakes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from trigpoint.changes.meetings import meeting
from trigpoint.gate.ledger import publication_in_use
from trigpoint.web.asking import asked
from trigpoint.web.meeting.frozen_days import frozen_link, frozen_links
from trigpoint.web.presenters.choices import nothing_shown
from trigpoint.web.viewer import viewer_of


@require_GET
def present_page(request: HttpRequest) -> HttpResponse:
    """`quadrant` as on the landing page, or a `meeting`, which is shown as it was frozen; `today=yes` begins with today.

    Nothing published and nothing to be seen are said, as everywhere.
    """
    if publication_in_use() is None:
        return render(request, "pages/hot_now.html", {"nothing_published": True})
    if sentences := nothing_shown(asked(request, "choices", {})):
        return render(request, "pages/nothing_shown.html", {"sentences": sentences})
    quadrant, number = request.GET.get("quadrant", ""), request.GET.get("meeting", "")
    if number.isdecimal() and len(number) < 10:
        of = meeting(number=int(number), by=viewer_of(request).user)
        quadrant, frozen = of.quadrant, frozen_link(of)
    else:
        number, frozen = "", next(iter(frozen_links(request, quadrant)), None)
    shown = {"quadrant": quadrant, "frozen": frozen, "number": number, "today": request.GET.get("today")}
    return render(request, "pages/present.html", shown)
