"""Events that more than one feed tells."""

from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from trigpoint.gate.landing_questions import whole_months
from trigpoint.gate.ledger import agency_names
from trigpoint.web.asking import asked
from trigpoint.web.presenters.choices import coded
from trigpoint.web.presenters.coverage import MOST_MONTHS
from trigpoint.web.presenters.linked_events import events_page, finest_for_all
from trigpoint.web.presenters.trace import trace_of

LEVELS = (("ward", "By ward"), ("district", "By district"))


@require_GET
def linked_events(request: HttpRequest) -> HttpResponse:
    """`district` narrows it to one, `months=all` shows the whole history, `level` says how finely places are told.

    Left to itself the page tells places by ward, unless that would leave out a feed that is kept to the district.
    """
    choices = asked(request, "choices", {})
    districts = coded(choices.parts["districts"])
    usual = finest_for_all(choices.parts["feeds"])
    chosen = {
        "district": _among(request.GET.get("district", ""), {one["code"] for one in districts}, ""),
        "months": _among(request.GET.get("months", ""), {"all"}, ""),
        "level": _among(request.GET.get("level", ""), {code for code, _ in LEVELS}, usual),
    }
    question = _question(chosen, whole_months(choices, today=timezone.localdate()))
    answer = asked(request, "events", question)
    names = {one["code"]: one["name"] for one in districts}
    if chosen["level"] == "ward":
        names |= {
            one["code"]: one["name"] for one in coded(asked(request, "shapes", {"level": "ward"}).columns)
        }
    agencies = dict(agency_names())
    page = events_page(answer, agencies=agencies, areas=names, page=_page_number(request.GET.get("page", "")))
    shown = {
        "events": page,
        "trace": trace_of(answer, agencies),
        "districts": districts,
        "levels": LEVELS,
        "usual": usual,
        "chosen": chosen,
        "address": f"?{urlencode({word: told for word, told in chosen.items() if told})}",
        "export_query": f"?{urlencode(question, doseq=True)}",
    }
    return render(request, "pages/events.html", shown)


def _question(chosen: dict[str, str], span: tuple[date, date]) -> dict[str, str | list[str]]:
    """The question's words: without `months=all`, the last thirteen months that there are, as on the coverage page."""
    start, end = span
    months = end.year * 12 + end.month - 1 - MOST_MONTHS
    since = start if chosen["months"] else max(start, date(months // 12, months % 12 + 1, 1))
    question: dict[str, str | list[str]] = {
        "level": chosen["level"], "from": since.isoformat(), "to": end.isoformat(),
    }  # fmt: skip
    return question | ({"within": [chosen["district"]]} if chosen["district"] else {})


def _among(told: str, known: set[str], otherwise: str) -> str:
    return told if told in known else otherwise


def _page_number(told: str) -> int:
    return int(told) if told.isascii() and told.isdigit() and len(told) < 7 else 1
