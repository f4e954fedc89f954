"""The one way out: decide, record, restrict, ask the store, and give a frozen answer."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from trigpoint.core.sharing.agreement import Agreement
from trigpoint.core.sharing.policy import Decision, Restrictions, decide
from trigpoint.core.sharing.viewer import Viewer
from trigpoint.gate.answers import Answer
from trigpoint.gate.asked import LONDON, Asked, permitted_feeds
from trigpoint.gate.connection import (
    adopted_agreements,
    current_version_and_runs,
    home_rules,
    record_question,
)
from trigpoint.gate.denial import NotWorkedOut, QuestionError, ReadDenied
from trigpoint.gate.exposure import Exposure, exposure_categories, exposure_ids
from trigpoint.gate.facts import facts_of
from trigpoint.gate.kept_answers import kept_answer
from trigpoint.gate.kept_words import KeptWords, kept_words, no_words
from trigpoint.gate.kinds.accuracy import answer_accuracy
from trigpoint.gate.kinds.around import answer_around
from trigpoint.gate.kinds.change import answer_change
from trigpoint.gate.kinds.choices import answer_choices
from trigpoint.gate.kinds.concentration import answer_concentration
from trigpoint.gate.kinds.counts import answer_counts
from trigpoint.gate.kinds.coverage import answer_coverage
from trigpoint.gate.kinds.density import answer_density
from trigpoint.gate.kinds.emerging import answer_emerging
from trigpoint.gate.kinds.evaluation import answer_evaluation
from trigpoint.gate.kinds.events import answer_events
from trigpoint.gate.kinds.facilities import answer_facilities
from trigpoint.gate.kinds.flows import answer_flows
from trigpoint.gate.kinds.hotspots import answer_hotspots
from trigpoint.gate.kinds.joint import answer_joint
from trigpoint.gate.kinds.notices import answer_notices
from trigpoint.gate.kinds.own_records import answer_own_records
from trigpoint.gate.kinds.picture import answer_picture
from trigpoint.gate.kinds.places import answer_places
from trigpoint.gate.kinds.questions import answer_questions
from trigpoint.gate.kinds.rates import answer_rates
from trigpoint.gate.kinds.repeats import answer_repeats
from trigpoint.gate.kinds.routes import answer_routes
from trigpoint.gate.kinds.scan import answer_scan
from trigpoint.gate.kinds.series import answer_series
from trigpoint.gate.kinds.shapes import answer_shapes
from trigpoint.gate.kinds.shifts import answer_shifts
from trigpoint.gate.kinds.silence import answer_silence
from trigpoint.gate.kinds.sites import answer_sites
from trigpoint.gate.kinds.times import answer_times
from trigpoint.gate.kinds.totals import answer_totals
from trigpoint.gate.kinds.unplaced import answer_unplaced
from trigpoint.gate.kinds.work import answer_work
from trigpoint.gate.kinds.worth import answer_worth
from trigpoint.gate.meeting_rules import MeetingRule, package_rules
from trigpoint.gate.plans import Plans, no_plans, planned
from trigpoint.gate.plans_kept import kept_plan
from trigpoint.gate.questions import Question
from trigpoint.gate.selecting import selection_of
from trigpoint.gate.shelf import Progress, Shelf
from trigpoint.gate.version import Version
from trigpoint.gate.within import NO_UNIT, Place, find_place, find_point
from trigpoint.gate.work import WorkClass, work_classes

__all__ = [
    "Answer",
    "Desk",
    "NotWorkedOut",
    "Question",
    "QuestionError",
    "ReadDenied",
    "Viewer",
    "answer",
    "answer_of",
    "ask",
    "decided",
    "home_desk",
]

_KINDS: dict[str, Callable[[Asked], Answer]] = {
    "counts": answer_counts,
    "series": answer_series,
    "hotspots": answer_hotspots,
    "sites": answer_sites,
    "notices": answer_notices,
    "routes": answer_routes,
    "work": answer_work,
    "coverage": answer_coverage,
    "picture": answer_picture,
    "places": answer_places,
    "shapes": answer_shapes,
    "choices": answer_choices,
    "events": answer_events,
    "unplaced": answer_unplaced,
    "totals": answer_totals,
    "around": answer_around,
    "flows": answer_flows,
    "evaluation": answer_evaluation,
    "density": answer_density,
    "rates": answer_rates,
    "repeats": answer_repeats,
    "concentration": answer_concentration,
    "accuracy": answer_accuracy,
    "times": answer_times,
    "joint": answer_joint,
    "worth": answer_worth,
    "facilities": answer_facilities,
    "scan": answer_scan,
    "emerging": answer_emerging,
    "silence": answer_silence,
    "shifts": answer_shifts,
    "questions": answer_questions,
    "change": answer_change,
    "own_records": answer_own_records,
}


@dataclass(frozen=True, slots=True)
class Desk:
    """What the gate needs at hand: the version in use, the agreements adopted, and the audit.

    `record` is called once for each question, before anything is read for it; if it raises, nothing is answered.
    `words` reads what is kept of the wordings of some agencies; `exposure` are the categories that are no concerns,
    `work` the records that tell of work of our own. With `again` the answer is kept for whoever may see the same.
    """

    version: Version
    agreements: tuple[Agreement, ...]
    record: Callable[[Viewer, Question, datetime, Decision, int], object]
    words: Callable[[tuple[str, ...]], KeptWords] = no_words
    exposure: Exposure = field(default_factory=exposure_categories)
    shelf: Shelf = field(default_factory=Shelf)
    plans: Plans = no_plans
    rules: tuple[MeetingRule, ...] = field(default_factory=package_rules)
    work: tuple[WorkClass, ...] = field(default_factory=work_classes)
    again: bool = False


def ask(
    viewer: Viewer,
    question: Question,
    at: datetime,
    *,
    may_wait: bool = True,
    progress: Progress | None = None,
    again: bool = False,
) -> Answer:
    """Answer a question from the current publication of this home.

    `at` is the instant of asking, with its time zone: it decides which agreements are in force and stands in the
    audit. Raises ReadDenied (recorded), QuestionError for what cannot be asked (nothing was read), and whatever
    the database raises where the question could not be recorded. Without `may_wait` raises NotWorkedOut for what
    takes more than a moment and is not kept yet; `progress` is told how far it has come. `again` says that the same is
    asked each time a page is opened: it is decided and recorded each time, and worked out once (`kept_answers`).
    """
    desk = home_desk(at, may_wait=may_wait, progress=progress, again=again)
    return answer(viewer, question, at, desk)


def home_desk(
    at: datetime, *, may_wait: bool = True, progress: Progress | None = None, again: bool = False
) -> Desk:
    """The desk of this home at an instant; its words are those of `ask`. Raises QuestionError where nothing is published."""
    version, folder = current_version_and_runs()
    shelf = Shelf(folder, may_wait, progress) if progress else Shelf(folder, may_wait)
    agreements, rules = adopted_agreements(at), home_rules()
    return Desk(
        version,
        agreements,
        record_question,
        kept_words,
        shelf=shelf,
        plans=kept_plan,
        rules=rules,
        again=again,
    )


def answer(viewer: Viewer, question: Question, at: datetime, desk: Desk) -> Answer:
    """As `ask`, with what it needs handed in."""
    return answer_of(decided(viewer, question, at, desk), again=desk.again)


def answer_of(asked: Asked, *, again: bool = False) -> Answer:
    """The answer to a question that was decided. Raises QuestionError for a kind that has none here."""
    if asked.question.kind not in _KINDS:
        raise QuestionError(f"'{asked.question.kind}' cannot be answered here.")
    make, seen = _KINDS[asked.question.kind], _as_seen(asked)
    return kept_answer(seen, make) if again else make(seen)


def decided(viewer: Viewer, question: Question, at: datetime, desk: Desk) -> Asked:
    """Decide and record, and read nothing yet but places. Raises ReadDenied (recorded) and QuestionError."""
    if at.tzinfo is None:
        raise ValueError("the instant of asking must say its time zone")
    question, plan = planned(question, desk.plans)
    version = desk.version
    within = tuple(find_place(one, version) for one in question.within)
    around = find_point(question.around, version) if question.around else None
    facts = facts_of(question, version, within)
    exposure = exposure_ids(version, desk.exposure)
    selection = selection_of(question, version, within, exposure)
    agreements, on = _sorted(desk.agreements), at.astimezone(LONDON).date()
    decision = decide(viewer, facts, agreements, on)
    desk.record(viewer, question, at, decision, version.number)
    if not decision.allowed:
        raise ReadDenied(decision.reason, decision.clause)
    asked = Asked(
        question=question,
        at=at,
        version=version,
        restrictions=decision.restrictions,
        permitted=permitted_feeds(decision.restrictions, version),
        selection=selection,
        grain=facts.grain,
        within=within,
        around=around,
        words=desk.words,
        exposure=exposure,
        shelf=desk.shelf,
        rules=desk.rules,
        work=desk.work,
        plan=plan,
    )
    if question.kind == "picture" and question.agencies:
        every = facts_of(replace(question, agencies=()), version, within)
        wider = _widened(asked, decide(viewer, every, agreements, on).restrictions)
        asked = replace(asked, of_every_agency=wider)
    return asked


def _widened(asked: Asked, restrictions: Restrictions) -> Asked:
    """The same asked of every agency, under what was decided for all of them."""
    return replace(
        asked,
        restrictions=restrictions,
        permitted=permitted_feeds(restrictions, asked.version),
        selection=replace(asked.selection, agencies=()),
    )


def _as_seen(asked: Asked) -> Asked:
    """With its places as this viewer may know of them."""
    within = tuple(_place_seen(place, asked) for place in asked.within)
    return replace(asked, within=within, around=_place_seen(asked.around, asked) if asked.around else None)


def _place_seen(place: Place, asked: Asked) -> Place:
    """The place as this viewer may know of it: an anchor point that holds nothing permitted is like none at all."""
    if place.kind != "street" or place.id == NO_UNIT or asked.streets_seen()[place.id]:
        return place
    return replace(place, id=NO_UNIT, name=place.code)


def _sorted(agreements: Iterable[Agreement]) -> list[Agreement]:
    return sorted(agreements, key=lambda one: (one.code, -one.version))
