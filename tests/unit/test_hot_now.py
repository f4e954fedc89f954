"""The landing page's own judgements: classes, changes, bands, quadrants, six of each, who has sent."""

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from trigpoint.core.disclosure.people import band_words
from trigpoint.gate.answers import Answer
from trigpoint.gate.denial import QuestionError
from trigpoint.gate.landing_questions import ON_CELLS, ON_STREETS
from trigpoint.gate.quadrants import quadrants_from
from trigpoint.web.hot_now.changes import changes_between
from trigpoint.web.hot_now.classes import CLASSES, class_of
from trigpoint.web.hot_now.health import agency_health, silent_months, silent_now
from trigpoint.web.hot_now.period import Months, month_before, months_of
from trigpoint.web.hot_now.shown import MOST_OF_A_QUADRANT, few_of_each
from trigpoint.web.hot_now.words import done_words, people_words, question_words, since_words
from trigpoint.web.presenters.harm import harm_words, leading_themes
from trigpoint.web.presenters.marks import OUTLINES, mark_of

GLYPHS = Path(__file__).resolve().parents[2] / "frontend/src/map/glyphs.ts"
RISE = {"rise_since": "2026-04", "rise_before": 0}


def choices(start, end, *, has_streets=True):
    return Answer("choices", {}, {"period": [start, end], "has_streets": has_streets})


def place(name, units, p=1e-9, district="Wexfield", **more):
    return {
        "letter": "A",
        "name": name,
        "ward": "Mill",
        "district": district,
        "units": units,
        "p": p,
        "href": "/map/",
    } | more


def coverage(rows):
    columns = {
        name: [row[at] for row in rows] for at, name in enumerate(("feed", "district", "month", "state"))
    }
    return Answer(
        "coverage",
        columns,
        {"feeds": [{"code": "asb", "agency": "council"}, {"code": "cme", "agency": "education"}]},
    )


def test_the_page_is_about_the_last_twelve_months_that_are_over():
    months = months_of(choices("2024-07-03", "2026-11-01"), today=date(2026, 11, 22))
    assert (months.first, months.end, months.bars_from) == (
        date(2025, 11, 1),
        date(2026, 11, 1),
        date(2024, 11, 1),
    )
    assert len(months.drawn) == 24
    assert months.named == months.drawn[12:]
    assert months.last_day == date(2026, 10, 31)


def test_fewer_months_than_two_years_are_all_drawn():
    months = months_of(choices("2026-01-01", "2026-04-01"), today=date(2026, 4, 20))
    assert months.drawn == months.named == ["2026-01", "2026-02", "2026-03"]


@pytest.mark.parametrize(("has_streets", "test"), [(True, ON_STREETS), (False, ON_CELLS)])
def test_places_are_streets_where_streets_are_known(has_streets, test):
    told = choices("2025-01-01", "2026-01-01", has_streets=has_streets)
    assert months_of(told, today=date(2026, 2, 1)).test == test


@pytest.mark.parametrize(
    ("today", "then"), [(date(2026, 11, 22), date(2026, 10, 22)), (date(2026, 3, 31), date(2026, 2, 28))]
)
def test_the_last_meeting_had_its_own_months_and_its_own_day(today, then):
    months = Months(date(2025, 3, 1), date(2026, 3, 1), date(2024, 3, 1), today, ON_STREETS)
    before = month_before(months)
    assert (before.first, before.end, before.today) == (date(2025, 2, 1), date(2026, 2, 1), then)


@pytest.mark.parametrize(
    ("rise", "category", "found"),
    [
        (RISE, "sporadic hot spot", "new"),
        (RISE | {"rise_before": 3}, "no pattern", "rising"),
        (RISE | {"rise_since": "2025-11"}, "sporadic hot spot", "sporadic"),
        (RISE | {"rise_since": ""}, "persistent hot spot", "persistent"),
        (None, "no pattern", "above"),
        (None, "", "above"),
    ],
)
def test_a_place_is_new_only_where_it_was_seen_to_begin(rise, category, found):
    assert class_of(rise, category, first_month="2025-11").code == found


def test_every_class_has_a_mark_and_words_of_its_own():
    assert (
        len({one.glyph for one in CLASSES.values()})
        == len({one.words for one in CLASSES.values()})
        == len(CLASSES)
    )


def test_what_came_what_went_and_what_grew_surer():
    before = [place("Old Row", ["s1"]), place("Mill Lane", ["s2"], p=0.01), place("High Street", ["s3"])]
    now = [place("Mill Lane", ["s2", "s9"]), place("High Street", ["s3"], p=0.01), place("Quay", ["s4"])]
    told = [(one.kind, one.name) for one in changes_between(before, now, frozenset())]
    assert told == [
        ("new", "Quay"),
        ("stronger", "Mill Lane"),
        ("weaker", "High Street"),
        ("gone", "Old Row"),
    ]


def test_a_place_that_may_be_a_concern_now_is_not_told_as_gone():
    before = [place("Old Row", ["s1"]), place("Far Row", ["s2"], district="Elsewhere")]
    told = changes_between(before, [], frozenset({"Wexfield"}))
    assert [one.name for one in told] == ["Far Row"]


