"""Disruption and enforcement: what is in force, what ends before the next meeting, and what is missing both ways."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from trigpoint.core.sharing.duties import DUTIES, require_duty
from trigpoint.gate.in_place import IN_PLACE_M
from trigpoint.gate.landing_questions import landing_test
from trigpoint.gate.meeting_terms import home_terms
from trigpoint.web.asking import asked
from trigpoint.web.asking_softly import asked_softly
from trigpoint.web.early_told import early
from trigpoint.web.enforcement_told import area_names, ends_by_quadrant
from trigpoint.web.meeting_tabs import tabs
from trigpoint.web.presenters.enforcement import gap_rows, idle_notices, kinds_told
from trigpoint.web.standing_words import standing_months
from trigpoint.web.viewer import viewer_of


@require_GET
def enforcement(request: HttpRequest) -> HttpResponse:
    """Each part is asked as the person signed in; one that is refused or still worked out leaves the others."""
    viewer, today = viewer_of(request), timezone.localdate()
    require_duty("read_meetings", role=viewer.role, user=viewer.user)
    notices = asked_softly(request, "notices", {})
    matrix = asked_softly(
        request,
        "around",
        {
            **landing_test(asked(request, "choices", {})),
            "radius": str(IN_PLACE_M),
            **standing_months(request, 12),
        },
    )
    areas = area_names(request)
    page = {
        "notices": notices,
        "kinds": kinds_told(notices.answer, today) if notices.answer is not None else [],
        "quadrants": ends_by_quadrant(
            request, today=today, cadence_months=home_terms().cadence_months, by=viewer.user, notices=notices
        ),
        "matrix": matrix,
        "gaps": gap_rows(matrix.answer) if matrix.answer is not None else [],
        "idle": idle_notices(matrix.answer, areas) if matrix.answer is not None else [],
        "hotspots": matrix.answer.about["hotspots"] if matrix.answer is not None else 0,
        "within_m": IN_PLACE_M,
        "early": early(request),
        "may_decide": viewer.role in DUTIES["decide"],
    }
    return render(request, "pages/enforcement.html", page | tabs("enforcement", viewer.role))
