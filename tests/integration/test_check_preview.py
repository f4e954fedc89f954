"""What a check would do, asked before it is published, is what is told once it is."""

from datetime import timedelta

import pytest

from tests.integration.test_sense_checks import told  # noqa: F401  # the published home
from trigpoint.changes.check_preview import asked_as_if, not_published_yet
from trigpoint.changes.sense_checks import check_record, second_check, undo_check
from trigpoint.core.sharing.viewer import Viewer
from trigpoint.core.workflow.corrections import Moved
from trigpoint.gate.ask import ask
from trigpoint.gate.questions import question_from_words
from trigpoint.gate.show import rows
from trigpoint.upkeep.publish import publish

PAT = Viewer("pat", "police", "contributor")
WITHDRAWN = {"outcome": "withdraw"}
SAID = (
    WITHDRAWN,
    {"outcome": "dispute", "reason": "wrong_place", "to": Moved("nowhere")},
    {"outcome": "dispute", "reason": "wrong_place", "to": Moved("ward", "W10")},
    {"outcome": "dispute", "reason": "operation_driven"},
    {"outcome": "dispute", "reason": "role_wrong", "role": 4},
    {"outcome": "mark_confidential"},
    {"outcome": "merge", "subject": "event", "other": (3, 1)},
    {"outcome": "split", "subject": "event"},
    {"outcome": "split", "subject": "event", "other": (3, 1)},
)


def questions():
    for level in ("ward", "street"):
        for counted in ("records", "events"):
            yield question_from_words("counts", {"level": level, "agency": "police", "counted": counted})
    yield question_from_words("counts", {"level": "ward", "agency": "police", "detection": "discovered"})


def plain(answer):
    counts = {row["code"]: row["count"] for row in rows(answer.columns) if row["count"]}
    return counts, answer.about["total"], answer.about["unplaced"], answer.about.get("withdrawn", 0)


@pytest.mark.parametrize("said", SAID)
def test_the_preview_is_what_is_told_once_it_is_published(told, at, said):  # noqa: F811
    day = at + timedelta(days=2)
    before = [plain(ask(PAT, one, day)) for one in questions()]
    number = check_record(delivery=1, row=1, by="pat", at=day, **said)
    assert not_published_yet(number=number, viewer=PAT, at=day)
    would = [plain(asked_as_if(number=number, question=one, viewer=PAT, at=day)) for one in questions()]
    assert [plain(ask(PAT, one, day)) for one in questions()] == before, "nothing moves before a publication"
    publish(by="analyst", at=day + timedelta(hours=1))
    assert [plain(ask(PAT, one, day + timedelta(hours=2))) for one in questions()] == would
    assert not not_published_yet(number=number, viewer=PAT, at=day)
    assert asked_as_if(number=number, question=next(questions()), viewer=PAT, at=day) is None


def test_what_waits_is_shown_as_if_agreed_and_what_is_taken_back_or_changes_nothing_is_not(told, at):  # noqa: F811
    question = next(questions())
    waits = check_record(delivery=1, row=4, by="pat", at=at, **WITHDRAWN)
    assert plain(asked_as_if(number=waits, question=question, viewer=PAT, at=at))[0]["W30"] == 1
    second_check(number=waits, by="yas", at=at + timedelta(minutes=1))
    assert not_published_yet(number=waits, viewer=PAT, at=at)
    undo_check(number=waits, by="pat", at=at + timedelta(minutes=2))
    assert not not_published_yet(number=waits, viewer=PAT, at=at)
    noted = check_record(delivery=1, row=1, outcome="confirm", by="pat", at=at)
    assert asked_as_if(number=noted, question=question, viewer=PAT, at=at) is None
