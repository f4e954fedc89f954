"""Two releases side by side: what they tell together."""

from datetime import date

import pytest

from trigpoint.core.disclosure.cells import CellKey, Counted, Layer, Within, interval_of, relations_of
from trigpoint.core.disclosure.joint import ToldCell, beside, joined_within, joint_findings, kept_apart
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


def test_a_cell_that_was_told_as_another_number_is_withheld():
    told = ToldCell(key("a"), 40, False)
    joined = beside((Counted(key("a"), 27),), [[told]], RULES)
    found = protect(joined, (), RULES)
    assert (found.told, found.withheld) == ((None,), ("before",))
    kept = beside((Counted(key("a"), 41),), [[told]], RULES)
    assert protect(kept, (), RULES).told == (40,)


def test_what_became_impossible_since_is_let_go():
    """The district was told as 35; since then its wards grew to 60 and 20, which no counts agree with."""
    new = (Counted(key("a"), 60), Counted(key("b"), 20))
    joined = beside(new, [[DISTRICT]], RULES)
    found = protect(joined, relations_of([one.key for one in joined], GROUND), RULES)
    assert found.told[:2] == (60, 20)


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


def apart(new, earlier=FIRST):
    joined = beside(new, [earlier], RULES)
    relations = relations_of([one.key for one in joined], GROUND)
    found = protect(joined, relations, RULES)
    return found, kept_apart(joined, found, relations, [earlier], GROUND, RULES)


def test_when_records_went_the_old_number_and_the_new_ones_give_nothing_away_together():
    """Three records of a were erased: the district's old number holds no more, and whoever kept it has it still."""
    new = (Counted(key("d", "district"), 30), Counted(key("a"), 24), Counted(key("b"), 6))
    alone, found = apart(new)
    assert (alone.told, alone.withheld) == ((None, 25, None), ("before", "", "small"))
    assert (found.told, found.withheld) == ((None, None, None), ("before", "secondary", "small"))
    again = [ToldCell(one.key, told, one.count < 10) for one, told in zip(new, found.told, strict=True)]
    assert joint_findings([FIRST, again], GROUND, RULES) == ()


def test_what_nothing_can_keep_apart_is_not_released():
    """The two earlier numbers give b away by themselves: withholding more of the new release does not help."""
    earlier = (DISTRICT, *WARDS)
    new = (Counted(key("d", "district"), 60), Counted(key("a"), 50), Counted(key("b"), 6))
    with pytest.raises(CannotProtect, match="other counts"):
        apart(new, earlier)
