"""What holds for every answer that leaves: who may ask at all, and that nobody keeps a copy on the way."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import reverse

from trigpoint.changes.editing import ChangedMeanwhile, NoSuchThing
from trigpoint.core.sharing.duties import ChangeDenied
from trigpoint.gate.denial import BeingMadeAnew, NotWorkedOut, QuestionError, ReadDenied
from trigpoint.web.tokens import CHALLENGE, read_by_tokens
from trigpoint.web.views.errors import (
    being_made_anew_page,
    both_versions_page,
    denied_page,
    not_found,
    not_yours_page,
    wrong_question_page,
)
from trigpoint.web.views.runs import waiting_page

NEVER_STORED = "private, no-store"
READ_BY_PROGRAMS = ("/api/", "/export/", "/basemap.pmtiles")


class SignedInMiddleware(LoginRequiredMiddleware):
    """Nothing without a session. A page sends its reader to sign in; an address read by a program says 401."""

    def get_login_url(self, view_func: Callable[..., HttpResponseBase]) -> str:
        return reverse("demo_sign_in" if settings.TRIGPOINT_DEMO else settings.LOGIN_URL)

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        if read_by_tokens(request.path):
            told = {"code": "NotAuthorised", "description": "Send a token. Your account page makes one."}
            return JsonResponse(told, status=401, headers={"WWW-Authenticate": CHALLENGE})
        if request.path.startswith(READ_BY_PROGRAMS):
            return JsonResponse({"detail": "Sign in first."}, status=401)
        return super().handle_no_permission(request, view_func)


class NeverStoredMiddleware:
    """`private, no-store` on every answer whose view did not itself ask for `private` revalidation."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not response.get("Cache-Control", "").startswith("private, no-cache"):
            response["Cache-Control"] = NEVER_STORED
        return response


class RefusalMiddleware:
    """A refusal of the gate becomes a page that says why, in the words the gate found safe to show.

    What takes longer is given to the worker, and its page comes back to the same address by itself.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, refusal: Exception) -> HttpResponse | None:
        if isinstance(refusal, ReadDenied):
            return denied_page(request, reason=refusal.reason, clause=refusal.clause)
        if isinstance(refusal, BeingMadeAnew):
            return being_made_anew_page(request, reason=str(refusal))
        if isinstance(refusal, QuestionError):
            return wrong_question_page(request, reason=str(refusal))
        if isinstance(refusal, NotWorkedOut):
            return waiting_page(request, refusal)
        if isinstance(refusal, ChangeDenied):
            return not_yours_page(request, reason=str(refusal))
        if isinstance(refusal, ChangedMeanwhile):
            return both_versions_page(request, refusal)
        if isinstance(refusal, NoSuchThing):
            return not_found(request)
        return None
