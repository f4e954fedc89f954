"""Papers for the meeting: the pack, a problem profile, a district sheet, each made when somebody asks for it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from trigpoint.changes.meetings import list_meetings
from trigpoint.changes.told_text import TextRefused
from trigpoint.core.sharing.duties import require_duty
from trigpoint.core.sharing.viewer import Viewer
from trigpoint.gate.export import Exported
from trigpoint.gate.quadrants import home_quadrants
from trigpoint.web.asking import asked
from trigpoint.web.hot_now.period import months_of
from trigpoint.web.hot_now.places import hotspot_table
from trigpoint.web.meeting_tabs import tabs
from trigpoint.web.pack.making import FORMS, district_file, pack_file, profile_file
from trigpoint.web.pack.profile import BOXES, checked_boxes
from trigpoint.web.presenters.choices import coded
from trigpoint.web.viewer import viewer_of

MOST_CLOSED = 6


@require_GET
def papers(request: HttpRequest) -> HttpResponse:
    """What there is to be made, and for which meeting."""
    viewer = _at_the_table(request)
    choices, today = asked(request, "choices", {}), timezone.localdate()
    months = months_of(choices, today=today)
    tested = asked(request, "hotspots", {**months.test, **months.words})
    meetings = list_meetings(by=viewer.user)
    coming = [one for one in meetings if one.held_on >= today]
    page = {
        "coming": coming,
        "closed": [one for one in reversed(meetings) if one.state == "closed"][:MOST_CLOSED],
        "quadrants": home_quadrants(),
        "places": hotspot_table(tested),
        "districts": coded(choices.parts["districts"]),
        **tabs("papers", viewer.role),
    }
    return render(request, "pages/papers.html", page)


@require_GET
def pack(request: HttpRequest, form: str) -> HttpResponse:
    """`meeting` is a meeting's number; without it the coming one of `quadrant`, "" for the county."""
    _at_the_table(request)
    if form not in FORMS:
        raise Http404
    number = request.GET.get("meeting", "")
    made = pack_file(
        request,
        form,
        number=int(number) if number.isdecimal() else None,
        quadrant=request.GET.get("quadrant", ""),
    )
    return _sent(made)


@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest, letter: str) -> HttpResponse:
    """The form with its boxes; posted, the PDF. A box that seems to tell of somebody is refused, and nothing is lost."""
    viewer = _at_the_table(request)
    page = {"letter": letter, **tabs("papers", viewer.role)}
    if request.method == "GET":
        return render(request, "pages/profile_form.html", {**page, "boxes": [(box, "") for box in BOXES]})
    form = {box.name: request.POST.get(box.name, "") for box in BOXES}
    try:
        boxes = checked_boxes(form)
    except TextRefused as refusal:
        filled = [(box, form[box.name]) for box in BOXES]
        return render(
            request, "pages/profile_form.html", {**page, "boxes": filled, "refused": str(refusal)}, status=422
        )
    return _sent(profile_file(request, letter, boxes))


@require_GET
def district(request: HttpRequest, code: str) -> HttpResponse:
    _at_the_table(request)
    return _sent(district_file(request, code))


def _at_the_table(request: HttpRequest) -> Viewer:
    viewer = viewer_of(request)
    require_duty("read_meetings", role=viewer.role, user=viewer.user)
    return viewer


def _sent(made: Exported) -> HttpResponse:
    response = HttpResponse(made.content, content_type=made.media_type)
    response["Content-Disposition"] = f'attachment; filename="{made.name}"'
    return response
