"""Hidden records never change the landing page; and a card's letter is always that of the answer it leads to."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from urllib.parse import parse_qs, urlsplit

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories.world import (
    ALWAYS,
    FOREVER,
    RECORD_FEEDS,
    World,
    agreement,
    open_agreements,
    random_records,
)
from trigpoint.core.sharing.viewer import Viewer
from trigpoint.gate.ask import Desk, answer
from trigpoint.gate.in_place import near_units
from trigpoint.gate.quadrants import Quadrant
from trigpoint.gate.questions import question_from_words
from trigpoint.web.hot_now.agenda import agenda
from trigpoint.web.hot_now.shown import MOST_OF_A_QUADRANT, shown
from trigpoint.web.hot_now.sources import Sources
from trigpoint.web.hot_now.told import agenda_json

AT = datetime(2024, 9, 2, 9, 0, tzinfo=UTC)
_, POLICE, _ = RECORD_FEEDS
MEMBER = Viewer("someone", "social_care", "member")
ANALYST = Viewer("someone", "", "analyst")
AGENCIES = (("social_care", "Social care"), ("police", "Police"), ("open_data", "Open data"))
QUADRANTS = (Quadrant("north", "North", ("D0",)), Quadrant("south", "South", ("D1",)))
NOTHING_DRAWN = np.empty(0, dtype=object)


def page_of(world: World, viewer: Viewer):
    desk = Desk(world.version(), world.agreements, lambda *_: None)

    def put(kind: str, words):
        return answer(viewer, question_from_words(kind, words), AT, desk)

    sources = Sources(
        ask=put,
        classes=lambda _: [1, 2, 3, 5, 8],
        lines=lambda *_: NOTHING_DRAWN,
        near=partial(near_units, desk.version),
        agencies=AGENCIES,
        quadrants=QUADRANTS,
        today=date(2024, 9, 2),
    )
    return agenda(sources, put("choices", {})), put


def gathered(seed: int, count: int):
    """Every third record lies where the first with a place does, in the last year; of the others most are older.

    So the place has more than its own past, and there is something to name.
    """
    drawn = random_records(seed, count)
    there = next(one for one in drawn if one.easting_m is not None and one.street >= 0)
    place = {name: getattr(there, name) for name in ("easting_m", "northing_m", "street")}
    plain = {"detection": 0, "grade": 1, "token": 0, "known_from": ALWAYS, "known_to": FOREVER}
    return tuple(
        replace(one, **place, **plain)
        if at % 3 == 0
        else replace(one, day=one.day - timedelta(days=450 * (at % 4 > 0)))
        for at, one in enumerate(drawn)
    )


@settings(max_examples=5, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_what_is_hidden_changes_nothing_on_the_page(seed):
    expired = agreement("police", expires="2024-09-01", expires_clause="9")
    world = World(records=gathered(seed, 90), agreements=(agreement("social_care"), expired))
    with_hidden, _ = page_of(world, MEMBER)
    never_there, _ = page_of(world.without(POLICE), MEMBER)
    assert agenda_json(with_hidden, dict(AGENCIES)) == agenda_json(never_there, dict(AGENCIES))


@settings(max_examples=5, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_a_letter_is_that_of_the_answer_the_card_leads_to(seed):
    page, put = page_of(World(records=gathered(seed, 120), agreements=open_agreements()), ANALYST)
    letters = [one.letter for one in page.places]
    assert letters, "the records gathered at one street are a hotspot"
    assert len(set(letters)) == len(letters)
    for card in page.places:
        words = {
            word: values
            for word, values in parse_qs(urlsplit(card.href).query).items()
            if word not in ("hotspot", "at")
        }
        table = put("hotspots", words).parts["hotspots"]
        at = list(table["id"]).index(card.number)
        assert (table["letter"][at], table["name"][at]) == (card.letter, card.name)
    for code in ("", "north", "south"):
        told = shown(page, code)
        assert {one.letter for one in told.places} <= set(letters)
        for quadrant in {one.quadrant for one in told.places}:
            assert sum(one.quadrant == quadrant for one in told.places) <= MOST_OF_A_QUADRANT
