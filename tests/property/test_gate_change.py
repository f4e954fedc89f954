"""Two periods compared by the gate: the counts are its slow twin's, and what cannot be compared is never a change."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.world import RECORD_FEEDS, Recorded, World, agreement, open_agreements, ward_centre
from tests.property import twin_of_gate as twin
from tests.property.test_gate_twins import as_question, asked, filters, worlds
from trigpoint.core.sharing.viewer import Viewer
from trigpoint.gate.ask import Desk, ReadDenied, answer
from trigpoint.gate.kinds.change import NOT_COMPARED
from trigpoint.gate.questions import QuestionError, question_from_words

AT = datetime(2024, 9, 2, 9, 0, tzinfo=UTC)
CARE, POLICE, STREET = RECORD_FEEDS
PERIODS = ((date(2024, 2, 1), date(2024, 4, 1)), (date(2024, 4, 1), date(2024, 7, 1)))


@given(worlds(), filters("change"))
def test_both_counts_are_those_of_the_slow_twin(world, told):
    before, after = PERIODS
    told |= {"period_from": after[0], "period_to": after[1], "compared": f"{before[0]}..{before[1]}"}
    question = as_question(world, told)
    found, grants = asked(world, question)
    if found is None:
        return
    for name, (start, end) in zip(("earlier", "later"), PERIODS, strict=True):
        counts, unplaced = twin.counts(world, replace(question, period_from=start, period_to=end), grants)
        got = dict(zip(found.columns["code"], found.columns[name].tolist(), strict=True))
        assert Counter({code: count for code, count in got.items() if count}) == counts
        assert found.about["totals"][name == "later"] == sum(counts.values()) + unplaced
    for name in ("earlier", "later"):
        assert (found.columns[f"compared_{name}"] <= found.columns[name]).all()


@given(worlds(), filters("change"))
def test_what_is_left_out_is_left_out_of_both_periods_and_nothing_else_is(world, told):
    before, after = PERIODS
    told |= {"period_from": after[0], "period_to": after[1], "compared": f"{before[0]}..{before[1]}"}
    question = as_question(world, told)
    found, grants = asked(world, question)
    if found is None:
        return
    part = found.parts["left_out"]
    out = list(zip(part["feed"], part["district"], part["themes"], strict=True))
    for name, (start, end) in zip(("compared_earlier", "compared_later"), PERIODS, strict=True):
        records = twin.selected(world, replace(question, period_from=start, period_to=end), grants)
        kept = [pair for pair in records if not any(twin.left_out(pair[0], *one) for one in out)]
        counts = Counter(unit for unit in twin.units(kept, question, world.anchors) if unit is not None)
        got = dict(zip(found.columns["code"], found.columns[name].tolist(), strict=True))
        assert Counter({code: count for code, count in got.items() if count}) == counts


def record(feed: int, ward: int, day: date, *, themes: tuple[int, ...] = ()) -> Recorded:
    easting_m, northing_m = ward_centre(ward)
    return Recorded(feed, 2 * RECORD_FEEDS.index(feed), day, 12, themes, easting_m, northing_m, 2 * ward)


def monthly(feed: int, ward: int, counts: dict[int, int], themes: tuple[int, ...] = ()) -> list[Recorded]:
    """So many records in each month of 2024."""
    return [
        record(feed, ward, date(2024, month, 1 + at % 28), themes=themes)
        for month, many in counts.items()
        for at in range(many)
    ]


def compared(records, *, agreements=None, **words):
    world = World(tuple(records), agreements or open_agreements())
    told = {
        "from": "2024-04-01",
        "to": "2024-07-01",
        "with": "2024-01-01..2024-04-01",
        "level": "ward",
    } | words
    desk = Desk(world.version(), world.agreements, lambda *_: None)
    return answer(Viewer("a", "police", "analyst"), question_from_words("change", told), AT, desk)


def states(found):
    return dict(zip(found.columns["code"], found.columns["state"], strict=True))


STEADY = dict.fromkeys(range(1, 7), 8)
GROWN = {1: 5, 2: 6, 3: 5, 4: 20, 5: 21, 6: 20}


def test_a_place_that_grew_is_named_and_its_neighbours_are_not():
    found = compared(
        [*monthly(STREET, 0, GROWN), *(one for ward in (1, 2) for one in monthly(STREET, ward, STEADY))]
    )
    assert states(found)["W00"] == "doubled or more"
    assert states(found)["W01"] == states(found)["W02"] == "no difference we can tell"
    assert states(found)["W03"] == "no difference we can tell"
    assert found.about["earlier"] == ["2024-01-01", "2024-04-01"]


def test_which_period_is_named_first_does_not_matter():
    records = monthly(STREET, 0, GROWN)
    turned = compared(records, **{"from": "2024-01-01", "to": "2024-04-01", "with": "2024-04-01..2024-07-01"})
    assert states(turned) == states(compared(records))


def test_a_feed_that_fell_silent_in_a_district_is_no_fall():
    elsewhere = [one for ward in (3, 4, 5) for one in monthly(STREET, ward, STEADY)]
    stopped = monthly(STREET, 0, {1: 30, 2: 30, 3: 30})
    found = compared([*stopped, *monthly(CARE, 1, STEADY), *elsewhere])
    assert states(found)["W00"] == NOT_COMPARED
    assert states(found)["W03"] == "no difference we can tell"
    assert found.parts["left_out"]["reason"] == ["silent"]
    assert found.parts["left_out"]["district"] == ["D0"]
    assert "was silent in District 0 from April 2024 to June 2024" in found.about["not_compared"][0]


def test_what_others_saw_beside_a_silent_feed_is_still_told():
    silent = [*monthly(STREET, 0, {1: 9, 2: 9, 3: 9}), *monthly(STREET, 3, STEADY)]
    found = compared([*silent, *monthly(CARE, 0, GROWN), *monthly(CARE, 3, STEADY)])
    at = found.columns["code"].index("W00")
    assert found.columns["state"][at] == "doubled or more"
    assert found.columns["compared_earlier"][at] == 16
    assert found.columns["earlier"][at] == 43


def test_a_feed_that_began_in_between_is_no_rise():
    found = compared([*monthly(STREET, 0, {4: 30, 5: 30, 6: 30}), *monthly(CARE, 3, STEADY)])
    assert states(found)["W00"] == NOT_COMPARED
    assert found.parts["left_out"]["reason"] == ["not there yet"]


def test_a_new_flag_is_no_rise_of_its_theme_and_leaves_the_others_be():
    flagged = [*monthly(POLICE, 0, GROWN, themes=(3,)), *monthly(POLICE, 0, STEADY, themes=(0,))]
    found = compared(flagged, theme="county_lines")
    assert states(found)["W00"] == NOT_COMPARED
    assert set(found.parts["left_out"]["reason"]) == {"definition"}
    whole = compared(flagged)
    at = whole.columns["code"].index("W00")
    assert whole.columns["compared_later"][at] == 24
    assert whole.columns["state"][at] == NOT_COMPARED


def test_months_that_are_still_to_come_are_no_fall():
    found = compared(
        monthly(STREET, 0, STEADY),
        **{"from": "2024-09-01", "to": "2024-12-01", "with": "2024-03-01..2024-06-01"},
    )
    assert states(found)["W00"] == NOT_COMPARED
    assert found.parts["left_out"]["reason"] == ["not sent yet"]


def test_periods_that_overlap_are_refused():
    with pytest.raises(QuestionError, match="overlap"):
        compared(monthly(STREET, 0, STEADY), **{"with": "2024-03-01..2024-05-01"})


@pytest.mark.parametrize("text", ["2024-01-01", "2024-03-01..2024-01-01", "2024-01..2024-02"])
def test_a_second_period_that_cannot_be_read_is_refused(text):
    with pytest.raises(QuestionError):
        question_from_words("change", {"with": text})


def test_a_question_that_names_no_period_compares_the_last_year_with_the_one_before():
    found = compared(monthly(STREET, 0, STEADY), **{"from": "", "to": "", "with": ""})
    assert found.about["later"][1] == "2024-07-01"
    assert found.about["earlier"][1] == found.about["later"][0]


@given(st.sampled_from(["cell:9", "street"]))
def test_two_viewers_are_told_by_their_own_agreements(level):
    """One agreement keeps the records to the ward: by hexagon it is denied, by ward the counts are the same."""
    shared = {"agencies": "all", "roles": "all", "hours": True, "clause": "4", "finest": "ward"}
    kept = (agreement("open_data", audiences=[shared]),)
    records = monthly(STREET, 0, GROWN)
    with pytest.raises(ReadDenied):
        compared(records, agreements=kept, level=level, agency="open_data")
    coarse = compared(records, agreements=kept)
    assert states(coarse) == states(compared(records))
