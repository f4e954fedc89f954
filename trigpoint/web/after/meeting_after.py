"""After a meeting: what we knew, what we decided, what was done, and what happened; place by place, question by question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from trigpoint.changes.action_plans import ActionPlan, plans_of_actions
from trigpoint.changes.actions_told import ActionTold, list_actions
from trigpoint.changes.kept_reading import KeptTold
from trigpoint.changes.meeting_questions import MeetingQuestionTold, asked_at
from trigpoint.changes.meetings import MeetingTold, meeting
from trigpoint.changes.minutes import MinuteTold, list_minutes
from trigpoint.changes.named_places import PlaceTold, list_places
from trigpoint.changes.runs import request_run
from trigpoint.core.workflow.action import NO_ACTION
from trigpoint.core.workflow.meeting import MeetingState
from trigpoint.gate.asked import LONDON
from trigpoint.gate.in_place import IN_WARD
from trigpoint.gate.ledger import agency_names
from trigpoint.gate.meeting_terms import home_terms
from trigpoint.gate.show import rows
from trigpoint.web.after.since import Since, since_at
from trigpoint.web.hot_now.places import NOTICE_NAMES
from trigpoint.web.hot_now.sources import Heard, sources_of
from trigpoint.web.meeting.kept import KeptPlace, kept_places, stamp_of
from trigpoint.web.meeting.page import districts_of, kept_of
from trigpoint.web.meeting_tabs import tabs
from trigpoint.web.pack.before_after import could_see_of
from trigpoint.web.pack.sentences import ABOUT_SOMEBODY
from trigpoint.web.presenters.actions import dose_words
from trigpoint.web.presenters.analysis_cells import said
from trigpoint.web.presenters.plain import texts
from trigpoint.web.presenters.words import counted, day_words
from trigpoint.web.viewer import viewer_of

__all__ = [
    "Done",
    "PlaceAfter",
    "QuestionAfter",
    "after_page",
    "judged",
    "meetings_of_place",
    "notices_since",
]

NOT_EVALUATED = "No evaluation with comparable places was opened for this: nothing says whether it changed what is recorded."


@dataclass(frozen=True, slots=True)
class Done:
    """A decision and what came of it. `moves` are words with their days, `judged` what may be said of its effect."""

    told: ActionTold
    moves: tuple[str, ...]
    dose: str
    judged: str

    @property
    def due(self) -> str:
        return day_words(self.told.due_on) if self.told.due_on else ""


@dataclass(frozen=True, slots=True)
class PlaceAfter:
    """One place. `kept` is None where the freeze had no letter there, `named` where nothing was decided on it."""

    title: str
    kept: KeptPlace | None
    named: PlaceTold | None
    reported: str
    decided: tuple[ActionTold, ...]
    minutes: tuple[str, ...]
    done: tuple[Done, ...]
    notices: tuple[str, ...]
    since: Since


@dataclass(frozen=True, slots=True)
class QuestionAfter:
    """A question that the meeting had before it, and what became of it."""

    told: MeetingQuestionTold
    became: str
    actions: tuple[ActionTold, ...]


def after_page(request: HttpRequest, number: int) -> dict[str, object]:
    """The context. Raises ChangeDenied and NoSuchThing."""
    viewer = viewer_of(request)
    found = meeting(number=number, by=viewer.user)
    page = {**tabs("meetings", viewer.role), "meeting": found}
    if found.state != MeetingState.CLOSED.value:
        return page | {"too_early": True}
    told = kept_of(request, found)
    hot = next((one for one in told if one.name == "hot-now"), None)
    heard = Heard(sources_of(request))
    places, actions = _places(request, found, hot, heard)
    for wait in heard.waits:
        request_run(viewer, wait.question, at=timezone.now())
    return page | {
        "stamp": stamp_of(number, found.frozen_at, found.recipe, told) if found.frozen_at else None,
        "hot": hot,
        "places": places,
        "concerns": _concerns(hot, districts_of(request, found)),
        "elsewhere": [_done(heard, one, _plans(viewer.user)) for one in actions if one.place is None],
        "questions": [_question(one, actions) for one in asked_at(meeting=number, by=viewer.user)],
        "general": [
            one
            for one in list_minutes(meeting=number, by=viewer.user)
            if one.place_number is None and one.text
        ],
        "waits": bool(heard.waits),
        "left_out": list(dict.fromkeys(words for one in places for words in one.since.left_out)),
        "today": timezone.localdate(),
    }


def meetings_of_place(place: int, by: str, closed: Sequence[MeetingTold]) -> tuple[MeetingTold, ...]:
    """Of closed meetings those that decided something on a place, the latest first."""
    decided = {one.meeting for one in list_actions(by=by, place=place)}
    return tuple(one for one in reversed(closed) if one.number in decided)


def _places(
    request: HttpRequest, of: MeetingTold, hot: KeptTold | None, heard: Heard
) -> tuple[tuple[PlaceAfter, ...], tuple[ActionTold, ...]]:
    """Lettered places first, then those that were decided on and had no letter."""
    by = viewer_of(request).user
    kept = kept_places(hot, districts_of(request, of), home_terms().most_places)
    level = hot.question.level_word if hot is not None else ""
    actions = list_actions(by=by, meeting=of.number)
    minutes = [one for one in list_minutes(meeting=of.number, by=by) if one.place_number and one.text]
    touched = {one.place for one in actions} | {one.place_number for one in minutes}
    named = [one for one in list_places(by=by) if one.number in touched]
    pairs = _paired(kept, named, level)
    plans, agencies = _plans(by), dict(agency_names())
    told = tuple(
        _place(heard, of, one, place, level, actions, minutes, plans, agencies) for one, place in pairs
    )
    return told, actions


def _paired(
    kept: Sequence[KeptPlace], named: Sequence[PlaceTold], level: str
) -> list[tuple[KeptPlace | None, PlaceTold | None]]:
    """Each named place beside the hotspot that holds most of its units; what is left of either stands alone."""
    pairs: list[tuple[KeptPlace | None, PlaceTold | None]] = []
    taken = set()
    for place in named:
        shared = [(len(set(one.units) & set(place.units)), -at) for at, one in enumerate(kept)]
        most, at = max(shared, default=(0, 0))
        found = kept[-at] if most and place.level == level else None
        taken |= {found.letter} if found else set()
        pairs.append((found, place))
    pairs += [(one, None) for one in kept if one.letter not in taken]
    order = {one.letter: at for at, one in enumerate(kept)}
    return sorted(pairs, key=lambda pair: (order.get(pair[0].letter, 99) if pair[0] else 99, _name(pair)))


def _name(pair: tuple[KeptPlace | None, PlaceTold | None]) -> str:
    kept, named = pair
    return named.name if named else kept.name if kept else ""


def _place(
    heard: Heard,
    of: MeetingTold,
    kept: KeptPlace | None,
    named: PlaceTold | None,
    level: str,
    actions: Sequence[ActionTold],
    minutes: Sequence[MinuteTold],
    plans: Mapping[int, ActionPlan],
    agencies: Mapping[str, str],
) -> PlaceAfter:
    here = tuple(one for one in actions if named and one.place == named.number)
    units, at = (named.units, named.level) if named else (kept.units if kept else (), level)
    return PlaceAfter(
        title=_name((kept, named)),
        kept=kept,
        named=named,
        reported=_reported(kept, agencies),
        decided=here,
        minutes=tuple(one.text for one in minutes if named and one.place_number == named.number),
        done=tuple(_done(heard, one, plans) for one in here if one.kind != NO_ACTION),
        notices=notices_since(heard, at, units, of.held_on),
        since=since_at(heard, at, units, of.held_on),
    )


def _reported(kept: KeptPlace | None, agencies: Mapping[str, str]) -> str:
    """Who told of it, of those that the reader of the kept answer is shown."""
    names = [agencies.get(one, one) for one in kept.agencies] if kept else []
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _concerns(hot: KeptTold | None, districts: frozenset[str] | None) -> tuple[str, ...]:
    """Letters that are a concern about one source: told without their place."""
    if hot is None or hot.content is None:
        return ()
    told = hot.content.get("parts", {}).get("hotspots", ())
    return tuple(
        one["letter"]
        for one in told
        if one["verdict"] == "few" and (districts is None or one["district"] in districts)
    )


def _plans(by: str) -> dict[int, ActionPlan]:
    return {one.action: one for one in plans_of_actions(by=by)}


def _done(heard: Heard, one: ActionTold, plans: Mapping[int, ActionPlan]) -> Done:
    moves = tuple(
        f"{'Taken back: ' if step.back else ''}{step.to} on {day_words(step.at.astimezone(LONDON).date())}"
        f"{f' ({step.note})' if step.note else ''}"
        for step in one.steps
    )
    dose = f"Dose: {dose_words(one)}." if dose_words(one) else ""
    if not dose and one.measures and one.started_on:
        dose = "No dose was recorded."
    return Done(one, moves, dose, judged(heard, one, plans.get(one.number)))


def judged(heard: Heard, one: ActionTold, plan: ActionPlan | None) -> str:
    """What may be said of whether work changed anything: by its evaluation alone, and not before its months are over."""
    if plan is None:
        return NOT_EVALUATED if one.changes_context else ""
    if plan.state == "draft":
        return "Its evaluation is drafted and was never locked: nothing can be said by it."
    if plan.ends > heard.sources.today:
        return f"Too early to say until {day_words(plan.ends)}, when the months of its evaluation are over."
    waiting, refusals = len(heard.waits), len(heard.refusals)
    found = heard.ask("evaluation", {"plan": str(plan.plan)})
    if found is not None:
        cautions = texts(found.about["cautions"])
        return " ".join(
            filter(None, (said(str(found.about["sentence"])), could_see_of(found.about), *cautions))
        )
    if len(heard.waits) > waiting:
        return "Its evaluation is being worked out. Load the page again in a minute."
    return next(iter(heard.refusals[refusals:]), "Its evaluation is not told to you.")


def notices_since(heard: Heard, level: str, units: Sequence[str], day: date) -> tuple[str, ...]:
    """Notices in place at these units (gate/in_place.py) served from a day on, by kind; none is told by its person."""
    if not units:
        return ()
    refusals = len(heard.refusals)
    found = heard.ask("notices", {})
    if found is None:
        return tuple(heard.refusals[refusals:])
    kinds: dict[str, list[Mapping[str, Any]]] = {}
    for one in rows(heard.sources.near(level, units, found.columns)):
        if one["way"] != IN_WARD and one["served"] and date.fromisoformat(str(one["served"])[:10]) >= day:
            kinds.setdefault(str(one["kind"]), []).append(one)
    return tuple(_notice(kind, held) for kind, held in sorted(kinds.items()))


def _notice(kind: str, held: Sequence[Mapping[str, Any]]) -> str:
    name = NOTICE_NAMES.get(kind, kind.replace("_", " "))
    noun = name.split(" ", 1)[1] if name.startswith(("a ", "an ")) else name
    told = f"{counted(len(held), noun, f'{noun}s')} served since"
    if kind in ABOUT_SOMEBODY:
        return f"{told}."
    days = sorted(date.fromisoformat(str(one["served"])[:10]) for one in held)
    return f"{told}, {'on' if len(days) == 1 else 'the first on'} {day_words(days[0])}."


def _question(one: MeetingQuestionTold, actions: Sequence[ActionTold]) -> QuestionAfter:
    became = one.state_words
    if one.carried:
        became = f"{became}; left open at {counted(one.carried, 'meeting', 'meetings')}"
    return QuestionAfter(one, became, tuple(each for each in actions if each.question == one.number))
