"""The definitions: what each kind of file is read as, and a new one made from a sample."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from trigpoint.changes.definitions import listed_definitions
from trigpoint.core.sharing.duties import DUTIES
from trigpoint.gate.ledger import agency_names
from trigpoint.web.viewer import viewer_of


@require_GET
def definition_list(request: HttpRequest) -> HttpResponse:
    _require_definer(request)
    names = dict(agency_names())
    groups: dict[str, list[object]] = {name: [] for name in names.values()}
    for one in listed_definitions():
        groups.setdefault(names.get(one.agency, one.agency), []).append(one)
    shown = [(name, found) for name, found in groups.items() if found]
    return render(request, "pages/definitions.html", {"groups": shown})


def _require_definer(request: HttpRequest) -> None:
    if viewer_of(request).role not in DUTIES["define"]:
        raise PermissionDenied