@pytest.mark.parametrize(
    ("verdict", "least", "words"),
    [
        ("many", 131, "Many, not one: at least 50 people."),
        ("many", 12, "Many, not one: at least 10 people."),
        ("many", 5, "Many, not one: at least 5 people."),
        ("cannot tell", 40, "The feeds cannot tell whether it is many or one."),
    ],
)
def test_people_are_told_in_bands_and_only_as_the_verdict_allows(verdict, least, words):
    bands = {"people_min_band": band_words(least), "people_max_band": band_words(least)}
    assert people_words({"verdict": verdict, **bands}) == words


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ([60, 40, 0, 0], "Mostly missing and CSE."),
        ([25, 30, 24, 90], "Mostly other crime, CSE and missing."),
        ([24, 24, 24, 24], ""),
        ([0, 0, 0, 0], ""),
    ],
)
def test_the_kind_of_harm_is_what_a_good_share_of_a_places_records_tell_of(counts, words):
    names = ["Missing", "CSE", "Weapons", "Other crime"]
    picture = Answer(
        "picture", {}, {"total": 100}, {"theme": {"name": names, "count": np.array(counts, dtype=np.int64)}}
    )
    assert harm_words([name for name, _ in leading_themes(picture)]) == words


def test_what_is_in_force_is_told_before_what_has_ended():
    ended = {
        "name": "a closure",
        "state": "ended",
        "served": "2026-01-02",
        "starts": None,
        "ends": "2026-03-01",
        "way": "walk",
    }
    active = ended | {"name": "an order", "state": "active", "served": "2025-01-02", "ends": None}
    assert done_words([], 400) == "No notice on record within 400 metres."
    assert done_words([ended], 400) == "Nothing in force. Last: a closure, ended 1 March 2026."
    assert done_words([ended, ended], 400) == (
        "Nothing in force. 2 ended within 400 metres, the last a closure, ended 1 March 2026."
    )
    assert done_words([ended, active], 400) == "In force: an order."


def test_a_notice_told_only_of_the_ward_is_near_nothing():
    somewhere = {
        "name": "an order",
        "state": "active",
        "served": "2026-01-02",
        "starts": None,
        "ends": None,
        "way": "somewhere in the ward",
    }
    assert done_words([somewhere], 400) == (
        "No notice on record within 400 metres. Of the ward one in force is told, not where."
    )
    assert done_words([somewhere, somewhere], 400).endswith("Of the ward 2 in force are told, not where.")


def test_a_card_says_since_when_as_its_question_does():
    assert since_words(RISE, "2026-05") == "More since May 2026"
    assert since_words(RISE, "") == "More since April 2026"
    assert since_words(None, "2026-05") == "More since May 2026"
    assert since_words(None, "") == "More than its own past all year"


def test_a_question_on_its_own_card_does_not_repeat_the_ward():
    assert question_words("Who owns Mill Lane, Mill?", "Mill Lane", "Mill") == "Who owns Mill Lane?"


@dataclass(frozen=True)
class Here:
    quadrant: str = field(default="north")


def test_no_more_than_six_of_a_quadrant_and_those_the_first():
    many = [Here("north") for _ in range(9)] + [Here("south") for _ in range(3)]
    shown = few_of_each(many)
    assert [one.quadrant for one in shown] == ["north"] * MOST_OF_A_QUADRANT + ["south"] * 3
    assert few_of_each(many[:2], {"north": 5}) == (many[0],)


@pytest.mark.parametrize(
    "told",
    [
        "north",
        [{"code": "n", "name": "North"}],
        [{"code": "n", "name": "North", "districts": "E1"}],
        [
            {"code": "n", "name": "North", "districts": ["E1"]},
            {"code": "s", "name": "South", "districts": ["E1"]},
        ],
        [
            {"code": "n", "name": "North", "districts": ["E1"]},
            {"code": "n", "name": "South", "districts": []},
        ],
    ],
)
def test_quadrants_that_contradict_themselves_are_refused(told):
    with pytest.raises(QuestionError, match=r"quadrants\.yaml"):
        quadrants_from(told)


def test_silent_low_not_due_and_not_shown_are_told_apart():
    answer = coverage(
        [
            ("asb", "E1", "2026-01", "received"), ("asb", "E2", "2026-01", "received"),
            ("asb", "E1", "2026-02", "low"), ("asb", "E2", "2026-02", "silent"),
            ("cme", "E1", "2026-01", "silent"), ("cme", "E2", "2026-01", "silent"),
            ("cme", "E1", "2026-02", "silent"), ("cme", "E2", "2026-02", "silent"),
        ]
    )  # fmt: skip
    agencies = (("council", "Council"), ("education", "Education"), ("police", "Police"))
    months, districts = ["2026-01", "2026-02"], {"E1": "Wexfield", "E2": "Marl"}
    council, education, police = agency_health(answer, agencies, months, districts)
    assert [one.state for one in council.squares] == ["received", "part"]
    assert (council.phrase, council.latest, council.warn) == ("silent in Marl", "part", True)
    assert (education.phrase, education.latest) == ("silent since January 2026", "silent")
    assert (police.phrase, police.latest, police.warn) == ("not shown to you", "denied", False)
    alone = agency_health(answer, agencies[:1], months, {"E1": "Wexfield"})[0]
    assert (alone.phrase, alone.warn) == ("to February 2026", False)
    assert silent_months(answer, ["council"], "E2") == {"2026-02"}
    assert silent_now(answer, "E1", "2026-02") == {"education"}


def test_the_symbols_are_those_of_the_map():
    drawn = GLYPHS.read_text(encoding="utf-8")
    for code in ("school", "hotel", "bnb", "takeaway", "park", "station", "bus_stop"):
        mark = mark_of(code)
        assert re.search(rf'\b{code}: {{\s*shape: "{mark.shape}"', drawn)
        for path in (mark.fill, mark.stroke):
            assert f'"{path}"' in drawn or not path
    for path in OUTLINES.values():
        assert path in drawn
