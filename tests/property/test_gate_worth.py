"""Worth placing through the gate: what putting the records there would change, the tray's numbers, and no place told."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from tests.factories.world import FEEDS, RECORD_FEEDS, Worded, World, agreement, random_records, ward_centre
from trigpoint.core.sharing.viewer import Viewer
from trigpoint.gate.ask import Desk, answer
from trigpoint.gate.kept_words import KeptWording, KeptWords
from trigpoint.gate.questions import question_from_words

AT = datetime(2024, 9, 2, 9, 0, tzinfo=UTC)
MEMBER = Viewer("s", "education", "member")
ALL = (agreement("open_data"), agreement("social_care"), agreement("police"))
WORDED = tuple(Worded(feed, feed, 3, 1.0) for feed in RECORD_FEEDS)
COLUMNS = [
    "id",
    "agency",
    "records",
    "meanings",
    "elsewhere",
    "change",
    "entering",
    "leaving",
    "most",
    "exact",
]


def kept(agencies):
    told = {one: FEEDS[one.feed][1] for one in WORDED}
    return KeptWords(
        {
            (agency, one.digest): KeptWording(100 + one.feed, "by the bins", "", ())
            for one, agency in told.items()
            if agency in agencies
        }
    )


def ask(world, kind="worth", words=kept, **told):
    desk = Desk(world.version(), world.agreements, lambda *_: None, words=words)
    return answer(MEMBER, question_from_words(kind, told), AT, desk)


@pytest.fixture(scope="module")
def world():
    return World(random_records(5, 400), ALL, wordings=WORDED)


def hot_when_placed(world, feed, ward, **told):
    """Codes of hot units once somebody has put the feed's unplaced records at the middle of a ward."""
    easting_m, northing_m = ward_centre(ward)
    placed = tuple(
        replace(one, easting_m=easting_m, northing_m=northing_m, role=1)
        if one.feed == feed and one.easting_m is None
        else one
        for one in world.records
    )
    return hot_of(replace(world, records=placed, wordings=()), **told)


def hot_of(world, **told):
    found = ask(world, "hotspots", **told)
    assert found.about["concerns"] == 0
    return {code for code, hot in zip(found.columns["code"], found.columns["hot"], strict=True) if hot}


def test_the_most_it_says_is_what_placing_them_there_does(world):
    words = {"level": "cell:9", "q": "0.5", "background": "even"}
    found, before = ask(world, **words), hot_of(world, **words)
    assert list(found.columns) == COLUMNS
    assert found.columns["exact"].all()
    assert found.columns["most"].max() > 0
    for feed in RECORD_FEEDS:
        row = found.columns["agency"].index(FEEDS[feed][1])
        changed = [len(before ^ hot_when_placed(world, feed, ward, **words)) for ward in (feed, feed + 1)]
        assert max(changed) == found.columns["most"][row]
        assert np.dot(changed, [0.5, 0.3]) == pytest.approx(found.columns["change"][row], abs=1e-6)


def test_rows_stand_by_what_they_would_change_and_bear_the_trays_numbers(world):
    found = ask(world, level="cell:9", q="0.5", background="children")
    assert (np.diff(np.round(found.columns["change"], 9)) <= 0).all()
    assert found.columns["change"][0] > 0
    numbers = {"open_data": 102, "police": 101, "social_care": 100}
    assert list(found.columns["id"]) == [numbers[one] for one in found.columns["agency"]]
    np.testing.assert_allclose(found.columns["elsewhere"], 0.2, atol=1e-6)
    assert found.about["could_change_records"] <= found.about["unplaced"]
    assert "could change this page" in found.about["sentence"]


def test_words_that_are_no_longer_kept_have_no_number(world):
    found = ask(world, words=lambda agencies: KeptWords(), level="cell:9")
    assert set(found.columns["id"]) == {0}


def test_no_words_and_no_places_are_told(world):
    found = ask(world, level="cell:9", q="0.5")
    assert "bins" not in str((found.columns, found.parts, found.about))
    assert found.parts == {}


def test_where_nothing_waits_it_says_so():
    placed = tuple(one for one in random_records(5, 200) if one.easting_m is not None)
    found = ask(World(placed, ALL, wordings=WORDED), level="cell:9")
    assert len(found) == 0
    assert "nothing waits" in found.about["sentence"]


def test_what_only_waits_for_another_agency_is_not_told():
    world = World(random_records(5, 200), ALL[:1], wordings=WORDED)
    assert set(ask(world, level="cell:9").columns["agency"]) <= {"open_data"}
