"""The HTTP API: what the map asks. Session only, same origin, nothing kept; each answer comes from the gate."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from ninja import NinjaAPI
from ninja.security import SessionAuth

from trigpoint.gate.denial import BeingMadeAnew, NotWorkedOut, QuestionError, ReadDenied
from trigpoint.web.api.agenda import router as agenda
from trigpoint.web.api.answers import being_worked_out
from trigpoint.web.api.answers import router as answers
from trigpoint.web.api.decisions import router as decisions
from trigpoint.web.api.described import described_api
from trigpoint.web.api.insight import router as insight
from trigpoint.web.api.layers import router as layers
from trigpoint.web.api.map import router as map_questions
from trigpoint.web.api.minutes import router as minutes
from trigpoint.web.api.overlays import router as overlays
from trigpoint.web.api.places import router as places
from trigpoint.web.api.present import router as present
from trigpoint.web.api.renderer import StrictJson
from trigpoint.web.api.tasks import router as tasks
from trigpoint.web.api.time import router as time_questions
from trigpoint.web.api.uploads import router as uploads
from trigpoint.web.api.views import router as saved_views

__all__ = ["api", "described"]

api = NinjaAPI(
    title="Trigpoint",
    docs_url=None,
    openapi_url=None,
    auth=SessionAuth(),
    renderer=StrictJson(),
    urls_namespace="api",
)
api.add_router("", map_questions)
api.add_router("", answers)
api.add_router("", agenda)
api.add_router("", decisions)
api.add_router("", insight)
api.add_router("", layers)
api.add_router("", minutes)
api.add_router("", overlays)
api.add_router("", places)
api.add_router("", present)
api.add_router("", tasks)
api.add_router("", time_questions)
api.add_router("", uploads)
api.add_router("", saved_views)


@api.get("/openapi.json")
def openapi(request: HttpRequest) -> dict[str, object]:
    """What this API is, OpenAPI 3.0."""
    return described()


def described() -> dict[str, object]:
    """The description of every endpoint."""
    base = reverse("api:api-root")
    return described_api(api.get_openapi_schema(path_prefix=base), base)


@api.exception_handler(ReadDenied)
def _denied(request: HttpRequest, refusal: ReadDenied) -> HttpResponse:
    told = {"detail": refusal.reason, "sentence": refusal.reason, "clause": refusal.clause}
    return api.create_response(request, told, status=403)


@api.exception_handler(QuestionError)
def _wrong(request: HttpRequest, refusal: QuestionError) -> HttpResponse:
    return api.create_response(request, {"detail": str(refusal), "sentence": str(refusal)}, status=400)


@api.exception_handler(BeingMadeAnew)
def _anew(request: HttpRequest, refusal: BeingMadeAnew) -> HttpResponse:
    return api.create_response(request, {"detail": str(refusal), "sentence": str(refusal)}, status=503)


@api.exception_handler(NotWorkedOut)
def _wait(request: HttpRequest, wait: NotWorkedOut) -> HttpResponse:
    return api.create_response(request, being_worked_out(request, wait), status=202)


@api.exception_handler(Http404)
def _absent(request: HttpRequest, refusal: Http404) -> HttpResponse:
    return api.create_response(request, {"detail": "There is no such address."}, status=404)
