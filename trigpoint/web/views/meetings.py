"""The meetings of the partnership: the calendar, each meeting's page, and what is changed there."""

from collections.abc import Callable
from datetime import date
from functools import partial
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from trigpoint.changes.agenda import add_item, drop_item, finish_item, move_item, retitle_item
from trigpoint.changes.freezing import StillWorkedOut, freeze_meeting
from trigpoint.changes.meetings import (
    close_meeting,
    hold_meeting,
    mark_step,
    meeting,
    plan_meeting,
    reopen_meeting,
    seat_agencies,
    seat_agency,
)
from trigpoint.changes.minutes import write_minute
from trigpoint.changes.runs import request_run
from trigpoint.changes.told_text import TextRefused
from trigpoint.core.sharing.duties import require_duty
from trigpoint.core.workflow.meeting import MeetingRefused
from trigpoint.gate.denial import NotWorkedOut
from trigpoint.web.acting import carried_out, version_seen, who_and_when, whole_number
from trigpoint.web.meeting.calendar import calendar_page
from trigpoint.web.meeting.kept_maps import draw_kept
from trigpoint.web.meeting.page import meeting_page, minutes_page
from trigpoint.web.meeting.replay import replay_page
from trigpoint.web.viewer import viewer_of


@require_GET
def calendar(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/meetings.html", calendar_page(request))


@require_POST
def plan(request: HttpRequest) -> HttpResponse:
    """`quadrant`, "" for the county, and `held_on`."""
    try:
        day = date.fromisoformat(request.POST.get("held_on", ""))
    except ValueError:
        messages.error(request, "Say on which day the meeting is.")
        return redirect("meetings")
    try:
        number = plan_meeting(quadrant=request.POST.get("quadrant", ""), held_on=day, **who_and_when(request))
    except MeetingRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("meetings")
    return redirect("meeting", number=number)


@require_GET
def one_meeting(request: HttpRequest, number: int) -> HttpResponse:
    """`item` is the line of the agenda in hand."""
    item = whole_number(request.GET.get("item", ""))
    page = meeting_page(request, number, item=item) | {"changing": request.GET.get("agenda", "")}
    return render(request, "pages/meeting.html", page)


@require_GET
def minutes(request: HttpRequest, number: int) -> HttpResponse:
    """The minutes as a document to be read, printed or kept."""
    return render(request, "pages/meeting_minutes.html", minutes_page(request, number))


@require_GET
def replay(request: HttpRequest, number: int) -> HttpResponse:
    """What was kept; with `today=yes` beside the same asked today. What that still waits for is begun."""
    page = replay_page(request, number)
    waits: list[NotWorkedOut] = page["waits"]  # type: ignore[assignment]  # a context is of anything
    for wait in waits:
        request_run(viewer_of(request), wait.question, at=timezone.now())
    return render(request, "pages/replay.html", page)


@require_POST
def move(request: HttpRequest, number: int) -> HttpResponse:
    """`to` is freeze, hold, close or reopen. What a freeze still waits for is begun, and said.

    Closing, and holding before the day, need `sure`; opening again says why in `because`.
    """
    ways: dict[str, Callable[..., int]] = {
        "freeze": partial(freeze_meeting, draw=draw_kept),
        "hold": hold_meeting,
        "close": close_meeting,
        "reopen": partial(reopen_meeting, because=request.POST.get("because", "")),
    }
    way = ways.get(request.POST.get("to", ""))
    if way is None:
        messages.error(request, "A meeting is frozen, held, closed or opened again.")
        return redirect("meeting", number=number)
    if not _sure(request, number):
        messages.error(request, "Tick the box first: it says what cannot be done afterwards.")
        return redirect("meeting", number=number)
    try:
        way(number=number, version=version_seen(request), **who_and_when(request))
    except StillWorkedOut as wait:
        for question in wait.questions:
            request_run(wait.viewer, question, at=timezone.now())
        messages.warning(request, str(wait))
    except (MeetingRefused, TextRefused) as refusal:
        messages.error(request, str(refusal))
    return redirect("meeting", number=number)


@require_POST
def step(request: HttpRequest, number: int) -> HttpResponse:
    """`step` of the timetable, and `done` yes or no."""
    told = request.POST
    return _changed(
        request,
        number,
        lambda: mark_step(
            number=number,
            step=told.get("step", ""),
            done=told.get("done") == "yes",
            version=version_seen(request),
            **who_and_when(request),
        ),
    )


@require_POST
def seat(request: HttpRequest, number: int) -> HttpResponse:
    """`agency`, which may have its `version` behind a colon, `present` yes or no, and the `conflict` it declared."""
    told = request.POST
    agency, _, version = told.get("agency", "").partition(":")
    return _changed(
        request,
        number,
        lambda: seat_agency(
            number=number,
            agency=agency,
            present=told.get("present") == "yes",
            conflict=told.get("conflict", ""),
            version=whole_number(version) or version_seen(request),
            **who_and_when(request),
        ),
        at="#table",
    )


@require_POST
def seats(request: HttpRequest, number: int) -> HttpResponse:
    """Who is at the table: a word for each agency under its seat's label, and under `was …` what the form had shown."""
    told, by = request.POST, request.user.get_username()
    here = meeting(number=number, by=by).attendance
    ways: dict[str, bool | None] = {"present": True, "absent": False}
    return _changed(
        request,
        number,
        lambda: seat_agencies(
            number=number,
            said={one.agency: ways.get(told.get(one.label, "")) for one in here},
            seen={one.agency: ways.get(told.get(f"was {one.agency}", "")) for one in here},
            version=version_seen(request),
            **who_and_when(request),
        ),
        at="#table",
    )


@require_POST
def agenda(request: HttpRequest, number: int) -> HttpResponse:
    """`do` is add, retitle, up, down, drop, done or undone; `item` is the number of the line, `place` where it is to stand.

    The panel that it came from stays open, with the focus where it was.
    """
    told, item, who = request.POST, whole_number(request.POST.get("item", "")) or 0, who_and_when(request)
    title, minutes = told.get("title", ""), whole_number(told.get("minutes", "")) or 0
    version, place = version_seen(request), whole_number(told.get("place", "")) or None
    ways: dict[str, Callable[[], int]] = {
        "add": lambda: add_item(meeting=number, title=title, minutes=minutes, place=place, **who),
        "retitle": lambda: retitle_item(
            number=item, title=title, minutes=minutes, place=place, version=version, **who
        ),
        "up": lambda: move_item(number=item, up=True, **who),
        "down": lambda: move_item(number=item, up=False, **who),
        "drop": lambda: drop_item(number=item, version=version, **who),
        "done": lambda: finish_item(number=item, done=True, version=version, **who),
        "undone": lambda: finish_item(number=item, done=False, version=version, **who),
    }
    way = ways.get(told.get("do", ""))
    if way is None:
        messages.error(request, "Say what to do with the agenda.")
        return redirect("meeting", number=number)
    if told.get("do") in ("done", "undone"):
        return _changed(request, number, way, at="#agenda")
    return _changed(
        request, number, way, panel="new" if told.get("do") == "add" else str(_beside(request, item))
    )


def _beside(request: HttpRequest, item: int) -> int:
    """The line that keeps the focus: the one pressed, or where it was dropped that after it."""
    if request.POST.get("do") != "drop":
        return item
    return whole_number(request.POST.get("next", "")) or 0


@require_POST
def take_minute(request: HttpRequest, number: int) -> HttpResponse:
    """`item`, the `text` of what was said, and the `version` of the text that its writer saw, 0 for none.

    A program is answered in JSON with the new version. What is refused is shown again with its text: nothing typed is lost.
    """
    item, text = whole_number(request.POST.get("item", "")) or 0, request.POST.get("text", "")
    by_program = request.headers.get("Accept", "").startswith("application/json")
    try:
        write_minute(
            meeting=number, item=item, text=text, version=version_seen(request), **who_and_when(request)
        )
    except (MeetingRefused, TextRefused) as refusal:
        if by_program:
            return JsonResponse({"detail": str(refusal)}, status=422)
        page = meeting_page(request, number, item=item) | {"typed": text, "fault": str(refusal)}
        return render(request, "pages/meeting.html", page, status=422)
    if by_program:
        return JsonResponse({"version": version_seen(request) + 1})
    return HttpResponseRedirect(f"{reverse('meeting', args=[number])}?item={item}#minute")


def _sure(request: HttpRequest, number: int) -> bool:
    """Whether the box was ticked where one stands: beside closing, and beside holding before the day."""
    told = request.POST
    if told.get("sure") == "yes" or told.get("to") not in ("hold", "close"):
        return True
    viewer = viewer_of(request)
    require_duty("hold_meeting", role=viewer.role, user=viewer.user)
    day = meeting(number=number, by=viewer.user).held_on
    return told.get("to") == "hold" and day <= timezone.localdate()


def _changed(
    request: HttpRequest, number: int, way: Callable[[], int], at: str = "", panel: str = ""
) -> HttpResponse:
    """Do it; a refusal is said on the page it came from, where the `item` of the address stays in hand.

    `panel` keeps the changes of the agenda open, with the focus on that line.
    """
    carried_out(request, way, refused=(MeetingRefused, TextRefused), said="")
    item = whole_number(request.GET.get("item", ""))
    kept = {name: value for name, value in (("item", str(item or "")), ("agenda", panel)) if value}
    query = f"?{urlencode(kept)}" if kept else ""
    return HttpResponseRedirect(reverse("meeting", args=[number]) + query + at)
