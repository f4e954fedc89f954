"""From a request to the year's page and paper, and to the page on what an agency's feeds added."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from trigpoint.changes.meetings import list_meetings
from trigpoint.changes.papers import hand_out
from trigpoint.changes.runs import request_run
from trigpoint.changes.year_told import year_told
from trigpoint.core.sharing.duties import DUTIES, require_contribution_of
from trigpoint.core.workflow.after import YearSpan, span_of_year
from trigpoint.gate.denial import QuestionError
from trigpoint.gate.export import Exported
from trigpoint.gate.ledger import OPEN_DATA, READ_ALL, agency_names
from trigpoint.gate.marking import marking_of_home
from trigpoint.gate.quadrants import home_quadrants
from trigpoint.web.after.added import Added, added_of
from trigpoint.web.after.added_file import added_csv
from trigpoint.web.after.arriving import arriving
from trigpoint.web.after.year import Year, year_of
from trigpoint.web.after.year_paper import told_year
from trigpoint.web.hot_now.sources import Heard, sources_of
from trigpoint.web.meeting_tabs import tabs
from trigpoint.web.pack.paper import paper_pdf
from trigpoint.web.presenters.words import day_words
from trigpoint.web.viewer import viewer_of

__all__ = ["added_file", "added_page", "year_file", "year_page"]

YEARS = 6


def year_page(request: HttpRequest) -> dict[str, object]:
    """The context of the board's year. Raises ChangeDenied for whom it is not, QuestionError for a year there is not."""
    viewer = viewer_of(request)
    return {
        **tabs("year", viewer.role),
        "told": _year(request),
        "years": _years(),
        "late_of_own": viewer.role not in READ_ALL,
    }


def year_file(request: HttpRequest) -> Exported:
    """The same as a paper: made under its maker's rights, and put on record."""
    at, told = timezone.now(), _year(request)
    paper = told_year(told, county=settings.TRIGPOINT_COUNTY, marking=marking_of_home(), at=at)
    file = f"the-year-{told.span.year}{'-to-date' if told.span.to_date else ''}.pdf"
    content = paper_pdf(paper, "year", at)
    _put_on_record(request, "year", "pdf", file, told.publication, at)
    return Exported(file, "application/pdf", content)


def added_page(request: HttpRequest) -> dict[str, object]:
    """The context. Raises ChangeDenied for another agency's people, QuestionError for an agency there is not."""
    viewer = viewer_of(request)
    told = _added(request)
    every = viewer.role in DUTIES["read_contributions"]
    return {
        **tabs("added", viewer.role),
        "told": told,
        "years": _years(),
        "agencies": [one for one in agency_names() if one[0] != OPEN_DATA] if every else [],
        "meetings": _closed(viewer.user) if viewer.role in DUTIES["read_meetings"] else [],
        "since": request.GET.get("since", ""),
    }


def added_file(request: HttpRequest) -> Exported:
    """The page's figures as a CSV file, put on record."""
    at, told = timezone.now(), _added(request)
    file = f"what-{told.agency}-added-{told.span.first:%Y-%m}.csv".replace("_", "-")
    content = added_csv(told, marking=marking_of_home(), at=at)
    _put_on_record(request, "added", "csv", file, told.publication, at)
    return Exported(file, "text/csv; charset=utf-8", content)


def _year(request: HttpRequest) -> Year:
    viewer, span = viewer_of(request), _span(request)
    told = year_told(span=span, by=viewer.user)
    heard = Heard(sources_of(request))
    names = {one.code: one.name for one in home_quadrants()}
    found = year_of(told, span, heard, names, arriving(viewer, span, timezone.now()))
    _begin(request, heard)
    return found


def _added(request: HttpRequest) -> Added:
    viewer = viewer_of(request)
    known = [code for code, _ in agency_names() if code != OPEN_DATA]
    first = known[0] if viewer.role in DUTIES["read_contributions"] and known else ""
    agency = request.GET.get("agency", "") or viewer.agency or first
    require_contribution_of(agency, role=viewer.role, user=viewer.user, own=viewer.agency)
    if agency not in known:
        raise QuestionError(f"There is no agency '{agency}'.")
    span = _since(request) or _span(request)
    told = year_told(span=span, by=viewer.user)
    heard = Heard(sources_of(request))
    came = [one for one in arriving(viewer, span, timezone.now()) if one.agency == agency]
    found = added_of(agency, told, span, heard, came)
    _begin(request, heard)
    return found


def _span(request: HttpRequest) -> YearSpan:
    told, today = request.GET.get("year", ""), timezone.localdate()
    if told and not (told.isascii() and told.isdigit() and len(told) == 4):
        raise QuestionError("A year has four figures.")
    try:
        return span_of_year(int(told or today.year), today)
    except ValueError as refusal:
        raise QuestionError(str(refusal)) from refusal


def _since(request: HttpRequest) -> YearSpan | None:
    """From the month of a meeting on, for whoever reads meetings; None where none is named."""
    told = request.GET.get("since", "")
    if not told:
        return None
    viewer, today = viewer_of(request), timezone.localdate()
    found = [one for one in list_meetings(by=viewer.user) if str(one.number) == told]
    if not found or found[0].held_on > today:
        raise QuestionError("Choose a meeting that was held.")
    day = found[0].held_on
    running = span_of_year(today.year, today)
    label = f"since the meeting of {day_words(day)}"
    return replace(running, first=day.replace(day=1), end=today + timedelta(days=1), label=label)


def _closed(by: str) -> Sequence[tuple[int, str]]:
    found = [one for one in list_meetings(by=by) if one.state == "closed"]
    return [(one.number, f"{one.quadrant_name}, {day_words(one.held_on)}") for one in reversed(found)]


def _years() -> list[int]:
    this = timezone.localdate().year
    return [this - back for back in range(YEARS)]


def _begin(request: HttpRequest, heard: Heard) -> None:
    for wait in heard.waits:
        request_run(viewer_of(request), wait.question, at=timezone.now())


def _put_on_record(
    request: HttpRequest, paper: str, form: str, file: str, publication: str, at: datetime
) -> None:
    hand_out(
        viewer_of(request), paper=paper, form=form, file=file, publication=int(publication or 0), meeting=None,
        at=at, duty="read_year",
    )  # fmt: skip
