"""Time on the map: two periods compared."""

from django.http import HttpRequest
from ninja import Router

from trigpoint.web.api.map import agencies
from trigpoint.web.asking import asked
from trigpoint.web.presenters.change import change_json
from trigpoint.web.presenters.picture import named

Json = dict[str, object]
router = Router()


@router.get("/change")
def change(request: HttpRequest) -> Json:
    """The filters of the picture and `with=FROM..TO`: which units hold fewer, more, or cannot be compared."""
    return change_json(asked(request, "change", dict(request.GET.lists())), named(agencies()))
