"""A pressed form, in one shape for every page: who acts and when, what the form says, done, or refused in words."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone

__all__ = ["carried_out", "version_seen", "who_and_when", "whole_number"]

Refusals = tuple[type[Exception], ...]


def who_and_when(request: HttpRequest) -> dict[str, Any]:
    """`by` and `at` of a change: whoever is signed in, now."""
    return {"by": request.user.get_username(), "at": timezone.now()}


def carried_out(
    request: HttpRequest, change: Callable[[], object], *, refused: Refusals, said: str = "Saved."
) -> bool:
    """Make the change and say so ("" says nothing); one of `refused` is said instead, as the change words it.

    Gives whether it was made. What is not in `refused` is raised: a denial and a 409 have pages of their own.
    """
    try:
        change()
    except refused as refusal:
        messages.error(request, str(refusal))
        return False
    if said:
        messages.success(request, said)
    return True


def version_seen(request: HttpRequest) -> int:
    """Which version the writer saw; 0, which is none, where the form does not say."""
    return whole_number(request.POST.get("version", "")) or 0


def whole_number(told: str) -> int | None:
    """A whole number of a form, not below nought and below 10⁹; None for anything else."""
    text = told.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
