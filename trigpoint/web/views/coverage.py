"""Who sent what, and when nothing came."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from trigpoint.gate.ledger import agency_names
from trigpoint.web.asking import asked
from trigpoint.web.presenters.choices import coded, nothing_shown
from trigpoint.web.presenters.coverage import coverage_page
from trigpoint.web.presenters.filters import filter_words
from trigpoint.web.presenters.trace import trace_of


@require_GET
def coverage(request: HttpRequest) -> HttpResponse:
    """`district` narrows it to one; `months=all` shows the whole history."""
    answer = asked(request, "coverage", {"level": "district", **filter_words(request.GET)})
    choices = asked(request, "choices", {})
    districts = coded(choices.parts["districts"])
    district = request.GET.get("district", "")
    chosen = district if district in {one["code"] for one in districts} else ""
    every = request.GET.get("months") == "all"
    agencies = dict(agency_names())
    page = coverage_page(answer, agencies, district=chosen, whole_span=every)
    shown = {
        "coverage": page,
        "trace": trace_of(answer, agencies),
        "districts": districts,
        "district": chosen,
        "every_month": every,
        "shows_deliveries": True,
        "shows_events": not nothing_shown(choices),
    }
    return render(request, "pages/coverage.html", shown)
