"""Questions to the meeting: raised by the analysis or by a member, answered, made an action, or left open and carried on.

One function a change, one transaction, one audit event. A question left open comes back at the next meeting.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from trigpoint.changes.acting import acting, recorded, row_of
from trigpoint.changes.editing import NoSuchThing, held
from trigpoint.changes.told_text import told
from trigpoint.core.workflow.question import STATE_WORDS, QuestionMoveRefused, QuestionState, moves, settled
from trigpoint.db.models import Agency, AuditEvent, Meeting, MeetingQuestion, Place

__all__ = [
    "MeetingQuestionTold",
    "QuestionRefused",
    "adopt_question",
    "answer_question",
    "asked_at",
    "carry_open",
    "drop_question",
    "list_questions",
    "question",
    "raise_question",
    "reopen_question",
]

LONGEST, LONGEST_ANSWER = 500, 2000
SHOWN = ("text", "answer", "state")


class QuestionRefused(ValueError):
    """The question cannot be kept as asked; the message says why."""


@dataclass(frozen=True, slots=True)
class MeetingQuestionTold:
    """A question as those at the table read it. `rule` is empty for a member's own; `evidence` are words to ask it anew,
    "kind?query", empty where there are none."""

    number: int
    meeting: int | None
    place: int | None
    place_name: str
    rule: str
    key: str
    text: str
    evidence: str
    asked_of: str
    asked_of_name: str
    asked_by_agency: str
    asked_by_name: str
    state: str
    state_words: str
    moves: tuple[str, ...]
    answer: str
    carried: int
    at: datetime
    settled_at: datetime | None
    version: int

    @property
    def is_open(self) -> bool:
        return self.state == QuestionState.OPEN


def list_questions(*, by: str, meeting: int | None = None) -> tuple[MeetingQuestionTold, ...]:
    """Questions, open ones first and of these those carried most often. Raises ChangeDenied."""
    acting(by, "read_meetings")
    kept = MeetingQuestion.objects.select_related("place")
    if meeting is not None:
        kept = kept.filter(meeting_id=meeting)
    names = _agencies()
    return tuple(
        sorted(
            (_told(one, names) for one in kept), key=lambda one: (not one.is_open, -one.carried, -one.number)
        )
    )


def asked_at(*, meeting: int, by: str) -> tuple[MeetingQuestionTold, ...]:
    """Questions that a meeting had before it, those it left open and carried on among them. Raises ChangeDenied."""
    acting(by, "read_meetings")
    carried = AuditEvent.objects.filter(event="questions_carried", subject=f"meeting {meeting}")
    gone_on = {int(one) for event in carried for one in event.detail.get("questions", ())}
    kept = MeetingQuestion.objects.select_related("place").filter(Q(meeting_id=meeting) | Q(pk__in=gone_on))
    names = _agencies()
    return tuple(_told(one, names) for one in kept.order_by("pk"))


def question(*, number: int, by: str) -> MeetingQuestionTold:
    """One question. Raises NoSuchThing, ChangeDenied."""
    acting(by, "read_meetings")
    found = MeetingQuestion.objects.select_related("place").filter(pk=number).first()
    if found is None:
        raise NoSuchThing(f"There is no question {number}.")
    return _told(found, _agencies())


def raise_question(
    *,
    text: str,
    by: str,
    at: datetime,
    meeting: int | None = None,
    place: int | None = None,
    asked_of: str = "",
) -> int:
    """A member's question; gives its number. `asked_of` is the agency that may know, or empty.

    Raises ChangeDenied, QuestionRefused, TextRefused, NoSuchThing.
    """
    account = acting(by, "ask_meeting")
    wanted = told(text, what="the question", longest=LONGEST)
    with transaction.atomic():
        made = MeetingQuestion.objects.create(
            text=wanted, meeting=_still_open(meeting), place=row_of(Place, place), asked_of=_agency(asked_of),
            asked_by_agency=account.agency, by=account.user, at=at,
        )  # fmt: skip
        detail = {"meeting": meeting, "place": place, "asked_of": asked_of}
        recorded("question_raised", f"question {made.pk}", account, at, detail)
    return int(made.pk)


def adopt_question(
    *,
    rule: str,
    key: str,
    text: str,
    evidence: str,
    by: str,
    at: datetime,
    meeting: int | None = None,
    place: int | None = None,
    asked_of: str = "",
) -> int:
    """Put a question of the analysis to the meeting; gives its number. One that is open already is that one.

    `key` tells it from others of its rule. Raises ChangeDenied, QuestionRefused, NoSuchThing.
    """
    account = acting(by, "decide")
    if not rule or not text:
        raise QuestionRefused("That is no question of the analysis.")
    with transaction.atomic():
        same = MeetingQuestion.objects.select_for_update().filter(
            rule=rule, key=key[:200], state=QuestionState.OPEN
        )
        if (open_one := same.first()) is not None:
            return int(open_one.pk)
        made = MeetingQuestion.objects.create(
            rule=rule[:60], key=key[:200], text=text[:LONGEST], evidence=evidence[:2000],
            meeting=_still_open(meeting), place=row_of(Place, place), asked_of=_agency(asked_of),
            asked_by_agency=account.agency, by=account.user, at=at,
        )  # fmt: skip
        recorded("question_adopted", f"question {made.pk}", account, at, {"rule": rule, "meeting": meeting})
    return int(made.pk)


def answer_question(*, number: int, answer: str, version: int, by: str, at: datetime) -> None:
    """Answer a question, or say the answer better. Raises ChangeDenied, ChangedMeanwhile, QuestionRefused, TextRefused."""
    account = acting(by, "ask_meeting")
    wanted = told(answer, what="the answer", longest=LONGEST_ANSWER)
    with transaction.atomic():
        kept = held(MeetingQuestion, number, version, SHOWN)
        before = kept.answer
        if kept.state != QuestionState.ANSWERED:
            _settle(kept, QuestionState.ANSWERED)
        kept.answer, kept.settled_by, kept.settled_at = wanted, account.user, at
        _saved(kept)
        recorded("question_answered", f"question {number}", account, at, {"before": before, "after": wanted})


def drop_question(*, number: int, version: int, by: str, at: datetime) -> None:
    """Say that a question is not asked any more. Raises as `answer_question`."""
    _move(number, QuestionState.DROPPED, "question_dropped", version, by, at)


def reopen_question(*, number: int, version: int, by: str, at: datetime) -> None:
    """Ask again what was answered or dropped; the answer stays beside it. Raises as `answer_question`."""
    _move(number, QuestionState.OPEN, "question_reopened", version, by, at)


def carry_open(*, meeting_from: int, meeting_to: int, by: str, at: datetime) -> int:
    """Take every question that a meeting left open to another; gives how many. Asked twice, it carries nothing twice.

    Raises ChangeDenied, NoSuchThing, QuestionRefused.
    """
    account = acting(by, "hold_meeting")
    if meeting_from == meeting_to:
        raise QuestionRefused("A question is carried to another meeting.")
    with transaction.atomic():
        to = row_of(Meeting, meeting_to)
        kept = list(
            MeetingQuestion.objects.select_for_update().filter(
                meeting_id=meeting_from, state=QuestionState.OPEN
            )
        )
        for one in kept:
            one.meeting, one.carried = to, one.carried + 1
            _saved(one)
        if kept:
            detail = {"to": meeting_to, "questions": [int(one.pk) for one in kept]}
            recorded("questions_carried", f"meeting {meeting_from}", account, at, detail)
    return len(kept)


def _still_open(number: int | None) -> Meeting | None:
    """The meeting of that number. A closed one carries nothing on: what is asked there would never be heard again."""
    found = row_of(Meeting, number)
    if found is not None and found.state == Meeting.State.CLOSED:
        raise QuestionRefused("That meeting is closed: ask the next one.")
    return found


def _move(number: int, to: QuestionState, event: str, version: int, by: str, at: datetime) -> None:
    account = acting(by, "decide")
    with transaction.atomic():
        kept = held(MeetingQuestion, number, version, SHOWN)
        before = kept.state
        _settle(kept, to)
        is_open = to is QuestionState.OPEN
        kept.settled_by, kept.settled_at = ("", None) if is_open else (account.user, at)
        _saved(kept)
        recorded(event, f"question {number}", account, at, {"from": before, "to": kept.state})


def _settle(kept: MeetingQuestion, to: QuestionState) -> None:
    try:
        kept.state = settled(QuestionState(kept.state), to)
    except QuestionMoveRefused as refusal:
        raise QuestionRefused(str(refusal)) from refusal


def _saved(kept: MeetingQuestion) -> None:
    kept.version += 1
    kept.save()


def _agencies() -> dict[str, str]:
    return dict(Agency.objects.values_list("code", "name"))


def _agency(code: str) -> str:
    if code and code not in _agencies():
        raise QuestionRefused(f"There is no agency '{code}'.")
    return code


def _told(kept: MeetingQuestion, names: Mapping[str, str]) -> MeetingQuestionTold:
    state = QuestionState(kept.state)
    return MeetingQuestionTold(
        number=int(kept.pk),
        meeting=kept.meeting_id,
        place=kept.place_id,
        place_name=kept.place.name if kept.place else "",
        rule=kept.rule,
        key=kept.key,
        text=kept.text,
        evidence=kept.evidence,
        asked_of=kept.asked_of,
        asked_of_name=names.get(kept.asked_of, kept.asked_of),
        asked_by_agency=kept.asked_by_agency,
        asked_by_name="The analysis" if kept.rule else names.get(kept.asked_by_agency, "The partnership"),
        state=kept.state,
        state_words=STATE_WORDS[state],
        moves=tuple(one.value for one in moves(state)),
        answer=kept.answer,
        carried=kept.carried,
        at=kept.at,
        settled_at=kept.settled_at,
        version=kept.version,
    )
