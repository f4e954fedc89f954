"""Hidden records change nothing of an evaluation, where there are years enough for places to be compared."""

import random
from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.factories.world import World, agreement, random_records
from tests.property.hiding import (
    AGREEMENTS,
    AT,
    FEWER,
    MEMBER,
    POLICE,
    assert_told_apart_nowhere,
    desk_of,
)
from trigpoint.gate.ask import answer
from trigpoint.gate.questions import question_from_words

EVALUATIONS = (
    {"kind": "evaluation", "level": "ward", "around": "W02", "start": "2024-01-01", "months": "5"},
    {
        "kind": "evaluation",
        "level": "cell:9",
        "around": "89194e636c3ffff",
        "start": "2024-01-01",
        "buffer": "300",
    },
    {
        "kind": "evaluation",
        "level": "cell:7",
        "around": "87194e636ffffff",
        "start": "2024-02-01",
        "months": "3",
    },
    {"kind": "evaluation", "level": "street", "around": "S03", "start": "2024-01-01", "radius": "1500"},
)


def of_two_years(seed: int, count: int, anchors: bool, agreements=()) -> World:
    """A random world whose records reach back to 2022, each known when it happened."""
    rng = random.Random(seed)
    records = []
    for one in random_records(seed, count):
        back = timedelta(days=182 * rng.randrange(5))
        records.append(
            replace(one, day=one.day - back, known_from=one.known_from - back - timedelta(days=190))
        )
    return World(tuple(records), (agreement("open_data"), agreement("social_care"), *agreements), anchors)


@FEWER
@given(
    seed=st.integers(0, 10_000), anchors=st.booleans(), agreements=st.sampled_from(list(AGREEMENTS.values()))
)
def test_hidden_records_change_nothing_of_an_evaluation(seed, anchors, agreements):
    world = of_two_years(seed, 120, anchors, agreements)
    assert_told_apart_nowhere(world, world.without(POLICE), EVALUATIONS)


def test_there_is_something_to_compare_in_these_worlds():
    world = of_two_years(3, 400, False)
    words = {word: value for word, value in EVALUATIONS[0].items() if word != "kind"}
    found = answer(MEMBER, question_from_words("evaluation", words), AT, desk_of(world))
    assert found.about["comparable"]
    assert found.about["months_known_before"] >= 12
