"""The analyses as pages: a list of the questions, and each answer as a sentence and tables."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from trigpoint.gate.answers import Answer
from trigpoint.gate.denial import QuestionError, ReadDenied
from trigpoint.gate.landing_questions import whole_months
from trigpoint.gate.question_words import CHOSEN, COUNTS, DAYS, LISTED, NUMBERED, TEXTS
from trigpoint.gate.questions import Question
from trigpoint.gate.standing import months_that_are_over
from trigpoint.web.asking import asked
from trigpoint.web.presenters.analyses import ANALYSES, Analysis, analysis_form, carried_words
from trigpoint.web.presenters.analysis_questions import cards, rules_told
from trigpoint.web.presenters.analysis_told import told
from trigpoint.web.presenters.begun_notices import Begun, begun_notices
from trigpoint.web.presenters.choices import coded, nothing_shown
from trigpoint.web.presenters.trace import trace_of

Words = dict[str, list[str]]
NEEDED = {
    "evaluation": (
        ("around", "plan"),
        "Say around which place something was done, and on which day it began; or give the number of a plan. "
        "On the map, the notices in the panel of a place lead here with both filled in.",
    )
}
KNOWN = {"level", "q", "hours", "weekdays", "stability", *CHOSEN, *DAYS, *LISTED, *TEXTS, *COUNTS, *NUMBERED}
LISTS = ("agencies", "themes", "feeds", "classes", "districts")


@require_GET
def analyses(request: HttpRequest) -> HttpResponse:
    """The questions; to somebody who may see no record, why, rather than a list that answers nothing."""
    if sentences := nothing_shown(asked(request, "choices", {})):
        return render(request, "pages/nothing_shown.html", {"sentences": sentences})
    return render(request, "pages/analyses.html", {"analyses": list(ANALYSES.values())})


@require_GET
def analysis(request: HttpRequest, kind: str) -> HttpResponse:
    """One analysis. Where it needs a place and none is given, its form alone; what cannot be asked is said over it."""
    if kind not in ANALYSES:
        raise Http404
    one, choices = ANALYSES[kind], asked(request, "choices", {})
    words = _words(request, one, choices)
    lists = {name: coded(choices.parts[name]) for name in LISTS}
    given = {word: request.GET.get(word, "") for word in request.GET} | {
        "months_back": _months_back(request, one),
    }
    given["level"] = given.get("level") or usual_level(kind)
    page: dict[str, object] = {
        "analysis": one,
        "fields": analysis_form(one, given, lists),
        "carried": carried_words(one, words),
    }
    needs, ask_for = NEEDED.get(kind, ((), ""))
    if needs and not any(word in words for word in needs):
        return render(request, "pages/analysis.html", page | {"ask_for": ask_for, "begun": _begun(request)})
    try:
        answer = asked(request, kind, words)
    except QuestionError as refusal:
        return render(request, "pages/analysis.html", page | {"refused": str(refusal)}, status=400)
    names = {name: {one["code"]: one["name"] for one in listed} for name, listed in lists.items()}
    page |= _answered(answer, names, words)
    return render(request, "pages/analysis.html", page)


def _answered(answer: Answer, names: Mapping[str, Mapping[str, str]], words: Words) -> dict[str, object]:
    page: dict[str, object] = {
        "told": told(answer, names, words),
        "trace": trace_of(answer, names["agencies"]),
        "query": f"?{urlencode(words, doseq=True)}",
    }
    if answer.kind == "questions":
        page |= {"cards": cards(answer, names["agencies"]), "rules": rules_told(answer)}
    return page


def usual_level(kind: str) -> str:
    """The level a kind is asked at where nobody says, as people write it."""
    return Question(kind).level_word


def _begun(request: HttpRequest) -> tuple[Begun, ...]:
    """Notices of which it can be asked what they changed; none where they may not be read."""
    try:
        return begun_notices(asked(request, "notices", {}), today=timezone.localdate())
    except ReadDenied:
        return ()


def _months_back(request: HttpRequest, one: Analysis) -> str:
    return request.GET.get("months_back") or str(one.months or "all")


def _words(request: HttpRequest, one: Analysis, choices: Answer) -> Words:
    """The question's words and, where they name no period, the months that are over."""
    words = {
        word: [value for value in values if value] for word, values in request.GET.lists() if word in KNOWN
    }
    words = {word: values for word, values in words.items() if values}
    back = _months_back(request, one)
    if one.months and back.isdigit() and not {"from", "to"} & set(words):
        start, end = months_that_are_over(
            *whole_months(choices, today=timezone.localdate()), months=int(back), today=timezone.localdate()
        )
        words |= {"from": [start.isoformat()], "to": [end.isoformat()]}
    return words
