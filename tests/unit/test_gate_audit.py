"""No audit, no answer; and one line of the audit for each question, allowed or denied."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection

from tests.factories.world import World, agreement, open_agreements, random_records, write_file
from trigpoint.core.sharing.viewer import Viewer
from trigpoint.db.models import AdoptedAgreement, AuditEvent, Publication
from trigpoint.gate import connection as gate_connection
from trigpoint.gate.ask import Desk, QuestionError, ReadDenied, answer, ask
from trigpoint.gate.connection import adopted_agreements, record_question
from trigpoint.gate.questions import KINDS, question_from_words

AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
ANALYST = Viewer("an analyst", "police", "analyst", "meeting")
FRONTLINE = Viewer("a manager", "education", "frontline")


def questions():
    return [line for line in AuditEvent.objects.order_by("id") if line.event == "question"]


def desk(agreements=None):
    world = World(random_records(1, 20), agreements or open_agreements())
    return Desk(world.version(7), world.agreements, record_question)


EVALUATED = {"around": "W01", "start": "2024-04-01", "level": "ward"}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_a_question_is_one_line_however_much_it_answers(kind):
    words = {"from": "2023-01-01", "to": "2024-07-01"}
    words = {"places": {"text": "12 Acacia Avenue"}, "evaluation": EVALUATED}.get(kind, words)
    answer(ANALYST, question_from_words(kind, words), AT, desk())
    (line,) = questions()
    assert (line.user, line.agency, line.role, line.purpose) == ("an analyst", "police", "analyst", "meeting")
    assert (line.at, line.allowed, line.detail["kind"], line.detail["publication"]) == (AT, True, kind, 7)
    assert "Acacia" not in str(line.detail) + line.subject


@pytest.mark.django_db
def test_several_groupings_are_one_line():
    groupings = ["ward", "street", "cell:9", "month", "week"]
    answer(ANALYST, question_from_words("picture", {"grouping": groupings}), AT, desk())
    assert [line.detail["question"]["grouping"] for line in questions()] == [sorted(groupings)]


@pytest.mark.django_db
def test_a_question_that_is_denied_is_one_line_that_says_why():
    ward = [{"agencies": "all", "roles": "all", "finest": "ward", "clause": "4"}]
    with pytest.raises(ReadDenied) as denied:
        answer(ANALYST, question_from_words("hotspots", {}), AT, desk((agreement("police", audiences=ward),)))
    (line,) = questions()
    assert (line.allowed, line.clause) == (False, denied.value.clause)


@pytest.mark.django_db
def test_an_answer_from_memory_is_recorded_again():
    at_hand = desk()
    for _ in range(3):
        answer(ANALYST, question_from_words("hotspots", {"level": "street"}), AT, at_hand)
    assert len(questions()) == 3


@pytest.mark.django_db
def test_what_cannot_be_asked_is_not_a_question():
    with pytest.raises(QuestionError, match="no agency 'polise'"):
        answer(ANALYST, question_from_words("counts", {"agency": "polise"}), AT, desk())
    assert questions() == []


UNWRITABLE = {
    "sqlite": (
        ("CREATE TRIGGER no_audit BEFORE INSERT ON db_auditevent BEGIN SELECT RAISE(ABORT, 'full'); END",),
        ("DROP TRIGGER no_audit",),
    ),
    "postgresql": (
        (
            "CREATE FUNCTION refuse_audit() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'full'; END $$",
            "CREATE TRIGGER no_audit BEFORE INSERT ON db_auditevent FOR EACH ROW EXECUTE FUNCTION refuse_audit()",
        ),
        ("DROP TRIGGER no_audit ON db_auditevent", "DROP FUNCTION refuse_audit"),
    ),
}
"""What makes the audit refuse every line, and what undoes it, on each database a home may have."""


@pytest.fixture
def full_audit(transactional_db):
    make, undo = UNWRITABLE[connection.vendor]
    with connection.cursor() as cursor:
        for statement in make:
            cursor.execute(statement)
    yield
    with connection.cursor() as cursor:
        for statement in undo:
            cursor.execute(statement)


@pytest.mark.parametrize("kind", KINDS)
def test_with_the_audit_unwritable_nothing_is_answered(kind, full_audit):
    with pytest.raises(DatabaseError, match="full"):
        answer(ANALYST, question_from_words(kind, {}), AT, desk())


@pytest.mark.parametrize("kind", KINDS)
def test_the_question_is_recorded_before_anything_is_read(kind):
    def refuse(*_):
        raise OSError("the audit is full")

    world = World(random_records(1, 20), open_agreements())
    with pytest.raises(OSError, match="the audit is full"):
        answer(ANALYST, question_from_words(kind, {}), AT, Desk(world.version(), world.agreements, refuse))


def test_frontline_is_denied_counts_and_told_why():
    world = World(random_records(1, 20), (agreement("police"),))
    with pytest.raises(ReadDenied, match="see Shared with you"):
        answer(
            FRONTLINE, question_from_words("counts", {}), AT, Desk(world.version(), world.agreements, print)
        )


def test_the_instant_of_asking_says_its_time_zone():
    with pytest.raises(ValueError, match="time zone"):
        answer(ANALYST, question_from_words("counts", {}), AT.replace(tzinfo=None), desk())


def publish(home, number, world):
    path = home.store / f"{number}.duckdb"
    write_file(path, world)
    Publication.objects.create(
        number=number, file_name=path.name, built_at=AT, built_by="tests", records=len(world.records), claims=0,
        seconds=0.1,
    )  # fmt: skip


def test_a_home_without_a_publication_says_so(home):
    with pytest.raises(QuestionError, match="Nothing has been published yet"):
        ask(ANALYST, question_from_words("counts", {}), AT)


def test_a_home_is_asked_by_its_newest_publication_and_the_agreements_adopted(home):
    world = World(random_records(1, 40, feeds=[2]), ())
    publish(home, 1, World(world.records[:10], ()))
    first = ask(ANALYST, question_from_words("counts", {"level": "cell:9"}), AT)
    publish(home, 2, world)
    second = ask(ANALYST, question_from_words("counts", {"level": "cell:9"}), AT)
    assert (first.about["publication"], second.about["publication"]) == (1, 2)
    assert (
        first.about["total"]
        < second.about["total"]
        == sum(one.known_to.year == 9999 for one in world.records)
    )
    assert [one["clause"] for one in second.about["clauses"]] == ["open_data v1 clause 3.1"]
    assert len(questions()) == 2
    gate_connection.let_go_of_others(None)


def test_an_agreement_that_was_ended_is_no_longer_obeyed(home):
    assert [one.code for one in adopted_agreements(AT)] == ["open_data"]
    AdoptedAgreement.objects.update(ended_at=AT)
    assert adopted_agreements(AT) == ()
