"""The cells of a release and how they bound one another: by hand, on the smallest grounds there are."""

from datetime import date

import pytest

from trigpoint.core.disclosure.attack import narrowed
from trigpoint.core.disclosure.cells import (
    CellKey,
    Counted,
    Layer,
    Relation,
    Within,
    interval_of,
    quarter_of,
    relations_of,
)
from trigpoint.core.disclosure.joint import ToldCell, joint_findings
from trigpoint.core.disclosure.protect import CannotProtect, protect
from trigpoint.core.disclosure.rules import ReleaseRules

RULES = ReleaseRules(10, 5)
MISSING = Layer(("missing",), ("police",), "people")
EVENTS = Layer(("asb",), ("streets",), "events")
JANUARY = date(2024, 1, 1)
GROUND = Within({"a": "d", "b": "d"}, {"a/mill": ("a", "mill")})
THREE = Within({"a": "d", "b": "d", "c": "d"}, {})


def key(area, kind="ward", layer=EVENTS, start=JANUARY, period="quarter"):
    return CellKey(layer, start, period, kind, area)


def test_a_count_is_never_negative():
    with pytest.raises(ValueError, match="never negative"):
        Counted(key("a"), -1)


@pytest.mark.parametrize("told", [12, 5, 0])
def test_a_number_that_no_release_tells_has_no_interval(told):
    with pytest.raises(ValueError, match=f"never tells {told}"):
        interval_of(told, RULES)


def test_an_interval_holds_what_rounds_to_it_and_nothing_small():
    assert interval_of(10, RULES) == (10, 12)
    assert interval_of(15, RULES) == (13, 17)


@pytest.mark.parametrize(("month", "first"), [(1, 1), (3, 1), (4, 4), (12, 10)])
def test_a_day_lies_in_its_quarter(month, first):
    assert quarter_of(date(2024, month, 28)) == date(2024, first, 1)


def test_a_cell_stands_in_a_release_once():
    with pytest.raises(ValueError, match="there twice"):
        relations_of([key("a"), key("a")], GROUND)


@pytest.mark.parametrize(("layer", "law"), [(EVENTS, "sum"), (MISSING, "union")])
def test_wards_cover_their_district_months_their_quarter_and_pieces_both(layer, law):
    keys = [
        key("d", "district", layer), key("a", layer=layer), key("b", layer=layer),
        *(key("d", "district", layer, date(2024, month, 1), "month") for month in (1, 2, 3)),
        key("a/mill", "piece", layer), key("mill", "named_area", layer),
    ]  # fmt: skip
    found = set(relations_of(keys, GROUND))
    assert found == {
        Relation(law, 0, (1, 2)), Relation(law, 0, (3, 4, 5)), Relation(law, 1, (6,)), Relation(law, 7, (6,)),
    }  # fmt: skip


def test_a_layer_that_holds_another_bounds_it_from_above():
    wider = Layer(("asb", "violence"), ("streets",), "events")
    assert relations_of([key("a"), key("a", layer=wider)], GROUND) == (Relation("inside", 1, (0,)),)
    assert narrowed([10, 0], [12, 9], [Relation("inside", 0, (1,))], [1]) == ()


def test_each_of_three_may_be_nobody_though_no_one_world_shows_it_of_any():
    """Two and two of them make four: the least of all together is two of each, and each may be zero by itself."""
    pairs = [Relation("union", 0, (3, 4)), Relation("union", 1, (4, 5)), Relation("union", 2, (3, 5))]
    assert narrowed([4, 4, 4, 0, 0, 0], [4, 4, 4, 9, 9, 9], pairs, [3, 4, 5]) == ()


def test_what_later_records_made_impossible_is_withheld():
    """The district was told as 35: a ward of 60 would prove that records came since; the small ward stays guarded."""
    cells = (
        Counted(key("a"), 60), Counted(key("b"), 20), Counted(key("c"), 4),
        Counted(key("d", "district"), 33, offered=False, before=(33, 37), told_before=35),
    )  # fmt: skip
    found = protect(cells, relations_of([one.key for one in cells], THREE), RULES)
    assert (found.told, found.withheld) == ((None, 20, None, None), ("before", "", "small", ""))


def test_where_what_was_told_agrees_with_no_counts_nothing_more_is_told():
    """Records were withdrawn since one of them was told: nothing new is hung on what contradicts itself."""
    cells = (
        Counted(key("a"), 12), Counted(key("b"), 40, before=(38, 42), told_before=40), Counted(key("c"), 4),
        Counted(key("d", "district"), 33, offered=False, before=(33, 37), told_before=35),
    )  # fmt: skip
    found = protect(cells, relations_of([one.key for one in cells], THREE), RULES)
    assert (found.told, found.withheld) == ((None, 40, None, None), ("before", "", "small", ""))


def test_a_release_that_nothing_can_make_safe_is_refused():
    """The district and one ward were told before: what is left of them is the other ward, whatever is withheld now."""
    cells = (
        Counted(key("a"), 25, before=(23, 27), told_before=25), Counted(key("b"), 8),
        Counted(key("d", "district"), 33, offered=False, before=(33, 37), told_before=35),
    )  # fmt: skip
    with pytest.raises(CannotProtect):
        protect(cells, relations_of([one.key for one in cells], GROUND), RULES)


def test_releases_that_no_counts_agree_with_prove_that_records_came():
    district = ToldCell(key("d", "district"), 35, False)
    told = [ToldCell(key("a"), 60, False), ToldCell(key("b"), 20, False), ToldCell(key("c"), None, True)]
    found = joint_findings([[district], told], THREE, RULES)
    assert [(one.kind, one.key.area) for one in found] == [("changed", "a"), ("changed", "b")]
    nothing_new = [ToldCell(key("c"), None, True), district]
    assert joint_findings([[district], told, nothing_new], THREE, RULES) == ()


def test_what_earlier_releases_gave_away_refuses_nothing_that_touches_it_not():
    earlier = [
        ToldCell(key("a"), 25, False),
        ToldCell(key("b"), None, True),
        ToldCell(key("d", "district"), 35, False),
    ]
    other = [ToldCell(key("a", start=date(2024, 4, 1)), 25, False)]
    assert joint_findings([earlier, other], GROUND, RULES) == ()
