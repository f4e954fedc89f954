"""The landing page: which places are hot now, each with the question it poses."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from trigpoint.gate.ledger import publication_in_use
from trigpoint.web.asking import asked
from trigpoint.web.hot_now.links import place_href
from trigpoint.web.hot_now.period import TEST, months_of
from trigpoint.web.presenters.choices import nothing_shown
from trigpoint.web.presenters.evidence import attributions_of
from trigpoint.web.presenters.hotspots import concern_rows, hotspot_rows


@require_GET
def hot_now(request: HttpRequest) -> HttpResponse:
    """Nothing published, nothing to be seen by this person, and nothing that passes the test are told apart."""
    if publication_in_use() is None:
        return render(request, "pages/hot_now.html", {"nothing_published": True})
    choices = asked(request, "choices", {})
    if sentences := nothing_shown(choices):
        return render(request, "pages/nothing_shown.html", {"sentences": sentences})
    months = months_of(choices, today=timezone.localdate())
    tested = asked(request, "hotspots", {**TEST, **months.words})
    places = [row | {"href": place_href(row, months)} for row in hotspot_rows(tested)]
    return render(
        request,
        "pages/hot_now.html",
        {
            "places": places,
            "concerns": concern_rows(tested),
            "months": months,
            "attributions": attributions_of([tested]),
        },
    )
