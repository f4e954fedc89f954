"""Releases: the list, the builder, one release with what was taken out of it, and what is shared with the reader."""

import hashlib
from base64 import b64encode
from collections.abc import Callable
from datetime import date

from csp.decorators import csp_update
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trigpoint.changes.clearances import clear_records, list_clearances, own_feeds, take_back_clearance
from trigpoint.changes.deliveries import feed_titles
from trigpoint.changes.release_building import build_release
from trigpoint.changes.release_proof import ReleaseRefused
from trigpoint.changes.release_reading import (
    being_restated,
    list_releases,
    open_release,
    preview_release,
    release,
    shared_with,
)
from trigpoint.changes.releases import (
    approve_release,
    issue_release,
    propose_release,
    refuse_release,
    who_approve,
    withdraw_release,
)
from trigpoint.changes.told_text import TextRefused
from trigpoint.core.sharing.duties import DUTIES, require_duty
from trigpoint.core.workflow.release import ReleaseMoveRefused
from trigpoint.gate.audiences import audiences_of
from trigpoint.gate.denial import QuestionError, ReadDenied
from trigpoint.gate.ledger import agency_names, agreement_titles
from trigpoint.gate.release_choices import districts_of_home, recipients_of_home, whole_quarters
from trigpoint.gate.release_style import STYLE
from trigpoint.web.acting import carried_out, who_and_when, whole_number
from trigpoint.web.meeting_tabs import tabs
from trigpoint.web.presenters.releases import (
    feed_lines,
    moves_of,
    release_line,
    removed_lines,
    still_may_approve,
    withheld_sentence,
)
from trigpoint.web.viewer import viewer_of

REFUSED = (ReleaseRefused, ReleaseMoveRefused, TextRefused, QuestionError, ReadDenied)
KINDS = {"html": "text/html; charset=utf-8", "pdf": "application/pdf"}
MOST_QUARTERS = 4
STYLE_ALLOWED = f"'sha256-{b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()}'"
"""The style inside a release's page, by its digest: nothing else inline may run or be read."""


