"""The page of a meeting: its agenda and the item in hand, what was frozen, who sits there, what is late."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from trigpoint.changes.actions_told import ActionTold, list_actions
from trigpoint.changes.kept_reading import KeptTold, kept_answers
from trigpoint.changes.meeting_questions import list_questions
from trigpoint.changes.meetings import Item, MeetingTold, meeting
from trigpoint.changes.minutes import MinuteTold, list_minutes
from trigpoint.changes.named_places import list_places
from trigpoint.changes.place_ground import districts_by_name
from trigpoint.core.sharing.duties import DUTIES
from trigpoint.gate.answers import Answer
from trigpoint.gate.denial import NotWorkedOut, QuestionError, ReadDenied
from trigpoint.gate.ledger import agency_names
from trigpoint.gate.meeting_terms import home_terms
from trigpoint.gate.quadrants import home_quadrants
from trigpoint.web.asking import asked
from trigpoint.web.enforcement_told import ends_before_meeting
from trigpoint.web.evaluations_told import evaluations_kept
from trigpoint.web.hot_now.health import AgencyHealth, agency_health
from trigpoint.web.hot_now.period import months_of
from trigpoint.web.meeting.actions_by_item import (
    asked_here,
    now_part_of,
    review,
    taken_up,
)
from trigpoint.web.meeting.in_hand import (
    checks_in_hand,
    due_in_hand,
    prevention_in_hand,
    releases_in_hand,
)
from trigpoint.web.meeting.kept import (
    Frozen,
    KeptPlace,
    kept_places,
    kept_questions,
    letters_words,
    stamp_of,
)
from trigpoint.web.meeting.late_by import late_by
from trigpoint.web.meeting.live import live_answers
from trigpoint.web.meeting.lost import gone_from
from trigpoint.web.meeting.taken_up import numbers_by_letter
from trigpoint.web.meeting.timetable import late_of, steps_shown
from trigpoint.web.meeting_tabs import tabs
from trigpoint.web.presenters.choices import coded
from trigpoint.web.viewer import viewer_of

__all__ = [
    "Line",
    "district_codes",
    "district_names",
    "districts_of",
    "health_of",
    "kept_of",
    "meeting_page",
    "minutes_left",
    "minutes_page",
]

MOST_QUESTIONS = 8


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the agenda as the page shows it: its title with what the analysis found, and what was said."""

    item: Item
    title: str
    minute: MinuteTold | None
    here: bool


def meeting_page(
    request: HttpRequest, number: int, *, item: int | None = None, live: bool = True
) -> dict[str, object]:
    """The context. `item` is the one in hand, the first that is not done where None; before the freeze what it would keep
    is asked where it is `live`. Raises ReadDenied, NoSuchThing."""
    viewer, today = viewer_of(request), timezone.localdate()
    found = meeting(number=number, by=viewer.user)
    told = kept_of(request, found) or (_live_of(request, found, item) if live else ())
    by_name = {one.name: one for one in told}
    terms, districts = home_terms(), districts_of(request, found)
    places = kept_places(by_name.get("hot-now"), districts, terms.most_places)
    minutes = list_minutes(meeting=number, by=viewer.user)
    lines = _lines(found, minutes, places, item)
    here = next((one.item.item for one in lines if one.here), "")
    health = health_of(request, found, today)
    questions = list_questions(by=viewer.user, meeting=number)
    actions, named = _actions(found, viewer.user), list_places(by=viewer.user)
    taken = taken_up(
        places,
        numbers_by_letter(by_name.get("hot-now"), places, named),
        now_part_of(named),
        minutes,
        actions,
        today,
    )
    gone = gone_from(
        found, by_name.get("hot-now"), districts, terms.most_places, named, minutes, actions, today
    )
    asked_now = asked_here(
        [one for one in questions if one.is_open or not one.carried], (*taken, *gone), actions, today
    )
    spoken = {one.number for each in taken for one in each.said} | {
        one.number for each in gone for one in each.said
    }
    return {
        **tabs("meetings", viewer.role),
        "meeting": found,
        "lines": lines,
        "in_hand": next((one for one in lines if one.here), None),
        "left": minutes_left(found),
        "steps": steps_shown(found, today, health),
        "late": late_of(
            found,
            today,
            health,
            late_by(found, places, actions, dict(agency_names()), today, viewer.user),
        ),
        "stamp": _stamp(found, told),
        "hot": by_name.get("hot-now"),
        "places": places,
        "questions": kept_questions(
            by_name.get("questions"),
            dict(agency_names()),
            MOST_QUESTIONS,
            districts=district_codes(found),
            adopted={one.key for one in questions if one.key},
            of_names=districts_by_name(),
        ),
        "questions_told": by_name.get("questions"),
        "taken": taken,
        "left_out": gone,
        "asked": asked_now,
        "still_open": [one for one in questions if one.is_open and one.carried],
        "action_groups": review(taken, asked_now, actions, today, gone),
        "reviewed_nowhere": not any(one.item == "actions" for one in found.agenda),
        "waiting_checks": checks_in_hand(request, found, here),
        "early": prevention_in_hand(request, here, districts),
        "releases": releases_in_hand(request, here, today),
        "may_decide": viewer.role in DUTIES["decide"],
        "ends_before": ends_before_meeting(
            request,
            quadrant=found.quadrant,
            held_on=found.held_on,
            cadence_months=terms.cadence_months,
            by=viewer.user,
        ),
        "evaluations_due": due_in_hand(request, found, here, today),
        "evaluations": evaluations_kept(request, told),
        "health": health,
        "said_of_places": [
            one for one in minutes if one.text and one.place and one.item and one.number not in spoken
        ],
        "spoken_items": {one.item for one in minutes if one.text and one.place and one.item},
        "besides": [
            one for one in minutes if one.text and one.place and not one.item and one.number not in spoken
        ],
        "loose": [one for one in minutes if one.text and not one.item and not one.place],
        "may_hold": viewer.role in DUTIES["hold_meeting"],
        "may_write": viewer.role in DUTIES["hold_meeting"] and found.state in ("frozen", "held"),
        "today": today,
    }


