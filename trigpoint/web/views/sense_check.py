"""The sense-check: an agency's queue before the meeting, a place checked in it, and what waits for a second agency."""

import math
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from trigpoint.changes.check_preview import not_published_yet
from trigpoint.changes.looking import note_opened
from trigpoint.changes.sense_checks import (
    CheckRefused,
    check_place,
    check_record,
    one_check,
    second_check,
    undo_check,
)
from trigpoint.changes.told_text import TextRefused
from trigpoint.core.sharing.duties import require_duty
from trigpoint.core.workflow.corrections import Moved
from trigpoint.core.workflow.sense_check import OPEN_ROLES, outcomes_for, reasons_for
from trigpoint.gate.ledger import agency_names
from trigpoint.gate.show import rows
from trigpoint.web.acting import carried_out, who_and_when, whole_number
from trigpoint.web.asking import asked
from trigpoint.web.asking_softly import asked_softly
from trigpoint.web.checks.figures import figures_now
from trigpoint.web.checks.preview import preview_of
from trigpoint.web.checks.queue import the_queue, the_rows
from trigpoint.web.checks.shown import checks_told, shown_check, who_and_why
from trigpoint.web.checks.told_together import rows_of_event
from trigpoint.web.meeting_tabs import tabs
from trigpoint.web.viewer import viewer_of

REFUSED = (CheckRefused, TextRefused)
MOST_UNITS = 60
MOST_SHOWN = 40
NEXT = "It counts from the next publication on. Undo is beside it."
WAITS = (
    "This is about your own agency's site, so a second agency has to agree. Nothing changes until one does."
)


@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """What stands behind the meeting's places, what waits, and what was said."""
    viewer = viewer_of(request)
    require_duty("sense_check", role=viewer.role, user=viewer.user)
    checks = checks_told(request)
    names = dict(agency_names())
    page = {
        "queue": the_queue(request, checks, agency=viewer.agency),
        "agency": names.get(viewer.agency, ""),
        "waiting": [shown_check(request, one, names) for one in checks if one.state == "waiting"],
        "made": [shown_check(request, one, names) for one in checks if one.state != "waiting"][:MOST_SHOWN],
    }
    return render(request, "pages/sense_check.html", page | tabs("sense_check", viewer.role))


@require_GET
def place(request: HttpRequest) -> HttpResponse:
    """One place: does it fit what you know? And one's own records behind it."""
    viewer = viewer_of(request)
    require_duty("sense_check", role=viewer.role, user=viewer.user)
    there = _there(request.GET)
    note_opened(level=there["level"], units=there["units"], by=viewer.user, at=timezone.now())
    checks = checks_told(request)
    here = [one for one in checks if one.unit == _unit(there)]
    page = {
        **there,
        "name": _name(request, there),
        "outcomes": outcomes_for(_subject(request.GET)),
        "reasons": reasons_for(_subject(request.GET)),
        "place": request.GET.get("place", ""),
        "rows": the_rows(request, there["units"], there["period"], checks) if viewer.agency else (),
        "checks": [shown_check(request, one, dict(agency_names())) for one in here],
        "acts_for": viewer.agency,
        "query": request.GET.urlencode(),
    }
    return render(request, "pages/sense_check_place.html", page | tabs("sense_check", viewer.role))


@require_GET
def record(request: HttpRequest) -> HttpResponse:
    """One record of one's own agency, and what can be said of it."""
    viewer = viewer_of(request)
    require_duty("sense_check", role=viewer.role, user=viewer.user)
    there, told = _there(request.GET), request.GET
    found = the_rows(request, there["units"], there["period"], checks_told(request))
    row = next((one for one in found if f"{one.delivery}/{one.row}" == told.get("record")), None)
    if row is None:
        raise Http404
    page = {
        **there,
        "row": row,
        "name": _name(request, there),
        "outcomes": outcomes_for("record"),
        "reasons": reasons_for("record"),
        "roles": OPEN_ROLES,
        "wards": _wards(request),
        "query": _place_query(told),
    }
    return render(request, "pages/sense_check_record.html", page | tabs("sense_check", viewer.role))


