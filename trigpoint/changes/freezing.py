"""The freeze: a meeting keeps the answers themselves and the recipe they were made by, and nothing of them moves.

Later files, agreements, corrections and programs change no kept byte. One thing does: where rows of a delivery are
withdrawn or erased, every answer that rests on it is made again from the rows that are left, and says so.
"""

from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, time

from django.db import transaction

from trigpoint.changes.action_plans import plan_district
from trigpoint.changes.editing import NoSuchThing, held
from trigpoint.changes.kept_lines import columns_of, digest_of
from trigpoint.changes.kept_pictures import Drawer, drawn_for
from trigpoint.changes.meetings import SHOWN, record_meeting, with_duty
from trigpoint.changes.restating import restate
from trigpoint.core.sharing.viewer import Viewer
from trigpoint.core.workflow.meeting import MeetingRefused, MeetingState, moved
from trigpoint.db.models import EvaluationPlan, KeptAnswer, Meeting
from trigpoint.gate.ask import ask
from trigpoint.gate.asked import LONDON
from trigpoint.gate.denial import NotWorkedOut, QuestionError, ReadDenied
from trigpoint.gate.evaluation_terms import ends_on
from trigpoint.gate.frozen_answers import Taken, take
from trigpoint.gate.landing_questions import questions_to_keep
from trigpoint.gate.meeting_terms import home_terms
from trigpoint.gate.quadrants import is_anothers
from trigpoint.gate.questions import Question, question_from_words
from trigpoint.gate.recipe import recipe_at

__all__ = ["StillWorkedOut", "freeze_meeting", "restate"]

PURPOSE = "meeting"
"""What a freeze asks for: agreements that do not allow the meeting leave their feeds out of it."""


class StillWorkedOut(MeetingRefused):
    """Some answers are still worked out; `viewer` is who asked for them, `questions` those that are missing."""

    def __init__(self, viewer: Viewer, questions: tuple[Question, ...]) -> None:
        many = f"{len(questions)} answer{'s are' if len(questions) > 1 else ' is'} still being worked out"
        super().__init__(f"{many}. Nothing was frozen: freeze again in a moment.")
        self.viewer = viewer
        self.questions = questions


@dataclass(frozen=True, slots=True)
class _Kept:
    name: str
    question: Question
    taken: Taken
    picture: bytes | None


def freeze_meeting(
    *,
    number: int,
    version: int,
    by: str,
    at: datetime,
    may_wait: bool = False,
    known: date | None = None,
    only: Collection[str] | None = None,
    draw: Drawer | None = None,
) -> int:
    """Keep what the gate answers now, as asked by `by` for the meeting. Gives the meeting's number.

    `draw` draws the maps that are kept with the answers; without it none are.
    `known` plays a freeze of an earlier day: answers are as known at its end. `only` keeps some of the answers.
    Raises ChangeDenied, NoSuchThing, ChangedMeanwhile, MeetingRefused, QuestionError where nothing is published, and
    StillWorkedOut where an answer takes more than a moment and `may_wait` is False; then nothing was changed.
    """
    account = with_duty("hold_meeting", by)
    before = Meeting.objects.filter(pk=number).first()
    if before is None:
        raise NoSuchThing(f"There is no meeting {number}.")
    moved(MeetingState(before.state), MeetingState.FROZEN)
    viewer = Viewer(account.user, account.agency, account.role, PURPOSE)
    kept, refused = _taken(viewer, before, at, may_wait=may_wait, known=known, only=only, draw=draw)
    recipe = recipe_at(at)
    if any(one.taken.publication != recipe["publication"] for one in kept):
        raise MeetingRefused("A new version was published meanwhile. Nothing was frozen: freeze again.")
    recipe |= {
        "known": known.isoformat() if known else None,
        "methods": {one.name: one.taken.method for one in kept if one.taken.method},
        "clauses": sorted({clause for one in kept for clause in one.taken.clauses}),
        "thresholds": _thresholds(),
        "refused": refused,
    }
    with transaction.atomic():
        found = held(Meeting, number, version, SHOWN)
        found.state = moved(MeetingState(found.state), MeetingState.FROZEN)
        frozen_at = _played(known) if known else at
        found.frozen_at = frozen_at
        found.publication_id, found.recipe = recipe["publication"], recipe
        found.version += 1
        found.save()
        for one in kept:
            _keep(found, one, viewer, frozen_at)
        digests = {one.name: digest_of(one.taken.text) for one in kept}
        record_meeting("frozen", found, account, at, {"publication": found.publication_id, "kept": digests})
    return number


def _taken(
    viewer: Viewer,
    of: Meeting,
    at: datetime,
    *,
    may_wait: bool,
    known: date | None,
    only: Collection[str] | None,
    draw: Drawer | None,
) -> tuple[list[_Kept], dict[str, str]]:
    """What could be kept, and why something could not."""
    kept: list[_Kept] = []
    refused: dict[str, str] = {}
    missing: list[Question] = []
    for name, question in _questions(viewer, of, at, known):
        if only is not None and name not in only:
            continue
        try:
            taken = take(viewer, question, at, may_wait=may_wait)
            on = known or at.astimezone(LONDON).date()
            kept.append(_Kept(name, question, taken, drawn_for(viewer, question, of.quadrant, on, at, draw)))
        except NotWorkedOut as wait:
            missing.append(wait.question)
        except (ReadDenied, QuestionError) as refusal:
            refused[name] = str(refusal)
    if missing:
        raise StillWorkedOut(viewer, tuple(missing))
    return kept, refused


def _questions(
    viewer: Viewer, of: Meeting, at: datetime, known: date | None
) -> Iterator[tuple[str, Question]]:
    choices = ask(viewer, question_from_words("choices", {}), at)
    today = known or at.astimezone(LONDON).date()
    months = home_terms().recent_months
    return questions_to_keep(choices, today=today, months=months, known=known, plans=_plans_due(of))


def _plans_due(of: Meeting) -> tuple[int, ...]:
    """Evaluations of its quadrant whose months are over by the meeting's day, and that were not reported yet.

    Those of no quadrant's district come to every meeting: rather twice than nowhere.
    """
    locked = EvaluationPlan.objects.filter(state="locked").order_by("pk")
    due = [one for one in locked if ends_on(one) <= of.held_on]
    return tuple(int(one.pk) for one in due if not is_anothers(plan_district(one), of.quadrant))


def _thresholds() -> dict[str, int]:
    terms = home_terms()
    return {"most_places": terms.most_places, "recent_months": terms.recent_months}


def _played(known: date) -> datetime:
    """The instant of a freeze that is played: the morning of its day."""
    return datetime.combine(known, time(9), tzinfo=LONDON)


def _keep(meeting: Meeting, one: _Kept, viewer: Viewer, at: datetime) -> None:
    KeptAnswer.objects.create(
        meeting=meeting,
        name=one.name,
        kind=one.question.kind,
        query=one.question.to_query(),
        asker=asdict(viewer),
        kept_at=at,
        picture=one.picture,
        **columns_of(one.taken),
    )
