"""Time on the map: two periods compared, and the months in which somebody was silent."""

from django.http import HttpRequest
from ninja import Router

from trigpoint.web.api.map import agencies
from trigpoint.web.asking import asked
from trigpoint.web.presenters.change import change_json, silent_months_json
from trigpoint.web.presenters.picture import named

Json = dict[str, object]
router = Router()
SILENCE_WORDS = ("agency", "feed", "known")


@router.get("/change")
def change(request: HttpRequest) -> Json:
    """The filters of the picture and `with=FROM..TO`: which units hold fewer, more, or cannot be compared."""
    return change_json(asked(request, "change", dict(request.GET.lists())), named(agencies()))


@router.get("/silent-months")
def silent_months(request: HttpRequest) -> list[Json]:
    """Months in which a feed was silent, of the agencies asked about, over the whole history."""
    kept = {word: request.GET.getlist(word) for word in SILENCE_WORDS if word in request.GET}
    return silent_months_json(asked(request, "silence", {"level": "district", **kept}))
