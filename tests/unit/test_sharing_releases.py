"""What an agreement lets leave the room, and whose own rows are told row by row."""

from datetime import date

import pytest

from trigpoint.core.sharing.agreement import Releases
from trigpoint.core.sharing.grain import Grain
from trigpoint.core.sharing.policy import FeedAsked, QuestionFacts, decide
from trigpoint.core.sharing.viewer import ROLES, Viewer

WARDS = Releases(frozenset({"teams"}), frozenset({"education"}), "ward", "6.1")
EVERYWHERE = Releases(None, None, "named_area", "6.2")
FEED = FeedAsked("police_crime", "Crime", "police", "Police", False)


def test_a_release_tells_areas_as_coarse_as_agreed_to_whom_was_agreed():
    assert WARDS.allows("teams", "district")
    assert WARDS.allows("teams", "ward")
    assert not WARDS.allows("teams", "named_area")
    assert not WARDS.allows("tasking", "district")
    assert EVERYWHERE.allows("tasking", "named_area")


def test_it_reaches_the_agencies_that_were_named_or_all():
    assert WARDS.reaches("education")
    assert not WARDS.reaches("police")
    assert EVERYWHERE.reaches("police")


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("agency", ["police", "education"])
def test_rows_one_by_one_are_told_to_the_agency_that_sent_them_and_only_at_the_table(role, agency):
    asked = QuestionFacts("own_rows", Grain.POINT, frozenset(), (FEED,))
    told = decide(Viewer("someone", agency, role), asked, (), date(2026, 11, 2))
    at_the_table = role in ("analyst", "member", "chair", "contributor")
    assert told.allowed == (agency == "police" and at_the_table)
    if not told.allowed:
        assert told.reason == "Crime: an agency's records are told row by row to that agency alone."
