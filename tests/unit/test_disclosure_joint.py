"""Two releases side by side: what they tell together."""

from datetime import date

import pytest

from trigpoint.core.disclosure.cells import CellKey, Counted, Layer, Within, interval_of, relations_of
from trigpoint.core.disclosure.joint import ToldCell, beside, joined_within, joint_findings
from trigpoint.core.disclosure.protect import CannotProtect, protect, still_narrowed
from trigpoint.core.disclosure.rules import ReleaseRules

RULES = ReleaseRules(10, 5)
EVENTS = Layer(("asb",), ("streets",), "events")
WIDER = Layer(("asb", "violence"), ("streets",), "events")
START = date(2024, 1, 1)
GROUND = Within({"a": "d", "b": "d"}, {})


def key(area, kind="ward", layer=EVENTS, start=START, period="quarter"):
    return CellKey(layer, start, period, kind, area)


DISTRICT = ToldCell(key("d", "district"), 35, False)
WARDS = (ToldCell(key("a"), 25, False), ToldCell(key("b"), None, True))


def test_a_district_told_once_and_its_wards_told_later_give_a_ward_away():
    assert joint_findings([[DISTRICT]], GROUND, RULES) == ()
    assert joint_findings([list(WARDS)], GROUND, RULES) == ()
    (found,) = joint_findings([[DISTRICT], list(WARDS)], GROUND, RULES)
    assert (found.kind, found.key) == ("narrowed", key("b"))


def test_a_cell_told_as_two_numbers_is_found():
    again = ToldCell(key("d", "district"), 40, False)
    assert [one.kind for one in joint_findings([[DISTRICT], [again]], GROUND, RULES)] == ["differs"]
    withheld = ToldCell(key("d", "district"), None, False)
    assert joint_findings([[DISTRICT], [withheld]], GROUND, RULES) == ()


def test_a_later_release_withholds_what_an_earlier_one_would_give_away():
    new = (Counted(key("a"), 27), Counted(key("b"), 6))
    joined = beside(new, [[DISTRICT]], RULES)
    assert [one.key for one in joined] == [key("a"), key("b"), key("d", "district")]
    assert joined[2].before == interval_of(35, RULES)
    assert not joined[2].offered
    relations = relations_of([one.key for one in joined], GROUND)
    found = protect(joined, relations, RULES)
    assert found.told == (None, None, None)
    assert found.withheld == ("secondary", "small", "")
    assert still_narrowed(joined, found.told, relations, RULES) == ()


@pytest.mark.parametrize(("count", "told"), [(38, 40), (42, 40), (51, 40), (29, 40), (52, None), (28, None)])
def test_a_number_that_was_told_stands_until_ten_have_come_or_gone(count, told):
    """Told as 40 it was 38 to 42. Where it is told no more, ten at least have come or gone, and never two."""
    joined = beside((Counted(key("a"), count),), [[ToldCell(key("a"), 40, False)]], RULES)
    found = protect(joined, (), RULES)
    assert (found.told, found.withheld) == ((told,), ("" if told else "before",))


def test_two_records_that_came_late_change_nothing_that_is_told():
    """The ward had 11 and has 13: rounded each by itself, 10 and then 15 would give the two away."""
    first = (Counted(key("a"), 11), Counted(key("b"), 40), Counted(key("d", "district"), 51))
    relations = relations_of([one.key for one in first], GROUND)
    told = protect(first, relations, RULES).told
    kept = [ToldCell(one.key, number, False) for one, number in zip(first, told, strict=True)]
    now = (Counted(key("a"), 13), Counted(key("b"), 40), Counted(key("d", "district"), 53))
    again = protect(beside(now, [kept], RULES), relations, RULES).told
    assert again == told == (10, 40, 50)
    literally = [ToldCell(now[0].key, 15, False), *kept[1:]]
    assert [one.kind for one in joint_findings([kept, literally], GROUND, RULES)][:1] == ["differs"]


def test_a_ward_withheld_as_small_stays_withheld():
    """It had 8 and has 10: to tell it now would prove that somebody came."""
    kept = [ToldCell(key("a"), None, True)]
    joined = beside((Counted(key("a"), 10),), [kept], RULES)
    found = protect(joined, (), RULES)
    assert (found.told, found.withheld) == ((None,), ("before",))
    assert still_narrowed(joined, found.told, (), RULES) == ()
    assert [one.kind for one in joint_findings([kept, [ToldCell(key("a"), 10, False)]], GROUND, RULES)] == [
        "differs"
    ]