def minutes_page(request: HttpRequest, number: int) -> dict[str, object]:
    """The context of the minutes as a document. Raises as `meeting_page`."""
    page = meeting_page(request, number, live=False)
    found = meeting(number=number, by=viewer_of(request).user)
    return page | {
        "present": [one for one in found.attendance if one.present],
        "absent": [one for one in found.attendance if one.present is False],
        "not_said": [one for one in found.attendance if one.present is None],
        "conflicts": [one for one in found.attendance if one.conflict],
        "decided_elsewhere": _decided_elsewhere(page, number, viewer_of(request).user),
    }


def _decided_elsewhere(page: Mapping[str, Any], number: int, by: str) -> list[ActionTold]:
    """What the meeting decided that stands beneath none of its places and questions."""
    above = {
        row.told.number for one in (*page["taken"], *page["left_out"], *page["asked"]) for row in one.actions
    }
    return [one for one in list_actions(by=by, meeting=number) if one.number not in above]


def kept_of(request: HttpRequest, of: MeetingTold) -> tuple[KeptTold, ...]:
    """What it kept, as the person signed in may read it."""
    if not of.is_frozen:
        return ()
    viewer = viewer_of(request)
    return kept_answers(number=of.number, by=viewer.user, at=timezone.now(), purpose=viewer.purpose)


def district_names(request: HttpRequest) -> dict[str, str]:
    """Districts by code; none where this person may choose among none."""
    choices = _choices(request)
    return {one["code"]: one["name"] for one in coded(choices.parts["districts"])} if choices else {}


def district_codes(of: MeetingTold) -> frozenset[str] | None:
    """Codes of the districts that the meeting is about; None for the whole county."""
    return next((frozenset(one.districts) for one in home_quadrants() if one.code == of.quadrant), None)


def districts_of(request: HttpRequest, of: MeetingTold) -> frozenset[str] | None:
    """Names of the districts that the meeting is about; None for the whole county."""
    codes = district_codes(of)
    names = district_names(request)
    return None if codes is None else frozenset(name for code, name in names.items() if code in codes)


def health_of(request: HttpRequest, of: MeetingTold, today: date) -> tuple[AgencyHealth, ...]:
    """Who has sent, of the meeting's districts, as known now; nothing where that may not be known."""
    choices = _choices(request)
    if choices is None:
        return ()
    months = months_of(choices, today=today)
    codes = district_codes(of)
    names = {one["code"]: one["name"] for one in coded(choices.parts["districts"])}
    here = {code: name for code, name in names.items() if codes is None or code in codes}
    try:
        coverage = asked(request, "coverage", months.both_years)
    except (ReadDenied, QuestionError, NotWorkedOut):
        return ()
    shown = agency_health(coverage, agency_names(), months.named, here)
    return tuple(one for one in shown if one.squares)


def minutes_left(of: MeetingTold) -> str:
    """How much of the agenda is left, in words; "" where it has no times."""
    whole = sum(one.minutes for one in of.agenda)
    left = sum(one.minutes for one in of.agenda if not one.done)
    return f"{left} of {whole} minutes left." if whole else ""


def _choices(request: HttpRequest) -> Answer | None:
    try:
        return asked(request, "choices", {})
    except (ReadDenied, QuestionError):
        return None


def _lines(
    of: MeetingTold, minutes: tuple[MinuteTold, ...], places: tuple[KeptPlace, ...], wanted: int | None
) -> tuple[Line, ...]:
    written = {one.item: one for one in minutes if one.place_number is None}
    chosen = wanted or next((one.number for one in of.agenda if not one.done), None)
    return tuple(
        Line(one, _title(one, places), written.get(one.number), one.number == chosen) for one in of.agenda
    )


def _title(item: Item, places: tuple[KeptPlace, ...]) -> str:
    letters = letters_words(places) if item.item == "hot" else ""
    return f"{item.title}: {letters}" if letters else item.title


def _actions(of: MeetingTold, by: str) -> list[ActionTold]:
    """Actions that the meeting reviews: those decided there, and the open ones at places of its districts."""
    codes = district_codes(of)
    return [
        one
        for one in list_actions(by=by)
        if one.meeting == of.number or (one.is_open and (codes is None or one.district in codes))
    ]


def _live_of(request: HttpRequest, of: MeetingTold, wanted: int | None) -> tuple[KeptTold, ...]:
    """Of a meeting that is not frozen: its places, and its questions while these are in hand."""
    if of.is_frozen or of.state != "planned":
        return ()
    line = next((one for one in of.agenda if one.number == wanted), None)
    return live_answers(
        request, {"hot-now", "questions"} if line and line.item == "questions" else {"hot-now"}
    )


def _stamp(of: MeetingTold, told: tuple[KeptTold, ...]) -> Frozen | None:
    if of.frozen_at is None:
        return None
    recipe: Mapping[str, Any] = of.recipe
    at: datetime = of.frozen_at
    return stamp_of(of.number, at, recipe, told)
