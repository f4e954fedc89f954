"""What the page of linked events and the changes of definition say: nothing twice, nothing lost, nothing certain."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.gate.answers import Answer
from trigpoint.web.presenters.definition_breaks import NO_COMPARISON, definition_breaks
from trigpoint.web.presenters.linked_events import ROWS_A_PAGE, events_page, finest_for_all, sure_words

AGENCIES = {"social_care": "Children's social care", "education": "Education", "police": "Police"}
AREAS = {"E07000001": "Marl", "E05000001": "Quay"}


def answer_of(n, *, circular=0, singles=3, ward="E05000001"):
    rows = {
        "month": [f"2026-{12 - k % 12:02d}" for k in range(n)],
        "district_code": ["E07000001"] * n,
        "ward_code": [ward] * n,
        "records": [2] * n,
        "agencies": ["police education"] * n,
        "probability": np.linspace(0.5, 1.0, n),
        "reason": [f"reason {k}" for k in range(n)],
        "circular": [k < circular for k in range(n)],
    }
    about = {
        "level": "ward" if ward else "district", "total": 2 * n + singles, "events": n + singles, "singles": singles,
        "circular": circular, "method": "So.", "why": [], "attributions": [], "feeds": [], "filters": {},
    }  # fmt: skip
    return Answer("events", rows, about)


def told(answer, page=1):
    return events_page(answer, agencies=AGENCIES, areas=AREAS, page=page)


@given(st.integers(0, 450))
def test_the_pages_together_hold_every_row_once_in_order(n):
    answer = answer_of(n)
    pages = told(answer).pages
    rows = [one for page in range(1, pages + 1) for one in told(answer, page).rows]
    assert [one.reason for one in rows] == [f"reason {k}" for k in range(n)]
    assert all(len(told(answer, page).rows) <= ROWS_A_PAGE for page in range(1, pages + 1))


@pytest.mark.parametrize(("asked", "shown"), [(0, 1), (-4, 1), (2, 2), (99, 3)])
def test_a_page_that_there_is_not_becomes_the_nearest(asked, shown):
    assert told(answer_of(250), asked).page == shown


def test_agencies_stand_in_their_fixed_order_and_places_by_name():
    row = told(answer_of(1)).rows[0]
    assert row.agencies == ("Education", "Police")
    assert (row.month, row.ward, row.district) == ("December 2026", "Quay", "Marl")
    assert told(answer_of(1, ward="")).rows[0].ward == ""


@pytest.mark.parametrize(
    ("n", "circular", "sentence"),
    [
        (0, 0, "3 records tell 3 events. None is told by two or more feeds."),
        (
            1,
            1,
            "5 records tell 4 events. 1 is told by two or more feeds; 1 of them looks like one report told round.",
        ),
        (
            1200,
            0,
            "2,403 records tell 1,203 events. 1,200 are told by two or more feeds; "
            "none of them looks like one report told round.",
        ),
        (
            12,
            2,
            "27 records tell 15 events. 12 are told by two or more feeds; 2 of them look like one report told round.",
        ),
    ],
)
def test_the_finding_is_said_first(n, circular, sentence):
    page = told(answer_of(n, circular=circular))
    assert page.sentence == sentence
    assert [one.told_round for one in page.rows] == [k < circular for k in range(min(n, ROWS_A_PAGE))]


def test_no_record_is_not_no_event():
    assert told(answer_of(0, singles=0)).sentence == "No record was received for what was asked."


@given(st.floats(0.5, 1.0), st.floats(0.5, 1.0))
def test_a_likelier_link_is_never_told_in_weaker_words_and_none_is_certain(one, other):
    strength = ["More likely than not", "Likely", "Very likely"]
    (weak, fewer), (strong, more) = (sure_words(p).split(", ") for p in sorted((one, other)))
    assert strength.index(weak) <= strength.index(strong)
    assert int(fewer.split()[0]) <= int(more.split()[0]) <= 99


@pytest.mark.parametrize(
    ("finest", "level"),
    [
        (["point", "ward"], "ward"),
        (["point", "district"], "district"),
        (["cell", None], "ward"),
        ([], "ward"),
    ],
)
def test_places_are_told_as_finely_as_no_feed_is_left_out(finest, level):
    assert finest_for_all({"finest": finest, "shown": [one is not None for one in finest]}) == level


def test_breaks_are_told_by_their_days_and_say_that_nothing_compares():
    change = {
        "code": "b",
        "date": "2026-04-01",
        "about": False,
        "title": "The code changes.",
        "text": "New code.",
    }
    earlier = {**change, "code": "a", "date": "2025-01-01", "about": True, "text": ""}
    first, second = definition_breaks(Answer("series", {}, {"definition_breaks": [change, earlier]}))
    assert second.sentence == f"From 1 April 2026: The code changes. {NO_COMPARISON} New code."
    assert first.sentence == f"From about 1 January 2025: The code changes. {NO_COMPARISON}"
    assert definition_breaks(Answer("sites", {}, {})) == ()
