"""What is read ahead is what would be read later, and answers nobody."""

import gc

import pytest

from tests.factories.world import World, open_agreements, random_records, write_file
from trigpoint.db.models import AuditEvent, Publication
from trigpoint.gate import connection as gate_connection
from trigpoint.gate.ahead import read_places, work_ahead, work_further_ahead
from trigpoint.gate.connection import current_version
from trigpoint.web.warm import keep_for_good, warm_up


def publish(home, at, anchors=False):
    write_file(home.store / "1.duckdb", World(random_records(1, 40), open_agreements(), anchors))
    Publication.objects.create(
        number=1, file_name="1.duckdb", built_at=at, built_by="tests", records=40, claims=0, seconds=0.1
    )


@pytest.fixture(autouse=True)
def _let_go():
    yield
    gate_connection.let_go_of_others(None)
    gc.unfreeze()


def test_an_empty_home_has_nothing_to_read(home):
    assert read_places() is None


@pytest.mark.parametrize("anchors", [False, True])
def test_reading_ahead_opens_the_version_that_is_asked_and_records_no_question(home, at, anchors):
    publish(home, at, anchors)
    version = read_places()
    assert version is current_version()
    work_ahead(version)
    work_further_ahead(version)
    assert not AuditEvent.objects.filter(event="question").exists()


def test_a_store_that_cannot_be_opened_keeps_no_door_closed(home, at, monkeypatch, caplog):
    Publication.objects.create(
        number=1, file_name="gone.duckdb", built_at=at, built_by="tests", records=1, claims=0, seconds=0.1
    )
    monkeypatch.setattr("trigpoint.web.warm.FIRST_LOOK_S", 0.0)
    warm_up()
    assert "Warming up did not finish" in caplog.text
    assert "gone.duckdb" in caplog.text


def test_what_was_read_ahead_is_not_looked_through_again_for_what_nobody_needs(home, at):
    publish(home, at)
    version = read_places()
    keep_for_good()
    assert gc.get_freeze_count() > 0
    assert not any(one is version for one in gc.get_objects())
