"""What may be said of what, what it does, and what needs a second agency: the whole table."""

import itertools

import pytest

from trigpoint.core.workflow.corrections import EFFECTS
from trigpoint.core.workflow.sense_check import (
    EFFECT_WORDS,
    MOVES,
    NONE,
    OUTCOMES,
    REASONS,
    SUBJECTS,
    CheckRefused,
    Said,
    effect_of,
    moved_to,
    needs_second,
    outcomes_for,
    reasons_for,
    require_second,
)

DONE = {
    ("withdraw", ""): "withdrawn", ("mark_confidential", ""): "confidential", ("confirm", ""): NONE, ("clarify", ""): NONE,
    ("dispute", "wrong_place"): "moved", ("dispute", "duplicate"): "withdrawn", ("dispute", "default_address"): "role",
    ("dispute", "same_source"): "same_event", ("dispute", "operation_driven"): "discovered",
    ("dispute", "out_of_date"): "withdrawn", ("dispute", "role_wrong"): "role",
}  # fmt: skip


@pytest.mark.parametrize(("outcome", "reason"), list(itertools.product(OUTCOMES, ["", *REASONS])))
def test_a_record_is_changed_as_the_table_says_and_otherwise_refused(outcome, reason):
    said = Said("record", outcome, reason, moved=True, role=3, other=(1, 2))
    if (outcome, reason) in DONE:
        assert effect_of(said) == DONE[outcome, reason]
    else:
        with pytest.raises(CheckRefused):
            effect_of(said)


@pytest.mark.parametrize("subject", ["hotspot", "place"])
def test_what_is_said_of_a_place_changes_no_figure(subject):
    for outcome, reason in itertools.product(OUTCOMES, ["", *REASONS]):
        try:
            assert effect_of(Said(subject, outcome, reason)) == NONE
        except CheckRefused:
            assert subject not in OUTCOMES[outcome].subjects or bool(reason) != OUTCOMES[outcome].reasoned


@pytest.mark.parametrize("said", [
    Said("record", "dispute", "wrong_place"), Said("record", "dispute", "role_wrong"),
    Said("record", "dispute", "role_wrong", role=9),
    Said("record", "dispute", "same_source"), Said("event", "merge"), Said("child", "confirm"), Said("record", "listen"),
])  # fmt: skip
def test_what_is_not_said_whole_is_refused(said):
    with pytest.raises(CheckRefused):
        effect_of(said)


def test_only_what_lowers_a_count_at_ones_own_site_needs_a_second_agency():
    for effect in EFFECT_WORDS:
        said = Said("record", "dispute")
        assert not needs_second(said, effect, own_site=False)
        assert needs_second(said, effect, own_site=True) == (effect not in (NONE, "apart"))
    for subject, outcome in itertools.product(("hotspot", "place"), OUTCOMES):
        told = needs_second(Said(subject, outcome), NONE, own_site=True)
        assert told == (outcome in ("dispute", "split"))


def test_the_second_agency_is_an_agency_and_another():
    require_second(agency="police", other="education")
    for other in ("police", ""):
        with pytest.raises(CheckRefused):
            require_second(agency="police", other=other)


def test_words_effects_and_states_are_of_one_piece():
    assert set(EFFECT_WORDS) == {*EFFECTS, NONE}
    assert MOVES["undone"] == frozenset()
    assert all(to in MOVES for moves in MOVES.values() for to in moves)
    assert all(one.subjects <= set(SUBJECTS) for one in (*OUTCOMES.values(), *REASONS.values()))
    assert moved_to(Said("record", "dispute", "default_address")) == 10


@pytest.mark.parametrize("subject", SUBJECTS)
def test_what_is_offered_of_a_subject_may_be_said_of_it(subject):
    assert set(outcomes_for(subject)) == {name for name, one in OUTCOMES.items() if subject in one.subjects}
    assert set(reasons_for(subject)) == {name for name, one in REASONS.items() if subject in one.subjects}
    assert "dispute" in outcomes_for(subject)