def test_a_ward_withheld_for_anothers_sake_may_be_told_later_and_one_never_offered_too():
    for kept in (ToldCell(key("a"), None, False), ToldCell(key("a"), None, True, offered=False)):
        joined = beside((Counted(key("a"), 20),), [[kept]], RULES)
        assert protect(joined, (), RULES).told == (20,)
        assert joint_findings([[kept], [ToldCell(key("a"), 20, False)]], GROUND, RULES) == ()


def test_months_told_after_their_quarter_must_be_true_of_the_same_counts():
    """The quarter was told as 100; its months have 104 since, and their least numbers add up to more than it can be."""
    quarter = ToldCell(key("d", "district"), 100, False)
    counts = (33, 33, 38)
    new = tuple(
        Counted(key("d", "district", start=date(2024, month, 1), period="month"), count)
        for month, count in zip((1, 2, 3), counts, strict=True)
    )
    joined = beside(new, [[quarter]], RULES)
    relations = relations_of([one.key for one in joined], GROUND)
    found = protect(joined, relations, RULES)
    assert (found.told, found.withheld) == ((35, 35, None, None), ("", "", "before", ""))
    every = [ToldCell(one.key, number, False) for one, number in zip(new, (35, 35, 40), strict=True)]
    assert {one.kind for one in joint_findings([[quarter], every], GROUND, RULES)} == {"changed"}


def test_what_became_impossible_since_is_withheld():
    """The district was told as 35; since then its wards grew to 60 and 20, which no counts agree with."""
    new = (Counted(key("a"), 60), Counted(key("b"), 20))
    joined = beside(new, [[DISTRICT]], RULES)
    found = protect(joined, relations_of([one.key for one in joined], GROUND), RULES)
    assert (found.told, found.withheld) == ((None, 20, None), ("before", "", ""))


def test_other_quarters_and_layers_stand_apart():
    later = ToldCell(key("d", "district", start=date(2024, 4, 1)), 35, False)
    other = ToldCell(key("d", "district", layer=Layer(("drugs",), ("streets",), "events")), 35, False)
    wider = ToldCell(key("a", layer=WIDER), 30, False)
    month = ToldCell(key("d", "district", start=date(2024, 2, 1), period="month"), None, True)
    joined = beside((Counted(key("a"), 27),), [[later, other, wider, month]], RULES)
    assert {one.key for one in joined} == {key("a"), wider.key, month.key}


def test_a_small_month_of_an_earlier_release_is_guarded():
    month = ToldCell(key("d", "district", period="month"), None, True)
    assert beside((), [[month]], RULES) == (), "nothing new touches it"
    joined = beside((Counted(key("d", "district"), 12),), [[month]], RULES)
    assert joined[1].count == 0


def test_the_ground_of_two_releases_is_one():
    other = Within({"c": "e"}, {"c/n": ("c", "n")})
    assert joined_within((GROUND, other)) == Within({"a": "d", "b": "d", "c": "e"}, {"c/n": ("c", "n")})
    assert joint_findings([], GROUND, RULES) == ()


FIRST = (DISTRICT, ToldCell(key("a"), None, False), ToldCell(key("b"), None, True))
"""A district of 33 to 37, its ward a withheld because b is small."""


def protected(new, earlier):
    joined = beside(new, [earlier], RULES)
    return protect(joined, relations_of([one.key for one in joined], GROUND), RULES)


def test_when_records_went_the_old_number_and_the_new_ones_give_nothing_away_together():
    """Three records of a were erased. The district's number stands, and a beside it would give b away."""
    new = (Counted(key("d", "district"), 30), Counted(key("a"), 24), Counted(key("b"), 6))
    found = protected(new, FIRST)
    assert (found.told, found.withheld) == ((35, None, None), ("", "secondary", "small"))
    again = [ToldCell(one.key, told, one.count < 10) for one, told in zip(new, found.told, strict=True)]
    assert joint_findings([FIRST, again], GROUND, RULES) == ()


def test_what_nothing_can_keep_apart_is_not_released():
    """The two earlier numbers give b away by themselves: withholding more of the new release does not help."""
    earlier = (DISTRICT, *WARDS)
    new = (Counted(key("d", "district"), 60), Counted(key("a"), 50), Counted(key("b"), 6))
    with pytest.raises(CannotProtect):
        protected(new, earlier)
