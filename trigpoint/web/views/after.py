"""After a meeting and after a year: what came of it, what a feed added, and the year on one page for the board."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from trigpoint.gate.export import Exported
from trigpoint.web.after.meeting_after import after_page
from trigpoint.web.after.pages import added_file, added_page, year_file, year_page


@require_GET
def after_meeting(request: HttpRequest, number: int) -> HttpResponse:
    """Of one closed meeting, under the reader's own rights."""
    return render(request, "pages/meeting_after.html", after_page(request, number))


@require_GET
def year(request: HttpRequest) -> HttpResponse:
    """`year` is a number; without it the year that runs."""
    return render(request, "pages/year.html", year_page(request))


@require_GET
def year_pdf(request: HttpRequest) -> HttpResponse:
    return _sent(year_file(request))


@require_GET
def added(request: HttpRequest) -> HttpResponse:
    """`agency` is a code, one's own without it; `year` a number, or `since` the number of a meeting."""
    return render(request, "pages/added.html", added_page(request))


@require_GET
def added_csv(request: HttpRequest) -> HttpResponse:
    return _sent(added_file(request))


def _sent(made: Exported) -> HttpResponse:
    response = HttpResponse(made.content, content_type=made.media_type)
    response["Content-Disposition"] = f'attachment; filename="{made.name}"'
    return response