@require_GET
def event(request: HttpRequest) -> HttpResponse:
    """One event of one's own agency: which records belong together, merged or split with a reason."""
    viewer = viewer_of(request)
    require_duty("sense_check", role=viewer.role, user=viewer.user)
    there, told = _there(request.GET), request.GET
    checks = checks_told(request)
    found = rows_of_event(request, there["units"], there["period"], checks, told.get("record", ""))
    if found is None:
        raise Http404
    here = {(one.delivery, one.row) for one in (found.row, *found.together)}
    page = {
        **there,
        "event": found,
        "name": _name(request, there),
        "checks": [
            shown_check(request, one, dict(agency_names()))
            for one in checks
            if one.subject == "event" and (one.delivery, one.row) in here
        ],
        "query": _place_query(told),
    }
    return render(request, "pages/sense_check_event.html", page | tabs("sense_check", viewer.role))


@require_GET
def one(request: HttpRequest, number: int) -> HttpResponse:
    """One check, and what it would do to its place before it is published."""
    viewer = viewer_of(request)
    told = one_check(number=number, **who_and_why(request))
    shown = shown_check(request, told, dict(agency_names()))
    page = {
        "one": shown,
        "preview": preview_of(request, told) if shown.figures is not None else None,
        "to_come": not_published_yet(number=number, viewer=viewer, at=timezone.now()),
    }
    return render(request, "pages/sense_check_one.html", page | tabs("sense_check", viewer.role))


@require_POST
def say_place(request: HttpRequest) -> HttpResponse:
    there, told = _there(request.POST), request.POST
    carried_out(
        request,
        lambda: check_place(
            subject=_subject(told), place=whole_number(told.get("place", "")), units=there["units"],
            unit=_unit(there), outcome=told.get("outcome", ""), reason=_reason(told), note=told.get("note", ""),
            before=_before(request, there),
            meeting=whole_number(told.get("meeting", "")), **who_and_when(request),
        ),
        refused=REFUSED, said="Kept, for the meeting to see.",
    )  # fmt: skip
    return redirect(f"{reverse('sense_check_place')}?{_place_query(told)}")


@require_POST
def say_record(request: HttpRequest) -> HttpResponse:
    there, told = _there(request.POST), request.POST
    delivery, _, row = told.get("record", "").partition("/")
    by = request.user.get_username()
    subject = "event" if told.get("subject") == "event" else "record"
    try:
        _require_why(subject, told)
        number = check_record(
            subject=subject, delivery=whole_number(delivery) or 0, row=whole_number(row) or 0,
            outcome=told.get("outcome", ""), reason=_reason(told), note=told.get("note", ""), to=_to(told),
            role=_role(told), other=_other(told),
            unit=_unit(there), before=_before(request, there),
            meeting=whole_number(told.get("meeting", "")), by=by, at=timezone.now(),
        )  # fmt: skip
    except REFUSED as refusal:
        messages.error(request, str(refusal))
        query = f"{_place_query(told)}&record={delivery}/{row}"
        return redirect(f"{reverse(f'sense_check_{subject}')}?{query}")
    waits = next(one.state == "waiting" for one in checks_told(request) if one.number == number)
    changes = told.get("outcome") not in ("confirm", "clarify")
    messages.success(request, WAITS if waits else NEXT if changes else "Kept.")
    if changes:
        return redirect("sense_check_one", number=number)
    return redirect(f"{reverse('sense_check_place')}?{_place_query(told)}")


@require_POST
def second(request: HttpRequest, number: int) -> HttpResponse:
    return _moved(request, number, second_check, "Agreed. It counts from the next publication on.")


@require_POST
def undo(request: HttpRequest, number: int) -> HttpResponse:
    return _moved(request, number, undo_check, "Taken back. From the next publication on it is as it was.")


