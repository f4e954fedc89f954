"""The gate's answers equal those of its slow twin, whatever the world, the viewer, the agreements and the question."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.world import (
    AGENCIES,
    CATEGORIES,
    THEMES,
    World,
    agreement,
    open_agreements,
    people,
    random_records,
)
from tests.property import twin_of_gate as twin
from trigpoint.core.disclosure.people import band_words
from trigpoint.core.sharing.grain import Grain
from trigpoint.core.sharing.policy import decide
from trigpoint.core.sharing.viewer import Viewer
from trigpoint.gate.ask import Desk, ReadDenied, answer
from trigpoint.gate.facts import facts_of
from trigpoint.gate.questions import DETECTIONS, Question
from trigpoint.gate.within import find_place

AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
ANALYST = Viewer("someone", "police", "analyst")


def nothing_recorded(*_):
    return None


def some(codes, most=2):
    return st.lists(st.sampled_from(codes), max_size=most, unique=True).map(tuple)


@st.composite
def audiences(draw):
    finest = draw(st.sampled_from([grain.word for grain in Grain]))
    return {
        "agencies": "all",
        "roles": "all",
        "finest": finest,
        "hours": draw(st.booleans()),
        "without_roles": draw(st.sampled_from([[], ["school"]])),
        "without_handling": draw(st.sampled_from([[], [], ["c"], ["c", "unknown"]])),
        "without_grades": draw(st.sampled_from([[], [], ["e"]])),
        "without_markings": draw(st.sampled_from([[], [], ["official_sensitive"]])),
        "with_markings": draw(st.sampled_from([[], ["secret"], ["secret", "unknown"]])),
        "clause": "4",
    }


FIELDS_SHARED = st.sampled_from(["all", "all", ["hours", "roles"]])


@st.composite
def worlds(draw):
    agreements = tuple(
        agreement(agency, audiences=[draw(audiences())], fields=draw(FIELDS_SHARED))
        for agency in AGENCIES
        if draw(st.booleans())
    )
    records = random_records(draw(st.integers(0, 10_000)), draw(st.integers(0, 60)))
    return World(records, agreements or open_agreements(), anchors=draw(st.booleans()))


@st.composite
def filters(draw, kind="counts"):
    start = draw(st.none() | st.dates(date(2023, 12, 1), date(2024, 6, 20)))
    end = draw(st.none() | st.dates(date(2024, 6, 21), date(2024, 8, 1)))
    return {
        "kind": kind,
        "level": draw(
            st.sampled_from(["district", "ward", "lsoa", "street", "cell:7", "cell:8", "cell:9", "cell:10"])
        ),
        "period_from": start,
        "period_to": end,
        "hours": draw(st.sampled_from([(), (), (15, 16, 17)])),
        "weekdays": draw(st.sampled_from([(), (), (0, 1, 2, 3, 4)])),
        "agencies": draw(some(AGENCIES)),
        "categories": draw(some([code for code, _ in CATEGORIES], 3)),
        "themes": draw(some([code for _, code in THEMES])),
        "roles": draw(st.sampled_from([(), (), ("occurred", "school")])),
        "detections": draw(st.sampled_from([(), (), DETECTIONS[1:2]])),
        "qualities": draw(st.sampled_from([(), (), (), ("A", "E"), ("B", "C", "D")])),
        "within": draw(st.just(()) | some(["D1", "W02", "L03", "Wexby", "S05"], 3)),
        "known": draw(st.sampled_from([None, None, date(2024, 7, 2), date(2024, 7, 4)])),
    }


def place_of(world, text):
    """Where streets are anchor points, the first that holds a record in place of a street."""
    if text[0] != "S" or not world.anchors:
        return text
    codes = (twin.unit_of(one, "street", None, True) for one in world.records)
    return next((code for code in codes if code), "at-1-1-1")


def as_question(world, told, **more):
    told = told | {"within": tuple(place_of(world, one) for one in told.get("within", ()))}
    level, _, resolution = told["level"].partition(":")
    return Question(**told | {"level": level, "resolution": int(resolution) if resolution else None} | more)


def asked(world, question, version=None):
    """The answer and the grants behind it; the question is set aside where it is denied."""
    version = version or world.version()
    within = tuple(find_place(one, version) for one in question.within)
    decision = decide(ANALYST, facts_of(question, version, within), world.agreements, AT.date())
    desk = Desk(version, world.agreements, nothing_recorded)
    if not decision.allowed:
        with pytest.raises(ReadDenied):
            answer(ANALYST, question, AT, desk)
        return None, ()
    return answer(ANALYST, question, AT, desk), decision.restrictions.grants


@given(worlds(), filters())
def test_counts(world, told):
    question = as_question(world, told)
    given_answer, grants = asked(world, question)
    if given_answer is None:
        return
    counts, unplaced = twin.counts(world, question, grants)
    columns = given_answer.columns
    got = dict(zip(columns["code"], columns["count"].tolist(), strict=True))
    assert len(got) == len(columns["code"]), "a unit is listed twice"
    assert Counter({code: count for code, count in got.items() if count}) == counts
    assert given_answer.about["unplaced"] == unplaced
    assert given_answer.about["total"] == sum(counts.values()) + unplaced
    if question.level in ("district", "ward", "lsoa") and not question.within:
        assert set(got) == twin.every_code(question.level)
    if question.level in ("street", "cell"):
        assert all(got.values())


@given(worlds(), filters())
def test_rates_are_per_thousand_of_those_who_live_there(world, told):
    question = as_question(world, told | {"level": "ward"})
    given_answer, _ = asked(world, question)
    if given_answer is None:
        return
    assert given_answer.about["denominator"] == "residents aged 10–17"
    columns = given_answer.columns
    for code, count, rate in zip(columns["code"], columns["count"], columns["rate_per_1000"], strict=True):
        ward = int(code[1:])
        if ward == 5:
            assert rate != rate, "nobody is known to live in ward 5"
        else:
            assert rate == pytest.approx(1000 * count / people(ward, ages=True))


@given(worlds(), filters("series"))
def test_series(world, told):
    question = as_question(world, told)
    given_answer, grants = asked(world, question)
    if given_answer is None:
        return
    months = twin.months(twin.selected(world, question, grants))
    columns = given_answer.columns
    got = dict(zip(columns["month"], columns["count"].tolist(), strict=True))
    assert Counter({month: count for month, count in got.items() if count}) == months
    assert list(got) == sorted(got)


@given(worlds(), filters("picture"))
def test_picture(world, told):
    question = as_question(world, told)
    given_answer, grants = asked(world, question)
    if given_answer is None:
        return
    records = twin.selected(world, question, grants)
    parts = given_answer.parts
    counts, unplaced = twin.counts(world, question, grants)
    assert counted(parts["units"]) == counts
    assert given_answer.about["unplaced"] == unplaced
    assert given_answer.about["total"] == len(records)
    history = twin.selected(world, question, grants, whole_history=True)
    assert counted(parts["history"], "month") == twin.months(history)
    every_agency = replace(question, agencies=())
    _, widest = asked(world, every_agency)
    assert counted(parts["agency"]) == twin.by_agency(twin.selected(world, every_agency, widest))
    for part, own, add_up in (
        ("category", "categories", twin.by_category),
        ("theme", "themes", twin.by_theme),
        ("quality", "qualities", twin.by_quality),
        ("detection", "detections", twin.by_route),
    ):
        freed = replace(question, **{own: ()})
        assert counted(parts[part]) == add_up(twin.selected(world, freed, grants))
    freed = replace(question, hours=(), weekdays=())
    table, without_hour = twin.week(twin.selected(world, freed, grants))
    assert parts["week"]["counts"] == table
    assert given_answer.about["without_hour"] == without_hour


@given(worlds(), filters("picture"))
def test_grades_are_told_of_feeds_that_tell_how_a_record_came_to_be_known(world, told):
    question = as_question(world, told | {"groupings": ("grade",)})
    given_answer, grants = asked(world, question)
    if given_answer is None:
        return
    records = twin.selected(world, question, grants)
    assert counted(given_answer.parts["grade"]) == twin.by_grade(records)
    kept_back = [one for one, grant in records if "detection" not in grant.fields]
    assert given_answer.about["without_grade"] == len(kept_back)


OWN_FILTERS = {
    "agency": "agencies", "category": "categories", "detection": "detections", "quality": "qualities",
}  # fmt: skip
FACETS = tuple(OWN_FILTERS)


@given(worlds(), filters("picture"))
def test_what_an_entry_not_chosen_says_is_what_choosing_it_gives(world, told):
    """Each facet of one picture, entry by entry, beside the total of the same question with that entry chosen."""
    shared = World(world.records, open_agreements(), anchors=world.anchors)
    version = shared.version()
    whole, _ = asked(shared, as_question(world, told | {"groupings": FACETS}), version)
    for part, own in OWN_FILTERS.items():
        for code, count in zip(whole.parts[part]["code"], whole.parts[part]["count"], strict=True):
            chosen, _ = asked(
                shared, as_question(world, told | {own: (code,), "groupings": ("category",)}), version
            )
            assert chosen.about["total"] == count, (part, code)


@pytest.mark.parametrize("level", ["street", "cell:9", "ward"])
def test_names_are_given_where_they_are_asked_for_and_are_those_of_the_counts(level):
    world = World(random_records(4, 60), open_agreements())
    told = {"level": level, "kind": "picture", "groupings": ("units",)}
    lean, _ = asked(world, as_question(world, told))
    assert "name" not in lean.parts["units"]
    named, _ = asked(world, as_question(world, told | {"names": True}))
    counts, _ = asked(world, as_question(world, {"level": level, "kind": "counts"}))
    names = dict(zip(counts.columns["code"], counts.columns["name"], strict=True))
    units = named.parts["units"]
    assert len(units["code"]) > 2
    assert list(units["name"]) == [names[code] for code in units["code"]]


@given(worlds(), filters("series"))
def test_a_period_left_open_is_whole_months(world, told):
    """Inside a place or not, whatever the last day of a record is: feeds that know the month alone say its first day."""
    given_answer, _ = asked(world, as_question(world, told | {"period_from": None, "period_to": None}))
    if given_answer is None:
        return
    start, end = given_answer.about["period"]
    assert (start is None) == (end is None)
    if start:
        assert start.endswith("-01")
        assert end.endswith("-01")
        assert start < end


@given(worlds(), filters("picture"))
def test_five_groupings_in_one_pass(world, told):
    question = as_question(world, told, groupings=("ward", "street", "cell:9", "month", "week"))
    given_answer, grants = asked(world, question)
    if given_answer is None:
        return
    records = twin.selected(world, question, grants)
    for grouping in ("ward", "street", "cell:9"):
        alone = as_question(world, told | {"level": grouping, "kind": "counts"})
        assert counted(given_answer.parts[grouping]) == twin.counts(world, alone, grants)[0]
    assert counted(given_answer.parts["month"], "month") == twin.months(records)


@given(worlds(), filters("coverage"))
def test_coverage(world, told):
    question = as_question(world, told)
    given_answer, grants = asked(world, question)
    if given_answer is None:
        return
    columns = given_answer.columns
    keys = list(zip(columns["feed"], columns["district"], columns["month"], strict=True))
    got = Counter({key: n for key, n in zip(keys, columns["received"].tolist(), strict=True) if n})
    assert got == twin.coverage(twin.selected(world, question, grants))
    assert len(set(keys)) == len(keys)


@given(worlds(), filters("hotspots"), st.sampled_from(["street", "cell:9", "ward"]))
def test_hotspots_count_whole_records_over_every_unit_of_the_county(world, told, level):
    question = as_question(world, told | {"level": level, "within": (), "counted": "records"})
    given_answer, grants = asked(world, question)
    if given_answer is None:
        return
    units = twin.units(twin.may_be_tested(world, question, grants), question, world.anchors)
    columns = given_answer.columns
    got = dict(zip(columns["code"], columns["count"].tolist(), strict=True))
    expected, every = Counter(unit for unit in units if unit), twin.tested(world, question, grants)
    assert given_answer.about["unplaced"] == units.count(None)
    assert given_answer.about["total"] == len(units)
    assert len(given_answer.columns["code"]) == len(got)
    table = given_answer.parts["hotspots"]
    told = {code for units in table["units"] for code in units}
    assert table["verdict"].count("few") == given_answer.about["concerns"]
    assert set(got) == (told if given_answer.about["concerns"] else every)
    assert all(
        (verdict == "few") == (units == [])
        for verdict, units in zip(table["verdict"], table["units"], strict=True)
    )
    assert all(n == expected[code] for code, n in got.items())


@given(worlds(), filters("hotspots"), st.sampled_from(["records", "children"]))
def test_hotspots_of_wards_against_a_background_are_counted_out(world, told, background):
    question = as_question(
        world,
        told | {"level": "ward", "within": (), "background": background, "q": 0.3, "counted": "records"},
    )
    given_answer, grants = asked(world, question)
    if given_answer is None:
        return
    expected = twin.ward_test(world, question, grants)
    columns = given_answer.columns
    for row, code in enumerate(columns["code"]):
        around, mean, p = expected[code]
        assert columns["around"][row] == around
        assert (columns["expected"][row], columns["p"][row]) == pytest.approx(
            (mean, p), nan_ok=True, rel=1e-9
        )


@given(worlds(), filters("hotspots"), st.sampled_from(["records", "events"]))
def test_the_people_behind_hotspots_are_bounded_as_they_are_by_hand(world, told, counted_as):
    question = as_question(
        world,
        told | {"level": "ward", "within": (), "background": "children", "q": 0.5, "counted": counted_as},
    )
    given_answer, grants = asked(world, question)
    if given_answer is None or counted_as == "events":
        return
    table = given_answer.parts["hotspots"]
    for row, units in enumerate(table["units"]):
        records = [
            one
            for one, _ in twin.may_be_tested(world, question, grants)
            if twin.unit_of(one, "ward", None, world.anchors) in units
        ]
        least, most = twin.people(records)
        if table["verdict"][row] != "few":
            assert (table["people_min_band"][row], table["people_max_band"][row]) == (
                band_words(least), band_words(most),
            )  # fmt: skip
            assert table["count"][row] == len(records)
            assert table["agencies"][row] == sorted(
                {AGENCIES[one.agency] for one in records}, key=AGENCIES.index
            )


@given(worlds(), filters("rates"), st.sampled_from(["ward", "district"]))
def test_rates_of_tested_records(world, told, level):
    question = as_question(world, told | {"level": level, "within": (), "counted": "records"})
    given_answer, grants = asked(world, question)
    if given_answer is None:
        return
    units = twin.units(twin.may_be_tested(world, question, grants), question, world.anchors)
    columns, expected = given_answer.columns, Counter(unit for unit in units if unit)
    got = dict(zip(columns["code"], columns["count"].tolist(), strict=True))
    assert got == {code: expected[code] for code in twin.every_code(level)}
    assert given_answer.about["unplaced"] == units.count(None)
    for row, code in enumerate(columns["code"]):
        living = people(int(code[1:]), ages=True) if level == "ward" and code != "W05" else float("nan")
        assert columns["population"][row] == pytest.approx(living, nan_ok=True)
        rate = 1000 * got[code] / living
        assert columns["rate_per_1000"][row] == pytest.approx(rate, nan_ok=True)
        assert (columns["state"][row] == "not known") == (living != living)
        if living == living:
            assert columns["lower"][row] <= rate <= columns["upper"][row]


@given(worlds(), filters())
def test_totals_are_conserved_over_levels(world, told):
    """Every level of the same records: what lies somewhere and what lies nowhere make the same total."""
    shared = World(world.records, open_agreements(), anchors=world.anchors)
    version = shared.version()
    totals = set()
    for level in ("district", "ward", "lsoa", "street", "cell:7", "cell:9"):
        found, _ = asked(shared, as_question(world, told | {"level": level}), version)
        assert found is not None
        assert found.about["total"] == int(found.columns["count"].sum()) + found.about["unplaced"]
        totals.add(found.about["total"])
    assert len(totals) == 1


@given(st.integers(0, 1000))
def test_a_period_without_records_answers_zeros(seed):
    world = World(random_records(seed, 30), open_agreements())
    told = {"kind": "counts", "level": "ward", "period_from": date(2030, 1, 1), "period_to": date(2030, 4, 1)}
    found, _ = asked(world, as_question(world, told))
    assert found.columns["count"].tolist() == [0] * 6
    assert found.about["total"] == found.about["unplaced"] == 0
    series, _ = asked(world, as_question(world, told | {"kind": "series"}))
    assert series.columns["month"] == ["2030-01", "2030-02", "2030-03"]
    assert series.columns["count"].tolist() == [0, 0, 0]


def counted(table, key="code"):
    pairs = zip(table[key], table["count"], strict=True)
    return Counter({code: int(count) for code, count in pairs if count})
