"""What may be seen from the corridor: a law over all that the presentation is made of."""

import json
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.core.disclosure.rules import ReleaseRules
from trigpoint.gate.answers import Answer
from trigpoint.web.presenters.corridor import (
    CANNOT_TELL,
    CLASSES_SHOWN,
    MANY,
    QUESTION_KEPT,
    ROLES_SHOWN,
    cells_seen,
    corridor_json,
    safe,
    sites_seen,
)

LIMIT = 10
RULES = ReleaseRules(LIMIT, 5)
SENTINEL = 7777


def place(**changed: object) -> dict[str, object]:
    return {
        "letter": "A", "name": "Station Parade", "ward": "Central", "district": "Brackwater",
        "since": "More since March 2026", "class": "rising", "class_words": "Rising",
        "chance_words": "Chance hardly ever does this.",
        "people_words": "Many, not one: at least 20 people.", "count": SENTINEL,
        "months": [{"month": "2026-03", "count": SENTINEL, "hot": True, "silent": False}],
        "harm": [{"name": "Missing", "count": 40}, {"name": "Weapons", "count": 3}],
        "around": [
            {"class": "school", "label": "Schools", "n": 2},
            {"class": "childrens_home", "label": "Children's homes", "n": 1},
        ],
        "agencies": [{"code": "a", "name": "Police", "state": "sees"}, {"code": "b", "name": "Health", "state": "not"}],
        "done": "In force: a child abduction warning notice, until 4 December 2026.",
        "question": "Two of three hotels here have never been visited. Who will go?",
        "question_words": {"hotspot": "1"}, "href": "/map/?hotspot=1", "lat": 53.0, "lon": 1.0, "outline": None,
    } | changed  # fmt: skip


def agenda(**changed: object) -> dict[str, object]:
    return {
        "places": [place()],
        "questions": [{"rank": 1, "title": "t", "text": "Who has stopped sending?", "place": "Brackwater", "owner": "",
                       "told": f"{SENTINEL} records, and 3 before", "letter": "Z", "href": "/x", "district": "d"}],
        "changes": [{"kind": "new", "words": "New.", "letter": "A", "name": "Station Parade",
                     "ward": "", "district": "", "href": ""}],
        "health": [{"code": "a", "name": "Police", "phrase": "to October 2026", "warn": False,
                    "months": [{"state": "received", "words": "October 2026: sent"}]}],
        "concerns": [{"letter": "C", "words": "This may be one child."}],
        "watched": [{"name": "Coldharbour Rec"}],
    } | changed  # fmt: skip


def test_a_place_keeps_what_the_room_needs():
    told = corridor_json(agenda(), rules=RULES)["places"][0]
    assert (told["name"], told["where"]) == ("Station Parade", "Central, Brackwater")
    assert told["since"] == "More since March 2026. Rising."
    assert told["sees"] == "1 of 2 agencies sees it."
    assert told["people"] == MANY
    assert told["question"].startswith("Two of three hotels")
    assert told["harm"] == "Mostly missing.", "a theme that few records tell of is not one for a screen"
    assert told["around"] == [{"class": "school", "label": "Schools", "n": 2}]


def test_no_count_notice_home_or_concern_leaves():
    text = json.dumps(corridor_json(agenda(), rules=RULES))
    for never in (
        str(SENTINEL),
        "warning",
        "childrens_home",
        "one child",
        "Coldharbour",
        "20 people",
        "/map/",
    ):
        assert never not in text, never


@pytest.mark.parametrize(
    "sentence",
    [
        "Between 3 and 17 people; the feeds cannot tell.",
        "More since May 2026: 12 since then, where its own past would give 3.",
        "Five children were seen here.",
        "One person makes more than 40% of it.",
        "A warning notice here has no concern around it.",
        "Is it the children's home?",
        "Who lives at the corner?",
        "4 missing from the placement nearby.",
        "2 boys came back on 3 March 2026.",
        "11 missing episodes from Whitstow South since August 2026, and no return interview. Who asks?",
        "Forty children missing from here were found elsewhere.",
        "Who speaks with these children?",
    ],
)
def test_sentences_that_may_not_be_shown(sentence):
    assert not safe(sentence, LIMIT)
    told = corridor_json(agenda(places=[place(question=sentence)]), rules=RULES)
    assert told["places"][0]["question"] == QUESTION_KEPT


