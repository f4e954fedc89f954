"""Who saw what: the audit, for information governance."""

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from trigpoint.changes.audit_told import read_audit
from trigpoint.gate.denial import BeingMadeAnew, QuestionError
from trigpoint.gate.ledger import agency_names, agreement_titles
from trigpoint.gate.release_choices import area_names
from trigpoint.web.acting import who_and_when, whole_number
from trigpoint.web.presenters.audit import GROUP_WORDS, ROLE_WORDS, shown_line

WEEK = timedelta(days=6)


@require_GET
def audit(request: HttpRequest) -> HttpResponse:
    """The last seven days, or those asked for; by kind, agency and role."""
    told = request.GET
    last = _day(told.get("to", "")) or timezone.localdate()
    first = min(_day(told.get("from", "")) or last - WEEK, last)
    chosen = {name: told.get(name, "") for name in ("group", "agency", "role")}
    found = read_audit(
        first=first,
        last=last,
        group=chosen["group"],
        agency=chosen["agency"],
        role=chosen["role"],
        page=whole_number(told.get("page", "")) or 1,
        **who_and_when(request),
    )
    agencies, areas, titles = dict(agency_names()), _areas(), agreement_titles()
    words = told.copy()
    words.pop("page", None)
    page = {
        "lines": [shown_line(one, agencies, areas, titles) for one in found.lines],
        "found": found,
        "by_role": [
            {
                **one,
                "agency": agencies.get(one["agency"], "No agency"),
                "role": ROLE_WORDS.get(one["role"], one["role"]),
            }
            for one in found.by_role
        ],
        "first": first,
        "last": last,
        **chosen,
        "groups": GROUP_WORDS.items(),
        "agencies": agencies.items(),
        "roles": ROLE_WORDS.items(),
        "words": words.urlencode(),
        "earlier": found.page + 1 if found.page < found.pages else None,
        "later": found.page - 1 if found.page > 1 else None,
    }
    return render(request, "pages/audit.html", page)


def _areas() -> dict[str, str]:
    """Names of districts and wards; none while the facts are being made anew, or before there are any."""
    try:
        return area_names()
    except (QuestionError, BeingMadeAnew):
        return {}


def _day(told: str) -> date | None:
    try:
        return date.fromisoformat(told)
    except ValueError:
        return None
