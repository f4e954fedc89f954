"""The life of a release: what may follow what, and who may let it go."""

from datetime import date

import pytest

from trigpoint.core.workflow.release import (
    MOVES,
    ReleaseMoveRefused,
    ReleaseState,
    Word,
    after_word,
    is_open_on,
    moved,
)

AUTHOR = "analyst"
POLICE, CARE = Word("officer", "police", True), Word("lead", "social_care", True)


@pytest.mark.parametrize("state", ReleaseState)
@pytest.mark.parametrize("to", ReleaseState)
def test_only_the_moves_listed_are_made(state, to):
    if to in MOVES[state]:
        assert moved(state, to) is to
    else:
        with pytest.raises(ReleaseMoveRefused, match=f"{state.value} cannot become {to.value}"):
            moved(state, to)


def test_nothing_comes_back_from_an_end():
    assert not MOVES[ReleaseState.REFUSED]
    assert not MOVES[ReleaseState.WITHDRAWN]


def test_two_agencies_approve():
    assert after_word(AUTHOR, (), POLICE) is ReleaseState.PROPOSED
    assert after_word(AUTHOR, (POLICE,), CARE) is ReleaseState.APPROVED


@pytest.mark.parametrize(
    ("given", "word", "match"),
    [
        ((), Word(AUTHOR, "police", True), "made a release cannot approve"),
        ((POLICE,), Word("officer", "police", True), "had your word"),
        ((POLICE,), Word("sergeant", "police", True), "another's"),
        ((), Word("somebody", "", True), "acts for none"),
    ],
)
def test_who_cannot_approve(given, word, match):
    with pytest.raises(ReleaseMoveRefused, match=match):
        after_word(AUTHOR, given, word)


def test_one_refusal_is_enough():
    assert after_word(AUTHOR, (POLICE,), Word("lead", "social_care", False)) is ReleaseState.REFUSED


def test_a_release_is_open_until_its_last_day():
    last = date(2026, 3, 31)
    assert is_open_on(ReleaseState.ISSUED, last, last)
    assert not is_open_on(ReleaseState.ISSUED, last, date(2026, 4, 1))
    assert not is_open_on(ReleaseState.WITHDRAWN, last, last)
