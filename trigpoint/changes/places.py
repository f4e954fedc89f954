"""What people decide of places: what a wording means, and whether a point that many records share is a real one.

Each decision is one transaction and one audit event, and counts from the next publication on. What was written goes
when it has been decided; the decision stays, for every record in which the same agency uses the same words.
"""

import math
from datetime import datetime
from typing import Any

from django.db import transaction

from trigpoint.changes.accounts import Account, account_named
from trigpoint.core.sharing.duties import require_duty, require_own_feed
from trigpoint.db.audit import record_event
from trigpoint.db.models import Delivery, SharedPoint, Wording
from trigpoint.db.models.wording import WordingDecision
from trigpoint.gate.connection import current_version

__all__ = [
    "PlaceRefused",
    "confirm_wording",
    "decide_shared_point",
    "leave_wording",
    "pick_wording",
    "undo_wording",
]

PICKED = "picked"
"""Marks the candidate that a person put before those that were found."""

GRID_M = 1_300_000.0
_NAMED_QUALITY = {"ward": 4, "district": 5, "locality": 5}
_POINT_QUALITY = 3


class PlaceRefused(ValueError):
    """The place cannot be decided as asked; the message says why."""


def confirm_wording(*, wording_id: int, by: str, at: datetime) -> int:
    """The first candidate is right. Raises ChangeDenied or PlaceRefused; then nothing was changed."""
    with transaction.atomic():
        account, wording = _own_wording(wording_id, by)
        if not wording.candidates:
            raise PlaceRefused("Nothing was found that these words could mean: pick a place, or leave it.")
        return _decide(wording, WordingDecision.CONFIRMED, account, at, wording.candidates)


def pick_wording(
    *,
    wording_id: int,
    kind: str,
    ref: str = "",
    easting_m: float | None = None,
    northing_m: float | None = None,
    by: str,
    at: datetime,
) -> int:
    """These words mean that place: one of the candidates, a district or ward by its code, or a point (kind "point").

    Raises ChangeDenied or PlaceRefused; then nothing was changed.
    """
    with transaction.atomic():
        account, wording = _own_wording(wording_id, by)
        found = _found(wording)
        chosen = _picked(found, kind, ref, easting_m, northing_m)
        return _decide(
            wording, WordingDecision.PICKED, account, at, [chosen | {PICKED: True, "weight": 1.0}, *found]
        )


def leave_wording(*, wording_id: int, by: str, at: datetime) -> int:
    """Nobody can tell where that is. Raises ChangeDenied or PlaceRefused; then nothing was changed."""
    with transaction.atomic():
        account, wording = _own_wording(wording_id, by)
        return _decide(wording, WordingDecision.LEFT, account, at, _found(wording))


def undo_wording(*, wording_id: int, by: str, at: datetime) -> int:
    """Take the decision back: the candidates that were found stand again; the text is gone for good.

    Raises ChangeDenied or PlaceRefused; then nothing was changed.
    """
    with transaction.atomic():
        account, wording = _own_wording(wording_id, by)
        if not wording.decision:
            raise PlaceRefused("Nothing has been decided about these words.")
        return _decide(wording, WordingDecision.NONE, account, at, _found(wording))


def decide_shared_point(
    *, definition: str, easting_m: int, northing_m: int, decision: str, by: str, at: datetime
) -> int:
    """A point that many records share is a default address (they have no place) or a real one.

    Raises ChangeDenied or PlaceRefused; then nothing was changed.
    """
    account = account_named(by)
    require_duty("place", role=account.role, user=by)
    if decision not in SharedPoint.Decision.values:
        raise PlaceRefused("Say that the point is a default address, or that it is a real place.")
    with transaction.atomic():
        feed = Delivery.objects.filter(definition=definition).values("agency").first()
        if feed is None or (account.role == "contributor" and feed["agency"] != account.agency):
            raise PlaceRefused("There is no such feed among those you look after.")
        require_own_feed(role=account.role, user=by, agency=account.agency, owner=feed["agency"])
        point, _ = SharedPoint.objects.update_or_create(
            definition=definition,
            easting_m=easting_m,
            northing_m=northing_m,
            defaults={"decision": decision, "decided_by": by, "decided_at": at},
        )
        detail = {"easting_m": easting_m, "northing_m": northing_m, "decision": decision}
        record_event(
            event="shared_point_decided", at=at, user=by, agency=account.agency, role=account.role,
            subject=definition, detail=detail,
        )  # fmt: skip
    return int(point.pk)


