"""What the pages on joint insight and on journeys ask."""

from django.http import HttpRequest
from ninja import Router

from trigpoint.web.api.map import agencies
from trigpoint.web.asking import asked
from trigpoint.web.presenters.joint import joint_json
from trigpoint.web.presenters.journeys import journeys_json

Json = dict[str, object]
router = Router()


@router.get("/joint")
def joint(request: HttpRequest) -> Json:
    """Places of the joined records, and what every group of agencies still shows of them; or 202 with a run."""
    return joint_json(asked(request, "joint", dict(request.GET.lists())), agencies())


@router.get("/journeys")
def journeys(request: HttpRequest) -> Json:
    """Flows that enough people make, between areas and to stations."""
    return journeys_json(asked(request, "flows", dict(request.GET.lists())))
