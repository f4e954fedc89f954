"""Django tells of sign-ins by signals; here they reach the audit."""

from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.http import HttpRequest
from django.utils import timezone

from trigpoint.changes.accounts import record_failed_sign_in, record_sign_in

WAY_KEY = "sign_in_way"


def connect() -> None:
    user_logged_in.connect(_signed_in, dispatch_uid="trigpoint.signed_in")
    user_login_failed.connect(_failed, dispatch_uid="trigpoint.sign_in_failed")


def _signed_in(sender: object, request: HttpRequest, user: AbstractBaseUser, **_: object) -> None:
    record_sign_in(
        user=user.get_username(),
        agency=getattr(user, "agency_id", None) or "",
        role=getattr(user, "role", ""),
        way=request.session.get(WAY_KEY, "password"),
        at=timezone.now(),
    )


def _failed(sender: object, credentials: dict[str, object], **_: object) -> None:
    record_failed_sign_in(user=str(credentials.get("username", "")), at=timezone.now())
