"""Questions to the meeting: what the analysis asks and members ask, answered, made an action, or left open."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from trigpoint.changes.meeting_questions import (
    QuestionRefused,
    adopt_question,
    answer_question,
    drop_question,
    list_questions,
    raise_question,
    reopen_question,
)
from trigpoint.changes.named_places import list_places
from trigpoint.changes.sittings import Sitting
from trigpoint.changes.told_text import TextRefused
from trigpoint.core.sharing.duties import DUTIES
from trigpoint.gate.ledger import agency_names
from trigpoint.gate.quadrants import home_quadrants
from trigpoint.web.asking_softly import Part, asked_softly
from trigpoint.web.deciding import sitting_for
from trigpoint.web.meeting_tabs import tabs
from trigpoint.web.presenters.meeting_questions import evidence_link, offered
from trigpoint.web.presenters.words import day_words
from trigpoint.web.standing_words import standing_level, standing_months
from trigpoint.web.viewer import viewer_of
from trigpoint.web.views.actions import able_agencies

REFUSED = (QuestionRefused, TextRefused)


@require_GET
def question_list(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    told = list_questions(by=viewer.user)
    analysis = _from_analysis(request)
    names = dict(agency_names())
    page = {
        "open": [(one, evidence_link(one.evidence)) for one in told if one.is_open],
        "settled": [one for one in told if not one.is_open],
        "analysis": analysis,
        "offered": offered(analysis.answer, told, names),
        "places": [one for one in list_places(by=viewer.user) if one.is_open],
        "agencies": able_agencies(),
        "may_decide": viewer.role in DUTIES["decide"],
    }
    return render(request, "pages/questions.html", page | tabs("questions", viewer.role))


@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """A member's question, to the meeting that comes next."""
    told, by = request.POST, request.user.get_username()
    place = next((one for one in list_places(by=by) if str(one.number) == told.get("place")), None)
    sitting = sitting_for(place.district if place else "", timezone.localdate(), by)
    try:
        raise_question(
            text=told.get("text", ""), asked_of=told.get("asked_of", ""), place=place.number if place else None,
            meeting=sitting.number if sitting else None, by=by, at=timezone.now(),
        )  # fmt: skip
    except REFUSED as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, f"The question is asked of {_meeting_words(sitting)}. It stays until it is answered."
        )
    return redirect("questions")


@require_POST
def adopt(request: HttpRequest) -> HttpResponse:
    """Put a question of the analysis to the meeting: asked anew, so that only what the analysis asks can be adopted."""
    by, analysis = request.user.get_username(), _from_analysis(request)
    found = next(
        (one for one in offered(analysis.answer, (), {}) if one.key == request.POST.get("key")), None
    )
    if found is None:
        messages.error(request, analysis.sentence or "The analysis does not ask this any more.")
        return redirect("questions")
    sitting = sitting_for(found.district, timezone.localdate(), by)
    adopt_question(
        rule=found.rule, key=found.key, text=found.text, evidence=found.evidence, asked_of=found.owner,
        meeting=sitting.number if sitting else None, by=by, at=timezone.now(),
    )  # fmt: skip
    messages.success(request, f"It is put to {_meeting_words(sitting)}.")
    return redirect("questions")


@require_POST
def settle(request: HttpRequest, number: int) -> HttpResponse:
    """`state` answered with `answer`, dropped, or open again."""
    told, by, at = request.POST, request.user.get_username(), timezone.now()
    version = int(told["version"]) if told.get("version", "").isdigit() else 0
    try:
        if told.get("state") == "answered":
            answer_question(number=number, answer=told.get("answer", ""), version=version, by=by, at=at)
        elif told.get("state") == "dropped":
            drop_question(number=number, version=version, by=by, at=at)
        else:
            reopen_question(number=number, version=version, by=by, at=at)
    except REFUSED as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Saved.")
    return redirect("questions")


def _meeting_words(sitting: Sitting | None) -> str:
    """ "the meeting of South on 2 December"; "the next meeting" where none is planned."""
    if sitting is None:
        return "the next meeting, which is not planned yet"
    names = {one.code: one.name for one in home_quadrants()}
    named = names.get(sitting.quadrant, sitting.quadrant) or "the county"
    return f"the meeting of {named} on {day_words(sitting.held_on)}"


def _from_analysis(request: HttpRequest) -> Part:
    return asked_softly(
        request, "questions", {"level": [standing_level(request)], **standing_months(request, 12)}
    )
