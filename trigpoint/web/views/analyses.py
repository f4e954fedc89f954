"""The analyses as pages: a list of the questions, and each answer as a sentence and tables."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from trigpoint.gate.answers import Answer
from trigpoint.gate.standing import months_that_are_over
from trigpoint.web.asking import asked
from trigpoint.web.presenters.analyses import ANALYSES, Analysis, analysis_form, told
from trigpoint.web.presenters.analysis_words import FIELDS
from trigpoint.web.presenters.choices import coded, whole_months

Words = dict[str, list[str]]
NEEDS_A_PLACE = {"evaluation": ("around", "plan")}


@require_GET
def analyses(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/analyses.html", {"analyses": list(ANALYSES.values())})


@require_GET
def analysis(request: HttpRequest, kind: str) -> HttpResponse:
    """One analysis. Where it needs a place and none is given, its form alone."""
    if kind not in ANALYSES:
        raise Http404
    one, choices = ANALYSES[kind], asked(request, "choices", {})
    words = _words(request, one, choices)
    lists = {name: coded(choices.parts[name]) for name in ("themes", "agencies")}
    given = {word: request.GET.get(word, "") for word in request.GET} | {
        "months_back": _months_back(request, one)
    }
    page: dict[str, object] = {"analysis": one, "fields": analysis_form(one, given, lists)}
    needs = NEEDS_A_PLACE.get(kind, ())
    if needs and not any(word in words for word in needs):
        return render(request, "pages/analysis.html", page)
    page |= {"told": told(asked(request, kind, words)), "query": f"?{urlencode(words, doseq=True)}"}
    return render(request, "pages/analysis.html", page)


def _months_back(request: HttpRequest, one: Analysis) -> str:
    return request.GET.get("months_back") or str(one.months or "all")


def _words(request: HttpRequest, one: Analysis, choices: Answer) -> Words:
    """The question's words: those of the form's fields and, where it names none, the months that are over."""
    known = {FIELDS[name].word for name in one.fields} | {
        "from",
        "to",
        "known",
        "district",
        "counted",
        "within",
    }
    words = {
        word: [value for value in request.GET.getlist(word) if value]
        for word in request.GET
        if word in known and word != "months_back"
    }
    words = {word: values for word, values in words.items() if values}
    back = _months_back(request, one)
    if one.months and back.isdigit() and not {"from", "to"} & set(words):
        start, end = months_that_are_over(
            *whole_months(choices, today=timezone.localdate()), months=int(back), today=timezone.localdate()
        )
        words |= {"from": [start.isoformat()], "to": [end.isoformat()]}
    return words
