"""Which questions to ask first: laws first, then a table of examples."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.core.analysis.meeting_questions import Raised, Rule, ranked

RULES = {"new": Rule("new", 0.9), "silent": Rule("silent", 1.0), "off": Rule("off", 1.0, on=False)}


def raised(rule="new", subject="A", strength=0.5, text="What changed?"):
    return Raised(rule, subject, strength, text, "police", "A Street", ("emerging", ""), "since March")


anything = st.lists(
    st.builds(
        raised,
        st.sampled_from(list(RULES)),
        st.sampled_from("ABC"),
        st.floats(0, 1),
        st.sampled_from(["Why?", "Who?"]),
    ),
    max_size=12,
)


@given(anything, st.randoms())
def test_the_order_in_which_rules_speak_changes_nothing(all_raised, rng):
    shuffled = list(all_raised)
    rng.shuffle(shuffled)
    assert ranked(shuffled, RULES) == ranked(all_raised, RULES)


@given(anything)
def test_no_rule_asks_twice_of_one_subject_and_none_that_is_off_asks(all_raised):
    asked = ranked(all_raised, RULES)
    assert len({(one.rule, one.subject) for one in asked}) == len(asked)
    assert all(RULES[one.rule].on for one in asked)
    assert set(asked) <= set(all_raised)


@given(anything)
def test_first_things_first_and_no_more_than_two_of_a_subject(all_raised):
    asked = ranked(all_raised, RULES)
    worth = [RULES[one.rule].weight * one.strength for one in asked]
    assert worth == sorted(worth, reverse=True)
    assert max((sum(other.subject == one.subject for other in asked) for one in asked), default=0) <= 2
    assert len(ranked(all_raised, RULES, most_of_a_subject=1)) == len({one.subject for one in asked})


def test_stronger_evidence_speaks_for_a_rule():
    weak, strong = raised(strength=0.2, text="weak"), raised(strength=0.9, text="strong")
    assert ranked([weak, strong], RULES) == (strong,)


def test_switching_a_rule_off_takes_its_questions_and_no_others():
    both = [raised("new"), raised("silent")]
    assert [one.rule for one in ranked(both, RULES)] == ["silent", "new"]
    without = {**RULES, "silent": replace(RULES["silent"], on=False)}
    assert [one.rule for one in ranked(both, without)] == ["new"]


@pytest.mark.parametrize("wrong", [raised("unknown"), raised(strength=1.5), raised(strength=float("nan"))])
def test_what_no_rule_could_have_raised_is_refused(wrong):
    with pytest.raises(ValueError, match=r"no rule|between 0 and 1"):
        ranked([wrong], RULES)
