"""The agenda of places as JSON, for whoever presents it."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from trigpoint.gate.ledger import agency_names
from trigpoint.web.api.answers import being_worked_out
from trigpoint.web.asking import asked
from trigpoint.web.hot_now.again import agenda_again
from trigpoint.web.hot_now.sources import sources_of
from trigpoint.web.hot_now.told import agenda_json

router = Router()


@router.get("/agenda")
def the_agenda(request: HttpRequest) -> dict[str, Any]:
    """The places that are hot now with their letters, and all that the landing page says of them.

    What is still being worked out is begun, and is null here until it is there: ask again.
    """
    found = agenda_again(sources_of(request), asked(request, "choices", {}, again=True))
    runs = [being_worked_out(request, wait) for wait in found.waits]
    return {**agenda_json(found, dict(agency_names())), "runs": runs}
