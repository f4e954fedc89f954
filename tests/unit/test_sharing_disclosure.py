"""Small numbers as they leave the room."""

from importlib.resources import files

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.core.disclosure.rules import ReleaseRules, release_rules_from
from trigpoint.core.disclosure.suppress import Withheld, released, released_counts

RULES = ReleaseRules(withhold_below=10, round_to=5)


@given(st.integers(0, 10_000), st.integers(10, 40), st.integers(5, 25))
def test_a_release_withholds_or_stays_within_half_a_step(count, below, step):
    told = released(count, ReleaseRules(below, step))
    if count < below:
        assert told == Withheld(below)
    else:
        assert isinstance(told, int)
        assert told % step == 0
        assert 2 * abs(told - count) <= step


@given(st.integers(0, 9), st.integers(0, 9))
def test_what_is_withheld_looks_the_same_whatever_it_was(one, other):
    assert released(one, RULES) == released(other, RULES)
    assert repr(released(one, RULES)) == repr(released(other, RULES))
    assert released(one, RULES).sentence == "Withheld: fewer than 10. It may or may not be zero."


def test_withheld_is_no_number():
    (told,) = released_counts([0], RULES)
    assert not isinstance(told, int)
    assert str(told) == "withheld"
    with pytest.raises(TypeError):
        told + 1  # type: ignore[operator]


def test_ten_is_told_and_nine_is_not():
    assert released_counts([9, 10, 12, 13], RULES) == (Withheld(10), 10, 10, 15)


def test_a_count_is_never_negative():
    with pytest.raises(ValueError):
        released(-1, RULES)


def test_rules_may_be_tighter_and_never_looser():
    assert ReleaseRules(20, 10).withhold_below == 20
    for below, step in ((9, 5), (10, 4)):
        with pytest.raises(ValueError, match="withholds counts below 10"):
            ReleaseRules(below, step)


def test_the_shipped_rules_are_read():
    file = files("trigpoint").joinpath("definitions", "disclosure.yaml")
    assert release_rules_from(yaml.safe_load(file.read_text("utf-8"))) == RULES
    with pytest.raises(ValueError, match="must say releases"):
        release_rules_from({"releases": {"round_to": 5}})
