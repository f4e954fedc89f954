"""Planning for a family: an area chosen from a list, what was released of it, what is around, whom to ask.

No address is typed and nothing about anybody can be entered: the page has one list and a button.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from trigpoint.changes.release_reading import released_cells
from trigpoint.gate.denial import QuestionError, ReadDenied
from trigpoint.gate.ledger import agency_names
from trigpoint.gate.release_choices import whom_to_ask
from trigpoint.web.asking import asked
from trigpoint.web.presenters.planning import agencies_behind, areas_of, around_lines, known_lines
from trigpoint.web.viewer import viewer_of


@require_GET
def planning(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    shared = released_cells(by=viewer.user, on=timezone.localdate())
    choices = areas_of(shared)
    names = {one.value: one.name for group in choices.values() for one in group}
    chosen = request.GET.get("area", "")
    page: dict[str, object] = {"choices": choices, "chosen": chosen, "name": names.get(chosen, "")}
    if chosen in names:
        kind, _, code = chosen.partition("|")
        page |= {"known": known_lines(shared, kind, code), "around": _around(request, kind, code)}
        page |= {"ask": _ask(agencies_behind(shared), viewer.agency)}
    return render(request, "pages/planning.html", page)


def _around(request: HttpRequest, kind: str, code: str) -> list[tuple[str, str]]:
    if kind != "ward":
        return []
    try:
        return around_lines(asked(request, "sites", {"within": code}), code)
    except (ReadDenied, QuestionError):
        return []


def _ask(agencies: list[str], own: str) -> list[tuple[str, str]]:
    """Agency and role; the reader's own first."""
    names, roles = dict(agency_names()), whom_to_ask()
    ordered = [*([own] if own in roles else []), *(one for one in agencies if one != own and one in roles)]
    return [(names.get(one, one), roles[one]) for one in ordered]