def _moved(request: HttpRequest, number: int, change: Any, done: str) -> HttpResponse:
    version = whole_number(request.POST.get("version", ""))
    carried_out(
        request,
        lambda: change(number=number, version=version, **who_and_why(request)),
        refused=REFUSED,
        said=done,
    )
    return redirect("sense_check")


def _there(told: QueryDict) -> dict[str, Any]:
    """Level, units and period of the place meant. Raises Http404 where none is named."""
    units = [one for one in told.getlist("unit") if one][:MOST_UNITS]
    if not units:
        raise Http404
    period = {name: told[name] for name in ("from", "to") if told.get(name)}
    return {"level": told.get("level", "street"), "units": units, "period": period}


def _before(request: HttpRequest, there: dict[str, Any]) -> dict[str, object]:
    """The place's figures as this person is told them now, and its name."""
    return {
        **figures_now(request, there["level"], there["units"], there["period"]),
        "name": _name(request, there),
    }


def _place_query(told: QueryDict) -> str:
    kept = QueryDict(mutable=True)
    for name in ("place", "level", "unit", "from", "to", "meeting"):
        if told.getlist(name):
            kept.setlist(name, told.getlist(name))
    return kept.urlencode()


def _subject(told: QueryDict) -> str:
    """A named place where one is meant, else the hotspot that lies there."""
    return "place" if told.get("place") else "hotspot"


def _unit(there: dict[str, Any]) -> str:
    return f"{there['level']}|{there['units'][0]}"


def _name(request: HttpRequest, there: dict[str, Any]) -> str:
    """The names of its first units, as the map tells them; the code where they may not be told."""
    words = {"level": there["level"], "within": there["units"], **there["period"]}
    answer = asked_softly(request, "counts", words).answer
    told = rows(answer.columns) if answer is not None else ()
    named = {str(row["code"]): str(row["name"]) for row in told}
    found = dict.fromkeys(named[unit] for unit in there["units"] if named.get(unit))
    return ", ".join(list(found)[:3]) or there["units"][0]


def _wards(request: HttpRequest) -> list[tuple[str, str]]:
    shapes = asked(request, "shapes", {"level": "ward"})
    return sorted(
        ((str(row["code"]), str(row["name"])) for row in rows(shapes.columns)), key=lambda one: one[1]
    )


def _reason(told: QueryDict) -> str:
    return told.get("reason", "") if told.get("outcome") == "dispute" else ""


def _to(told: QueryDict) -> Moved | None:
    """`moved_to` is "nowhere", a ward's code, or "point" with easting and northing."""
    if _reason(told) != "wrong_place" or not (to := told.get("moved_to", "")):
        return None
    if to == "nowhere":
        return Moved("nowhere")
    if to == "point":
        return Moved("point", easting_m=_metres(told, "easting_m"), northing_m=_metres(told, "northing_m"))
    return Moved("ward", to)


GRID_M = 1_300_000.0


def _metres(told: QueryDict, name: str) -> float:
    try:
        found = float(told.get(name, "").replace(",", "").replace(" ", ""))
    except ValueError:
        found = math.nan
    if not 0 < found < GRID_M:
        raise CheckRefused("Give easting and northing in metres, as 571200 and 194500.")
    return round(found, 1)


def _role(told: QueryDict) -> int:
    number = whole_number(told.get("role", ""))
    return -1 if number is None else number


def _require_why(subject: str, told: QueryDict) -> None:
    """An event is merged or split with a reason. Raises CheckRefused."""
    if subject == "event" and not told.get("note", "").strip():
        raise CheckRefused("Say why, in a few words.")


def _other(told: QueryDict) -> tuple[int, int] | None:
    """The other record, chosen from the list or typed as 12/345."""
    delivery, _, row = (told.get("other") or told.get("typed_other", "")).partition("/")
    both = whole_number(delivery), whole_number(row)
    return None if both[0] is None or both[1] is None else (both[0], both[1])
