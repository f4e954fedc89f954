"""The landing page: which places are hot now, each with the question it poses."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from trigpoint.changes.runs import request_run
from trigpoint.core.sharing.duties import DUTIES
from trigpoint.gate.denial import QuestionError, ReadDenied
from trigpoint.gate.ledger import agency_names, publication_in_use
from trigpoint.web.asking import asked
from trigpoint.web.hot_now.again import agenda_again
from trigpoint.web.hot_now.places import WATCHED
from trigpoint.web.hot_now.shown import shown
from trigpoint.web.hot_now.sources import sources_of
from trigpoint.web.meeting.frozen_days import frozen_links
from trigpoint.web.presenters.choices import nothing_shown
from trigpoint.web.presenters.evidence import attributions_of
from trigpoint.web.presenters.trace import trace_of
from trigpoint.web.viewer import viewer_of


@require_GET
def hot_now(request: HttpRequest) -> HttpResponse:
    """Nothing published, nothing to be seen by this person, and nothing that passes the test are told apart.

    What is still being worked out is begun, and said in its own place.
    """
    if publication_in_use() is None:
        return render(request, "pages/hot_now.html", {"nothing_published": True})
    choices = asked(request, "choices", {}, again=True)
    if sentences := nothing_shown(choices):
        return render(request, "pages/nothing_shown.html", {"sentences": sentences})
    if _comes_bare(request):
        whole = f"{request.path}?{urlencode({**request.GET.dict(), 'whole': 'yes'})}"
        return render(request, "pages/hot_now.html", {"put_together_at": whole})
    try:
        found = agenda_again(sources_of(request), choices)
    except (ReadDenied, QuestionError) as refusal:
        return render(request, "pages/hot_now.html", {"denied": str(refusal)})
    for wait in found.waits:
        request_run(viewer_of(request), wait.question, at=timezone.now())
    agencies = dict(agency_names())
    page = {
        "agenda": found,
        "shown": shown(found, request.GET.get("quadrant", "")),
        "watched_title": WATCHED,
        "frozen": frozen_links(request, request.GET.get("quadrant", "")),
        "all_query": urlencode({**found.months.test, **found.months.words}),
        "may_read_papers": viewer_of(request).role in DUTIES["read_meetings"],
        "trace": trace_of(found.tested, agencies),
        "attributions": attributions_of(found.answers),
    }
    return render(request, "pages/hot_now.html", page)


_put_together: set[tuple[object, ...]] = set()
"""For whom, of which version and on which day, this process has put the page together: then it comes whole at once."""


def _comes_bare(request: HttpRequest) -> bool:
    """Whether a browser is shown the frame first: the first look at a version asks a dozen questions, some of them slow.

    The frame fetches the whole page by itself, or is sent on to it where scripts do not run.
    """
    viewer, in_use = viewer_of(request), publication_in_use()
    looks = (viewer.role, viewer.agency, viewer.purpose, in_use, timezone.localdate())
    if looks in _put_together:
        return False
    if request.headers.get("Sec-Fetch-Mode") == "navigate" and request.GET.get("whole") != "yes":
        return True
    if len(_put_together) > 200:
        _put_together.clear()
    _put_together.add(looks)
    return False
