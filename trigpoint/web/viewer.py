"""The person behind a request, as the gate knows them."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from trigpoint.core.sharing.viewer import DEFAULT_PURPOSE, PURPOSES, Viewer

PURPOSE_KEY = "purpose"
_TOLD = "trigpoint_purpose"


def act_as(request: HttpRequest, purpose: str) -> None:
    """This request is made for a purpose of its own, whatever its session says: a token carries one."""
    setattr(request, _TOLD, purpose)


def viewer_of(request: HttpRequest) -> Viewer:
    """Build the viewer from the signed-in account and the session's purpose; nothing else is believed.

    Raises PermissionDenied for somebody who is not signed in.
    """
    user = request.user
    if not user.is_authenticated:
        raise PermissionDenied
    purpose = getattr(request, _TOLD, None) or request.session.get(PURPOSE_KEY, DEFAULT_PURPOSE)
    return Viewer(
        user=user.get_username(),
        agency=user.agency_id or "",
        role=user.role,
        purpose=purpose if purpose in PURPOSES else DEFAULT_PURPOSE,
    )
