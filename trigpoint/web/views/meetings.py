"""The meetings of the partnership: the calendar, and each meeting's page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from trigpoint.core.sharing.duties import require_duty
from trigpoint.web.meeting_tabs import tabs
from trigpoint.web.viewer import viewer_of


def calendar(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    require_duty("read_meetings", role=viewer.role, user=viewer.user)
    return render(request, "pages/meetings.html", tabs("meetings", viewer.role))
