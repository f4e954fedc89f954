"""No agency stands in the distribution of a paper that holds a feed, a level, a column or a record it is not permitted."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from trigpoint.core.sharing.agreement import FIELDS, agreement_from
from trigpoint.core.sharing.grain import Grain
from trigpoint.core.sharing.policy import FeedAsked, QuestionFacts, decide
from trigpoint.core.sharing.viewer import Viewer
from trigpoint.gate.distribution import Distribution, reasons

ON = date(2026, 11, 2)
CHAIR = Viewer("chair", "social_care", "chair", "meeting")
FEEDS = tuple(FeedAsked(code, code, code, code.capitalize(), False) for code in ("police", "health"))
GRAINS = ("district", "ward", "street", "cell", "point")
AUDIENCES = st.fixed_dictionaries(
    {
        "agencies": st.just(["youth"]),
        "finest": st.sampled_from(GRAINS),
        "hours": st.booleans(),
        "without_grades": st.sampled_from(([], ["e"])),
        "clause": st.just("4.3"),
    }
)


def agreement(feed, theirs):
    chair = {"agencies": ["social_care"], "finest": "cell", "hours": True, "clause": "4.1"}
    return agreement_from(
        {
            "code": feed, "version": 1, "title": feed, "agency": feed, "feeds": "all", "purposes": "all",
            "audiences": [chair, *([theirs] if theirs else [])], "clauses": {"4.1": "a", "4.3": "b"},
        }
    )  # fmt: skip


ASKED = st.builds(
    lambda grain, fields: QuestionFacts("records", grain, fields, FEEDS),
    st.sampled_from([Grain.DISTRICT, Grain.WARD, Grain.STREET, Grain.CELL]),
    st.frozensets(st.sampled_from(FIELDS)),
)


@given(st.none() | AUDIENCES, st.none() | AUDIENCES, st.lists(ASKED, min_size=1, max_size=3))
def test_nobody_is_given_what_they_are_not_permitted(police, health, asked):
    agreements = (agreement("police", police), agreement("health", health))
    why = reasons(CHAIR, "youth", asked, agreements, ON)
    holds = [facts for facts in asked if decide(CHAIR, facts, agreements, ON).allowed]
    terms = {"police": police, "health": health}
    for facts in holds:
        for theirs in terms.values():
            short = (
                theirs is None
                or Grain[theirs["finest"].upper()] < facts.grain
                or not theirs["hours"]
                or bool(theirs["without_grades"])
            )
            assert not short or why


def test_the_owner_is_named_with_what_they_may_see_and_the_clause():
    ward = {"agencies": ["youth"], "finest": "ward", "hours": True, "clause": "4.3"}
    full = {"agencies": ["youth"], "finest": "cell", "hours": True, "clause": "4.3"}
    facts = QuestionFacts("records", Grain.STREET, frozenset(), FEEDS)
    both = (agreement("police", ward), agreement("health", full))
    assert reasons(CHAIR, "youth", [facts], both, ON) == ("Police records by ward only, clause 4.3",)
    alike = (agreement("police", full), agreement("health", full))
    assert reasons(CHAIR, "youth", [facts], alike, ON) == ()
    assert reasons(CHAIR, "schools", [facts], alike, ON) == (
        "Police records not shared",
        "Health records not shared",
    )


def test_those_with_the_same_reason_stand_together_and_as_few_reasons_as_may_be_are_told():
    found = Distribution(
        ("Police",),
        (("Education", ("its own", "by ward")), ("Health", ("none",)), ("Youth", ("by ward", "its own too"))),
    )
    assert found.line == "For Police only."
    assert found.words == (
        "Holds more than these agencies are told at this level: Education and Youth (by ward); Health (none). "
        "Their own copy: they make it themselves under Papers.",
    )
    assert (
        found.room_words == "Made for Police: it holds more than the other agencies are told at this level."
    )


def test_the_head_stays_short_and_says_what_is_so_where_nobody_or_everybody_may_have_it():
    kept = (("Education", ("by ward",)),)
    many = Distribution(("A", "B", "C"), kept)
    assert many.line == "For the 3 agencies named on page 1."
    assert many.words[0].startswith("It may be given to A, B and C. Holds more")
    assert many.room_words == "Holds more than these agencies are told at this level: Education."
    assert Distribution((), kept).line == "For whoever made it, alone."
    assert Distribution((), kept).room_words == many.room_words
    for all_of_them in (Distribution((), ()), Distribution(("A",), ())):
        assert all_of_them.line == "For all who sit at this meeting."
        assert (all_of_them.words, all_of_them.room_words) == ((), "")
