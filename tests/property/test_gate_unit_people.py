"""How many people stand behind a unit: what a picture tells, beside the definition read one event at a time."""

from collections import Counter, defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.world import World, open_agreements, random_records
from tests.property import twin_of_gate as twin
from tests.property.test_gate_events import told_events
from tests.property.test_gate_twins import as_question, asked, filters
from trigpoint.gate.questions import Question, QuestionError

EDGES = (5, 10, 20, 50)
FREE = {"agencies": (), "categories": (), "known": None}


def worlds():
    return st.builds(
        lambda seed, many: World(random_records(seed, many), open_agreements()),
        st.integers(0, 10_000),
        st.integers(0, 160),
    )


def by_unit(world, question, grants):
    """The events of each unit, each at its first record that lies in one."""
    found = defaultdict(list)
    for event in told_events(world, question, grants):
        lies = twin.units([(one, None) for one in event], question, world.anchors)
        unit = next((one for one in lies if one is not None), None)
        if unit is not None:
            found[unit].append(event)
    return found


def least_and_share(events):
    """Distinct people of the agency that knows most, and the share of events by the one person who makes most."""
    people = {(one.agency, one.token) for event in events for one in event if one.token}
    least = max(Counter(agency for agency, _ in people).values(), default=0)
    told = Counter(key for event in events for key in {(one.agency, one.token) for one in event if one.token})
    return least, max(told.values(), default=0) / len(events)


def band(people):
    return 1 + sum(people >= edge for edge in EDGES)


@given(worlds(), filters("picture"), st.sampled_from(["district", "ward", "cell:7", "cell:9", "street"]))
def test_a_number_is_told_by_district_and_below_it_only_of_many(world, told, level):
    question = as_question(world, told | FREE | {"level": level}, measure="people")
    answer, grants = asked(world, question)
    if answer is None:
        return
    events = by_unit(world, question, grants)
    units = answer.parts["units"]
    rows = zip(
        units["code"],
        units["people_class"].tolist(),
        units["people_least"],
        units["people_most"],
        strict=True,
    )
    for code, its, least_words, most_words in rows:
        least, share = least_and_share(events.get(code, [[]])) if code in events else (0, 0.0)
        many = least >= 5 and share <= 0.4
        assert its == (band(least) if level == "district" or many else 0), (code, least, share)
        assert (least_words == "") == (most_words == "") == (its == 0)


@given(worlds(), filters("picture"))
def test_measuring_people_changes_no_count(world, told):
    plain, _ = asked(world, as_question(world, told | FREE))
    measured, _ = asked(world, as_question(world, told | FREE, measure="people"))
    for name in ("code", "count"):
        assert list(plain.parts["units"][name]) == list(measured.parts["units"][name])
    for part in set(plain.parts) - {"units"}:
        assert str(plain.parts[part]) == str(measured.parts[part])


@pytest.mark.parametrize(
    "words", [{"agencies": ("police",)}, {"feeds": ("police_crime",)}, {"categories": ("police_crime_a",)}]
)
@pytest.mark.parametrize("level", ["ward", "street", "cell"])
def test_one_agency_alone_is_asked_by_district_only(words, level):
    world = World(random_records(3, 40), open_agreements())
    with pytest.raises(QuestionError, match="all agencies together"):
        asked(world, Question("picture", level=level, measure="people", **words))
    by_district, _ = asked(world, Question("picture", level="district", measure="people", **words))
    assert "people_class" in by_district.parts["units"]