@pytest.mark.parametrize(
    "sentence",
    [
        "Two of three hotels here have never been visited. Who will go, and when?",
        "Busiest 15:15 to 17:00 on school days. Who is the guardian on platform?",
        "Hot 7 months of 24; no action ever.",
        "No one owns this place yet.",
        "The code changed on 1 April 2026. Before and after cannot be compared.",
        "At least 20 people.",
        "3 of the 7 agencies see it.",
    ],
)
def test_sentences_that_may(sentence):
    assert safe(sentence, LIMIT)


@given(
    st.integers(0, LIMIT - 1),
    st.sampled_from(["people", "records", "children", "events", "since then", "reports"]),
)
def test_no_small_number_of_anything_but_what_is_harmless_passes(n, noun):
    for sentence in (
        f"{n} {noun}.",
        f"There were {n:,} {noun} here in March 2026.",
        f"From {n} to {n + 40} {noun}.",
    ):
        assert not safe(sentence, LIMIT)


@given(
    st.text(max_size=30), st.text(max_size=30), st.sampled_from(["Many, not one.", "The feeds cannot tell."])
)
def test_whatever_the_agenda_says_nothing_unnamed_passes(name, question, people):
    told = corridor_json(
        agenda(places=[place(name=name, question=question, people_words=people, secret=f"s{SENTINEL}")]),
        rules=RULES,
    )
    one = told["places"][0]
    assert set(one) == {
        "letter", "name", "where", "since", "sees", "chance", "people", "harm", "around", "question", "lon", "lat",
        "outline",
    }  # fmt: skip
    assert one["people"] in (MANY, CANNOT_TELL)
    assert all(int(n) >= LIMIT for n in re.findall(r"\b\d\b", one["question"]) if str(n).isascii()) or safe(
        one["question"], LIMIT
    )
    assert f"s{SENTINEL}" not in json.dumps(told)


@given(st.lists(st.integers(0, 60), min_size=1, max_size=40))
def test_hexagons_are_told_by_class_and_only_where_enough_lies(counts):
    codes = [f"c{n}" for n in range(len(counts))]
    told = cells_seen(Answer("counts", {"code": codes, "count": np.array(counts)}, {}), LIMIT)
    enough = {code: n for code, n in zip(codes, counts, strict=True) if n >= LIMIT}
    assert set(told) == {"code", "class"}
    assert set(told["code"]) == set(enough)
    assert all(1 <= c <= 6 for c in told["class"])
    found = dict(zip(told["code"], told["class"], strict=True))
    assert all(found[a] <= found[b] for a in enough for b in enough if enough[a] <= enough[b])


def test_what_lies_below_the_limit_never_moves_a_colour():
    def seen(low: list[int]) -> object:
        counts = [*low, 10, 20, 40, 80]
        codes = [f"c{n}" for n in range(len(counts))]
        told = cells_seen(Answer("counts", {"code": codes, "count": np.array(counts)}, {}), LIMIT)
        return told["class"]

    assert seen([0, 0, 9]) == seen([9, 9, 1])


def test_sites_have_no_name_and_homes_are_none_of_them():
    features = [
        {"properties": {"class": kind, "name": "Rosebank"}, "geometry": {"coordinates": [1.0, 53.0]}}
        for kind in ("school", "childrens_home", "supported_accommodation", "hotel")
    ]
    told = sites_seen({"features": features})
    assert [one["class"] for one in told] == ["school", "hotel"]
    assert "Rosebank" not in json.dumps(told)
    assert not {"childrens_home", "supported_accommodation"} & set(CLASSES_SHOWN)
    assert not {"home", "placement", "missing_from", "reporting_station"} & set(ROLES_SHOWN)
