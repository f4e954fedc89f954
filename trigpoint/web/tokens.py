"""Programs that ask with a token: who they ask as, and how often they may. A token is never read from an address."""

import base64
import binascii
from collections.abc import Callable

from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from trigpoint.changes.tokens import TokenHolder, holder_of
from trigpoint.web.viewer import act_as

__all__ = ["ASKED_A_MINUTE", "CHALLENGE", "REFUSED_A_MINUTE", "TokenMiddleware", "read_by_tokens", "token_in"]

OPEN_TO_TOKENS = "/ogc"
CHALLENGE = 'Basic realm="Trigpoint: any user name, your token as the password", charset="UTF-8"'
ASKED_A_MINUTE = 600
"""Requests that one token may make; a desktop program that pages through a county's streets makes dozens."""
REFUSED_A_MINUTE = 20
"""Wrong tokens that one address may send before it is told to wait. Right ones still pass: nobody is locked out."""
MINUTE_S = 60


def read_by_tokens(path: str) -> bool:
    """Whether a token opens this address: the features, and nothing else."""
    return path == OPEN_TO_TOKENS or path.startswith(f"{OPEN_TO_TOKENS}/")


def token_in(header: str) -> str | None:
    """The token in an `Authorization` header: after Bearer, or as the password of Basic; None where it has neither."""
    scheme, _, rest = header.strip().partition(" ")
    if scheme.lower() == "bearer":
        return rest.strip()
    if scheme.lower() != "basic":
        return None
    try:
        pair = base64.b64decode(rest.strip(), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""
    return pair.partition(":")[2]


class TokenMiddleware:
    """Makes a request with a token that of the person who made it. Stands after the session's own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = token_in(request.headers.get("Authorization", "")) if read_by_tokens(request.path) else None
        if key is None:
            return self.get_response(request)
        holder = holder_of(key, timezone.now()) if key else None
        if holder is None:
            return _refused(request)
        if _too_many(f"token:{holder.number}", ASKED_A_MINUTE):
            return _slower()
        _become(request, holder)
        return self.get_response(request)


def _become(request: HttpRequest, holder: TokenHolder) -> None:
    request.user = get_user_model().objects.get(username=holder.user)
    act_as(request, holder.purpose)


def _refused(request: HttpRequest) -> HttpResponse:
    if _too_many(f"refused:{request.META.get('REMOTE_ADDR', '')}", REFUSED_A_MINUTE):
        return _slower()
    told = "This token is not known, has ended or was revoked. Make one on your account page."
    response = JsonResponse({"code": "NotAuthorised", "description": told}, status=401)
    response["WWW-Authenticate"] = CHALLENGE
    return response


def _slower() -> HttpResponse:
    told = {
        "code": "TooManyRequests",
        "description": "Too many requests in a minute. Wait a minute, then go on.",
    }
    response = JsonResponse(told, status=429)
    response["Retry-After"] = str(MINUTE_S)
    return response


def _too_many(what: str, most: int) -> bool:
    """Counts one more in this minute, and says whether it is beyond the most. The cache is shared by every process."""
    key = f"trigpoint-rate:{what}:{int(timezone.now().timestamp()) // MINUTE_S}"
    if cache.add(key, 1, MINUTE_S * 2):
        return False
    try:
        return cache.incr(key) > most
    except ValueError:
        return False
