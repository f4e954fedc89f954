"""Who sent what, and when nothing came."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from trigpoint.web.asking import asked
from trigpoint.web.presenters.coverage import coverage_page
from trigpoint.web.presenters.filters import filter_words


@require_GET
def coverage(request: HttpRequest) -> HttpResponse:
    answer = asked(request, "coverage", {"level": "district", **filter_words(request.GET)})
    return render(request, "pages/coverage.html", {"coverage": coverage_page(answer)})