@require_GET
def release_list(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    require_duty("approve_release", role=viewer.role, user=viewer.user)
    agencies, today = dict(agency_names()), timezone.localdate()
    every = [(one, release_line(one, agencies, today)) for one in list_releases(by=viewer.user)]
    page = {
        "waiting": [line for one, line in every if one.state in ("proposed", "approved")],
        "drafts": [line for one, line in every if one.state == "draft"],
        "issued": [line for one, line in every if one.state == "issued"],
        "ended": [line for one, line in every if one.state in ("refused", "withdrawn")],
        "may_make": viewer.role in DUTIES["make_release"],
        "own_feeds": own_feeds(by=viewer.user),
        "clearances": list_clearances(by=viewer.user),
        "feed_titles": feed_titles(),
        "agencies": dict(agency_names()),
        "audience_titles": {one.code: one.title for one in audiences_of().values()},
        "audiences": audiences_of().values(),
    }
    return render(request, "pages/releases.html", page | tabs("releases", viewer.role))


@require_POST
def clear(request: HttpRequest) -> HttpResponse:
    """The originator clears records handled C of a feed for an audience, or takes that back (`what` is back)."""
    told, who = request.POST, who_and_when(request)
    feed, audience = told.get("feed", ""), told.get("audience", "")
    if told.get("what") == "back":
        take_back_clearance(feed=feed, audience=audience, **who)
    else:
        clear_records(feed=feed, audience=audience, **who)
    messages.success(request, "Kept. It holds for releases made from now on.")
    return redirect("releases")


@require_http_methods(["GET", "POST"])
def new_release(request: HttpRequest) -> HttpResponse:
    """The builder: for whom, which quarters, which districts, to which agencies. Nothing leaves by pressing its button."""
    viewer = viewer_of(request)
    require_duty("make_release", role=viewer.role, user=viewer.user)
    refused = ""
    if request.method == "POST":
        try:
            number = _built(request)
        except REFUSED as refusal:
            refused = str(refusal)
        else:
            messages.success(request, f"Release {number} is made. Look at it, then propose it.")
            return redirect("release", number=number)
    page = {
        "refused": refused,
        "audiences": audiences_of().values(),
        "quarters": [(one.isoformat(), f"{one:%B %Y}") for one in whole_quarters(timezone.localdate())],
        "many": range(1, MOST_QUARTERS + 1),
        "districts": districts_of_home(),
        "agencies": recipients_of_home(),
        "given": request.POST,
        "chosen_districts": request.POST.getlist("district"),
        "chosen_recipients": request.POST.getlist("recipient"),
    }
    return render(
        request,
        "pages/new_release.html",
        page | tabs("releases", viewer.role),
        status=400 if refused else 200,
    )


def _built(request: HttpRequest) -> int:
    told = request.POST
    try:
        first_on, quarters = date.fromisoformat(told.get("first", "")), int(told.get("quarters", ""))
    except ValueError:
        raise ReleaseRefused("Choose the first quarter and how many there are.") from None
    return build_release(
        audience=told.get("audience", ""),
        first_on=first_on,
        quarters=quarters,
        districts=told.getlist("district"),
        recipients=told.getlist("recipient"),
        title=told.get("title", ""),
        **who_and_when(request),
    )


@require_GET
def one_release(request: HttpRequest, number: int) -> HttpResponse:
    viewer = viewer_of(request)
    one = release(number=number, by=viewer.user)
    page = {
        "release": one,
        "line": release_line(one, dict(agency_names()), timezone.localdate()),
        "removed": removed_lines(one, agreement_titles()),
        "withheld": withheld_sentence(one),
        "moves": moves_of(one, user=viewer.user, role=viewer.role),
        "feeds": feed_lines(one, agreement_titles()),
        "still_may": still_may_approve(one, who_approve(), dict(agency_names())),
        "own": one.author == viewer.user,
    }
    return render(request, "pages/release.html", page | tabs("releases", viewer.role))


@require_POST
def move(request: HttpRequest, number: int) -> HttpResponse:
    """`what` is propose, approve, refuse, issue or withdraw; `version` is that of the page it was pressed on."""
    told, who = request.POST, who_and_when(request)
    version, reason = whole_number(told.get("version", "")), told.get("reason", "")
    ways: dict[str, Callable[[], object]] = {
        "propose": lambda: propose_release(number=number, version=version, **who),
        "approve": lambda: approve_release(number=number, **who),
        "refuse": lambda: refuse_release(number=number, reason=reason, **who),
        "issue": lambda: issue_release(number=number, version=version, **who),
        "withdraw": lambda: withdraw_release(number=number, reason=reason, version=version, **who),
    }
    way = ways.get(told.get("what", ""))
    if way is None:
        raise Http404
    carried_out(request, way, refused=REFUSED, said="Kept.")
    return redirect("release", number=number)


@require_GET
@csp_update({"style-src": [STYLE_ALLOWED]})  # type: ignore[arg-type]  # its types know views without arguments only
def preview(request: HttpRequest, number: int) -> HttpResponse:
    """The page as it would leave."""
    return HttpResponse(
        preview_release(number=number, by=viewer_of(request).user), content_type=KINDS["html"]
    )


@require_GET
def shared(request: HttpRequest) -> HttpResponse:
    """What was released to the reader's agency and is not over."""
    viewer = viewer_of(request)
    agencies, today = dict(agency_names()), timezone.localdate()
    lines = [release_line(one, agencies, today) for one in shared_with(by=viewer.user, on=today)]
    gone = [
        (release_line(one, agencies, today), one.restating != "cannot")
        for one in being_restated(by=viewer.user, on=today)
    ]
    page = {"lines": lines, "gone": gone, "may_approve": viewer.role in DUTIES["approve_release"]}
    return render(request, "pages/shared.html", page)


@require_GET
@csp_update({"style-src": [STYLE_ALLOWED]})  # type: ignore[arg-type]  # its types know views without arguments only
def shared_file(request: HttpRequest, number: int, form: str) -> HttpResponse:
    """A release as issued: `html` opens, `page` and `pdf` come as files."""
    kind = "pdf" if form == "pdf" else "html"
    if form not in ("html", "page", "pdf"):
        raise Http404
    content = open_release(number=number, form=kind, by=viewer_of(request).user, at=timezone.now())
    answer = HttpResponse(content, content_type=KINDS[kind])
    if form != "html":
        answer["Content-Disposition"] = f'attachment; filename="release-{number}.{kind}"'
    return answer
