"""The map page: a shell that the front end wakes, and beneath it the same question as a form and a table."""

import json
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from trigpoint.core.sharing.duties import DUTIES
from trigpoint.gate.answers import Answer
from trigpoint.gate.basemap import basemap_file
from trigpoint.gate.denial import QuestionError, ReadDenied
from trigpoint.gate.landing_questions import whole_months
from trigpoint.gate.ledger import agency_names, publication_in_use
from trigpoint.web.asking import asked
from trigpoint.web.meeting.frozen_days import meeting_days, meeting_on
from trigpoint.web.presenters.choices import choosable, last_year, nothing_shown
from trigpoint.web.presenters.counts_table import counts_table
from trigpoint.web.presenters.filters import filter_form, filter_words
from trigpoint.web.presenters.trace import trace_of
from trigpoint.web.viewer import viewer_of

DEFAULT_LEVEL = "ward"


@require_GET
def map_page(request: HttpRequest) -> HttpResponse:
    """What the table cannot show with these filters is said in its place; the map says so in its own way.

    To somebody who may see no record at all, whatever the filters, the page says why instead of a map.
    """
    shown: dict[str, object] = {
        "basemap_url": reverse("basemap") if basemap_file() else None,
        "meeting_days": json.dumps(
            [{"day": day.isoformat(), "words": words} for day, words in meeting_days(request)]
        ),
        "meeting_on": meeting_on(request),
        "may_decide": viewer_of(request).role in DUTIES["decide"],
        "may_check": viewer_of(request).role in DUTIES["sense_check"],
    }
    if publication_in_use() is None:
        return render(request, "pages/map.html", shown | {"nothing_published": True})
    choices = asked(request, "choices", {})
    if sentences := nothing_shown(choices):
        return render(request, "pages/nothing_shown.html", {"sentences": sentences})
    return render(request, "pages/map.html", shown | table_parts(request, choices))


@require_GET
def table_page(request: HttpRequest) -> HttpResponse:
    """The table by itself. Raises QuestionError where nothing has been published."""
    return render(request, "pages/table.html", table_parts(request, asked(request, "choices", {})))


def table_parts(request: HttpRequest, choices: Answer) -> dict[str, object]:
    """The filter form and the counts it asks for, the last twelve months where no period is named."""
    words = filter_words(request.GET)
    words.setdefault("level", [DEFAULT_LEVEL])
    today = timezone.localdate()
    period = last_year(whole_months(choices, today=today), today=today)
    if "from" not in words and "to" not in words:
        words["from"], words["to"] = [period[0].isoformat()], [period[1].isoformat()]
    told = (words.get("from", [""])[0], words.get("to", [""])[0])
    form = filter_form(request.GET, choosable(choices), level=words["level"][0], period=told)
    return {"filters": form, **_counts(request, words)}


def _counts(request: HttpRequest, words: dict[str, list[str]]) -> dict[str, object]:
    try:
        answer = asked(request, "counts", words)
    except (QuestionError, ReadDenied) as refusal:
        return {"refused": str(refusal)}
    return {
        "counts": counts_table(answer, query=_query(words)),
        "trace": trace_of(answer, dict(agency_names())),
    }


def _query(words: dict[str, list[str]]) -> str:
    return f"?{urlencode(words, doseq=True)}"