def _own_wording(wording_id: int, by: str) -> tuple[Account, Wording]:
    """The wording, locked, if it is this person's to decide. Another agency's is like one that is not there."""
    account = account_named(by)
    require_duty("place", role=account.role, user=by)
    wording = Wording.objects.select_for_update().filter(pk=wording_id).first()
    if wording is None or (account.role == "contributor" and wording.agency != account.agency):
        raise PlaceRefused("These words are not in your tray.")
    return account, wording


def _decide(
    wording: Wording, decision: str, account: Account, at: datetime, candidates: list[dict[str, Any]]
) -> int:
    wording.decision = decision
    wording.candidates = candidates
    wording.decided_by = account.user if decision else ""
    wording.decided_at = at if decision else None
    wording.text = ""
    wording.town = ""
    wording.save(update_fields=["decision", "candidates", "decided_by", "decided_at", "text", "town"])
    first = candidates[0] if candidates and decision in ("confirmed", PICKED) else {}
    record_event(
        event="wording_decided", at=at, user=account.user, agency=account.agency, role=account.role,
        subject=str(wording.pk),
        detail={
            "of": wording.agency,
            "decision": decision or "undone",
            "kind": first.get("kind", ""),
            "ref": first.get("ref", ""),
        },
    )  # fmt: skip
    return int(wording.pk)


def _found(wording: Wording) -> list[dict[str, Any]]:
    """The candidates that were found, without one that somebody picked."""
    return [one for one in wording.candidates if not one.get(PICKED)]


def _picked(
    found: list[dict[str, Any]], kind: str, ref: str, easting_m: float | None, northing_m: float | None
) -> dict[str, Any]:
    if kind == "point":
        return _point(easting_m, northing_m)
    for one in found:
        if (one["kind"], one["ref"]) == (kind, ref):
            return dict(one)
    if kind in ("district", "ward"):
        return _area(kind, ref)
    raise PlaceRefused("That place is not among the candidates: pick it on the map.")


def _point(easting_m: float | None, northing_m: float | None) -> dict[str, Any]:
    if (
        easting_m is None
        or northing_m is None
        or not (math.isfinite(easting_m) and math.isfinite(northing_m))
    ):
        raise PlaceRefused("A point needs an easting and a northing in metres.")
    if not (0 < easting_m < GRID_M and 0 < northing_m < GRID_M):
        raise PlaceRefused("That point is not on the national grid.")
    x, y = round(easting_m, 1), round(northing_m, 1)
    return _candidate("point", f"{x:.0f} {y:.0f}", "A point on the map", x, y, _POINT_QUALITY)


def _area(kind: str, code: str) -> dict[str, Any]:
    areas = current_version().areas(kind)
    if code not in areas.codes:
        raise PlaceRefused(f"There is no {kind} of that code.")
    at = areas.codes.index(code)
    x, y = float(areas.easting_m[at]), float(areas.northing_m[at])
    return _candidate(kind, code, areas.names[at], x, y, _NAMED_QUALITY[kind])


def _candidate(kind: str, ref: str, name: str, x: float, y: float, quality: int) -> dict[str, Any]:
    return {
        "kind": kind, "ref": ref, "name": name, "easting_m": x, "northing_m": y, "weight": 1.0, "quality": quality,
    }  # fmt: skip
