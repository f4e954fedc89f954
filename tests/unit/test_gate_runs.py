"""Runs: worked out once, kept for whoever may see the same, and never found by anybody else."""

from datetime import UTC, date, datetime

import numpy as np
import pytest

from tests.factories.world import World, agreement, random_records
from trigpoint.core.sharing.viewer import Viewer
from trigpoint.gate import ask as gate
from trigpoint.gate.ask import Desk, answer
from trigpoint.gate.denial import NotWorkedOut
from trigpoint.gate.questions import Question
from trigpoint.gate.run_file import RunFileError, read_run, write_run
from trigpoint.gate.runs import Worked, run_key, worked
from trigpoint.gate.shelf import RunStopped, Shelf
from trigpoint.gate.standing import months_that_are_over, standing_questions

AT = datetime(2024, 9, 2, 9, 0, tzinfo=UTC)
MEMBER = Viewer("someone", "education", "member")
EVERYTHING = (agreement("open_data"), agreement("social_care"), agreement("police"))


def asked_of(shelf=None, agreements=EVERYTHING, **words):
    """What a kind would work from: caught on its way to `counts`."""
    caught = []
    world = World(random_records(5, 40), agreements)
    desk = Desk(world.version(), agreements, lambda *_: None, shelf=shelf or Shelf())
    counts = gate._KINDS["counts"]
    gate._KINDS["counts"] = lambda one: caught.append(one) or counts(one)
    try:
        answer(MEMBER, Question("counts", **words), AT, desk)
    finally:
        gate._KINDS["counts"] = counts
    return caught[0]


def drawn(rng, progress):
    progress(1, 1)
    return Worked({"one": {"n": rng.integers(0, 10**9, 3), "word": ["a", "", "ü"]}}, {"q": 0.05, "no": None})


def test_the_same_question_has_the_same_run_whenever_it_is_asked():
    first, again = (worked(asked_of(), "x", 1, (0.05,), drawn) for _ in range(2))
    assert first.tables["one"]["n"].tolist() == again.tables["one"]["n"].tolist()


@pytest.mark.parametrize(
    "other",
    [
        {"agreements": EVERYTHING[:1]},
        {"level": "district"},
        {"themes": ("missing",)},
        {"known": date(2024, 3, 1)},
        {"counted": "events"},
    ],
)
def test_whoever_may_see_or_asks_something_else_has_another_run(other):
    assert run_key(asked_of(), "x", 1, ()) != run_key(asked_of(**other), "x", 1, ())


def test_a_method_that_changed_and_other_parameters_make_another_run():
    asked = asked_of()
    keys = {run_key(asked, *told) for told in (("x", 1, ()), ("x", 2, ()), ("y", 1, ()), ("x", 1, (0.1,)))}
    assert len(keys) == 4


def test_the_place_a_test_is_narrowed_to_makes_no_other_run():
    assert run_key(asked_of(), "x", 1, ()) == run_key(asked_of(within=("D1",)), "x", 1, ())


def test_a_run_is_kept_and_not_worked_out_again(tmp_path):
    made = []

    def make(rng, progress):
        made.append(1)
        return drawn(rng, progress)

    first = worked(asked_of(Shelf(tmp_path)), "x", 1, (), make)
    again = worked(asked_of(Shelf(tmp_path, may_wait=False)), "x", 1, (), make)
    assert made == [1]
    assert again.facts == first.facts
    assert again.tables["one"]["n"].tolist() == first.tables["one"]["n"].tolist()
    assert list(again.tables["one"]["word"]) == ["a", "", "ü"]


def test_nobody_waits_who_may_not():
    with pytest.raises(NotWorkedOut, match="worked out") as wait:
        worked(asked_of(Shelf(may_wait=False)), "x", 1, (), drawn)
    assert wait.value.question.kind == "counts"


def test_a_damaged_file_is_worked_out_again(tmp_path):
    worked(asked_of(Shelf(tmp_path)), "x", 1, (), drawn)
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:50])
    with pytest.raises(RunFileError):
        read_run(file)
    assert worked(asked_of(Shelf(tmp_path)), "x", 1, (), drawn).facts["q"] == 0.05


def test_a_run_that_is_stopped_leaves_nothing(tmp_path):
    def stop(done, whole):
        raise RunStopped

    with pytest.raises(RunStopped):
        worked(asked_of(Shelf(tmp_path, progress=stop)), "x", 1, (), drawn)
    assert list(tmp_path.iterdir()) == []


def test_only_plain_values_are_kept(tmp_path):
    with pytest.raises(TypeError, match="cannot keep"):
        write_run(tmp_path / "one.run", {}, {"a": object()})
    write_run(tmp_path / "two.run", {"t": {"a": np.array([True])}}, {"b": np.int64(3), "c": np.arange(2)})
    tables, facts = read_run(tmp_path / "two.run")
    assert facts == {"b": 3, "c": [0, 1]}
    assert tables["t"]["a"].tolist() == [True]


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 11, 20), (date(2025, 11, 1), date(2026, 11, 1))),
        (date(2026, 10, 20), (date(2025, 10, 1), date(2026, 10, 1))),
        (date(2024, 1, 5), (date(2025, 11, 1), date(2026, 11, 1))),
    ],
)
def test_standing_questions_are_of_months_that_are_over(today, expected):
    span = date(2024, 9, 1), date(2026, 11, 1)
    assert months_that_are_over(*span, months=12, today=today) == expected
    assert months_that_are_over(*span, months=60, today=today)[0] == span[0]
    first = next(iter(standing_questions(*span, today=today)))
    assert (first.period_from, first.period_to) == expected
