"""Decisions and actions: the list with what is overdue first, one action with its history, and a new one in plain form."""

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trigpoint.changes.action_plans import open_action_plan
from trigpoint.changes.actions import (
    ActionRefused,
    action,
    change_action,
    decide,
    list_actions,
    move_action,
    plan_dose,
    record_dose,
    take_back,
)
from trigpoint.changes.doses import count_dose_again, strike_dose
from trigpoint.changes.evaluations import PlanRefused, amend_plan, lock_plan
from trigpoint.changes.meeting_questions import QuestionRefused, list_questions
from trigpoint.changes.named_places import list_places
from trigpoint.changes.sittings import Sitting
from trigpoint.changes.told_text import TextRefused
from trigpoint.core.sharing.duties import DUTIES, require_duty
from trigpoint.core.workflow.action import MEASURES, NO_ACTION
from trigpoint.core.workflow.due import DueRefused, due_from
from trigpoint.core.workflow.question import QuestionMoveRefused
from trigpoint.gate.denial import QuestionError
from trigpoint.gate.ledger import agency_names
from trigpoint.web.acting import carried_out, version_seen, who_and_when, whole_number
from trigpoint.web.deciding import dates_offered, kinds_offered, sitting_for
from trigpoint.web.evaluations_told import plan_of_action
from trigpoint.web.meeting_tabs import tabs
from trigpoint.web.presenters.actions import action_rows, done_words
from trigpoint.web.viewer import viewer_of

REFUSED = (
    ActionRefused,
    PlanRefused,
    QuestionError,
    TextRefused,
    DueRefused,
    QuestionRefused,
    QuestionMoveRefused,
)
OPEN_DATA = "open_data"
"""No agency that could do anything."""


@require_GET
def action_list(request: HttpRequest) -> HttpResponse:
    """An agency's own to whoever acts for one and does not hold the meeting, else every action.

    `?agency=CODE` is another's, `?agency=` all of them; what is over only with `?over=yes`.
    """
    viewer, today = viewer_of(request), timezone.localdate()
    own = "" if viewer.role in DUTIES["decide"] else viewer.agency
    agency = request.GET.get("agency", own)
    told = list_actions(by=viewer.user, agency=agency)
    over = [one for one in told if not one.is_open]
    shown = [one for one in told if one.is_open or request.GET.get("over")]
    page = {
        "actions": action_rows(shown, today),
        "overdue": sum(one.is_overdue(today) for one in told),
        "over": len(over),
        "shows_over": bool(request.GET.get("over")),
        "agency": agency,
        "own": viewer.agency,
        "agencies": able_agencies(),
        "may_decide": viewer.role in DUTIES["decide"],
    }
    return render(request, "pages/actions.html", page | tabs("actions", viewer.role))


@require_http_methods(["GET", "POST"])
def new_action(request: HttpRequest) -> HttpResponse:
    """A decision without the map: the same sentence with blanks, as a form."""
    viewer, today = viewer_of(request), timezone.localdate()
    require_duty("decide", role=viewer.role, user=viewer.user)
    refused = ""
    if request.method == "POST":
        try:
            number = _decided(request, today)
        except REFUSED as refusal:
            refused = str(refusal)
        else:
            messages.success(request, f"Decision {number} is saved.")
            return redirect("action", number=number)
    given = request.POST if request.method == "POST" else request.GET
    page = {
        "refused": refused,
        "given": given,
        "kinds": kinds_offered(),
        "places": [one for one in list_places(by=viewer.user) if one.is_open],
        "questions": [one for one in list_questions(by=viewer.user) if one.is_open],
        "agencies": able_agencies(),
        "days": dates_offered(today=today, district="", sitting=None, by=viewer.user),
        "no_action": NO_ACTION,
    }
    return render(request, "pages/new_action.html", page | tabs("actions", viewer.role))


@require_GET
def one_action(request: HttpRequest, number: int) -> HttpResponse:
    viewer, today = viewer_of(request), timezone.localdate()
    told = action(number=number, by=viewer.user)
    others = [one for one in list_actions(by=viewer.user) if one.number != number and one.is_open]
    page = {
        "row": action_rows([told], today)[0],
        "evaluation": plan_of_action(request, told, today),
        "action": told,
        "others": others,
        "doses": [(one, done_words(one.done)) for one in told.doses],
        "measures": [(name, MEASURES[name], told.planned.get(name, "")) for name in told.measures],
        "agencies": able_agencies(),
        "today": today,
        "names": dict(agency_names()),
    }
    return render(request, "pages/action.html", page | tabs("actions", viewer.role))


@require_POST
def move(request: HttpRequest, number: int) -> HttpResponse:
    """`state` is where it goes; `note` why, `successor` the number of what takes its place."""
    told = request.POST
    return _changed(
        request,
        number,
        lambda: move_action(
            number=number, to=told.get("state", ""), note=told.get("note", ""), version=version_seen(request),
            superseded_by=whole_number(told.get("successor", "")), **who_and_when(request),
        ),
    )  # fmt: skip


@require_POST
def back(request: HttpRequest, number: int) -> HttpResponse:
    """The last move taken back; `note` says why."""
    return _changed(
        request,
        number,
        lambda: take_back(
            number=number,
            note=request.POST.get("note", ""),
            version=version_seen(request),
            **who_and_when(request),
        ),
    )


@require_POST
def change(request: HttpRequest, number: int) -> HttpResponse:
    told, today = request.POST, timezone.localdate()
    return _changed(
        request,
        number,
        lambda: change_action(
            number=number, agency=told.get("agency", ""), what=told.get("what", ""),
            due_on=due_from(told.get("due_on", ""), today), expected_change=told.get("expected_change", ""),
            how_seen=told.get("how_seen", ""), version=version_seen(request), **who_and_when(request),
        ),
    )  # fmt: skip


@require_POST
def dose(request: HttpRequest, number: int) -> HttpResponse:
    """What was done on a day."""
    told, today = request.POST, timezone.localdate()
    return _changed(
        request,
        number,
        lambda: record_dose(
            number=number, on=_past(told.get("on", ""), today), sessions=int(_figure(told.get("sessions", ""))),
            hours=_figure(told.get("hours", "")), patrol_minutes=int(_figure(told.get("patrol_minutes", ""))),
            note=told.get("note", ""), **who_and_when(request),
        ),
    )  # fmt: skip


@require_POST
def strike(request: HttpRequest, number: int, dose_number: int) -> HttpResponse:
    """Strike out what was recorded wrongly, with `because`; `do` "again" counts it once more."""
    told, by, at = request.POST, request.user.get_username(), timezone.now()
    if told.get("do") == "again":
        return _changed(
            request,
            number,
            lambda: count_dose_again(number=dose_number, version=version_seen(request), by=by, at=at),
        )
    return _changed(
        request,
        number,
        lambda: strike_dose(
            number=dose_number, because=told.get("because", ""), version=version_seen(request), by=by, at=at
        ),
    )


@require_POST
def dose_plan(request: HttpRequest, number: int) -> HttpResponse:
    """How much is planned."""
    told = request.POST
    return _changed(
        request,
        number,
        lambda: plan_dose(
            number=number, planned={name: _figure(told.get(name, "")) for name in MEASURES},
            version=version_seen(request), **who_and_when(request),
        ),
    )  # fmt: skip


@require_POST
def plan(request: HttpRequest, number: int) -> HttpResponse:
    """`do` is open, amend or lock: the action's evaluation."""
    told, by, at = request.POST, request.user.get_username(), timezone.now()
    terms = {name: whole_number(told.get(name, "")) for name in ("radius", "buffer", "months")}
    kept = action(number=number, by=by)

    def change_it() -> object:
        if told.get("do") == "open":
            return open_action_plan(
                number=number, start=due_from(told.get("start", ""), timezone.localdate()),
                radius_m=terms["radius"], buffer_m=terms["buffer"], months=terms["months"],
                version=version_seen(request), by=by, at=at,
            )  # fmt: skip
        if kept.plan is None:
            raise ActionRefused("Open the plan first.")
        if told.get("do") == "lock":
            return lock_plan(number=kept.plan, by=by, at=at)
        words = {name: [str(value)] for name, value in terms.items() if value}
        return amend_plan(number=kept.plan, words=words, by=by, at=at)

    return _changed(request, number, change_it)


def able_agencies() -> list[tuple[str, str]]:
    """Agencies that could do something, in their fixed order."""
    return [(code, name) for code, name in agency_names() if code != OPEN_DATA]


def _changed(request: HttpRequest, number: int, change_it: Callable[[], object]) -> HttpResponse:
    carried_out(request, change_it, refused=REFUSED)
    if request.POST.get("back") == "list":
        return redirect("actions")
    return redirect("action", number=number)


def _decided(request: HttpRequest, today: date) -> int:
    told, by = request.POST, request.user.get_username()
    place = next((one for one in list_places(by=by) if str(one.number) == told.get("place")), None)
    sitting: Sitting | None = sitting_for(place.district if place else "", today, by)
    none = bool(told.get("none"))
    return decide(
        kind=NO_ACTION if none else told.get("kind", ""), agency="" if none else told.get("agency", ""),
        what=told.get("what", ""), due_on=None if none else due_from(told.get("due", ""), today),
        expected_change=told.get("expected_change", ""), how_seen=told.get("how_seen", ""),
        because=told.get("because", ""), meeting=sitting.number if sitting else None,
        place=place.number if place else None, question=whole_number(told.get("question", "")), by=by,
        at=timezone.now(),
    )  # fmt: skip


def _figure(told: str) -> float:
    """A number of a form, nought where it is empty. Raises ActionRefused for what is none."""
    try:
        return float(told.replace(",", ".")) if told.strip() else 0.0
    except ValueError:
        raise ActionRefused("Say how much in figures.") from None


def _past(told: str, today: date) -> date:
    """A day that is not to come: "3 March" is the last one."""
    day = due_from(told or today.isoformat(), today)
    if day > today and not any(part.isdigit() and len(part) == 4 for part in told.replace("/", " ").split()):
        return day.replace(year=day.year - 1)
    return day
