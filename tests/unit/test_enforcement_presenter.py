"""Notices for the meeting in words: how they stand by kind, which were breached, and what ends before a day."""

from datetime import date

import numpy as np

from trigpoint.gate.answers import Answer
from trigpoint.gate.kinds.around_gaps import gaps_here
from trigpoint.web.pack.sentences import near_lines
from trigpoint.web.presenters.enforcement import breach_words, ends_before_rows, kinds_told

TODAY = date(2026, 11, 23)


def notices(*told):
    names = (
        "kind", "state", "stage", "ends", "breaches", "last_breach", "ward_code", "district_code",
    )  # fmt: skip
    return Answer("notices", {name: [row[at] for row in told] for at, name in enumerate(names)}, {}, {})


ALL = notices(
    ("closure", "active", "in_force", "2027-02-01", 2, "2026-10", "W1", "D1"),
    ("closure", "ends_soon", "expires_soon", "2026-12-01", 0, None, "W2", "D2"),
    ("closure", "ended", "expired", "2026-06-01", 1, "2026-05", "W1", "D1"),
    ("closure", "ended", "expired", "2025-06-01", 9, "2025-05", "W1", "D1"),
    ("cawn", "ends_soon", "expires_soon", "2026-12-03", 1, None, "", "D1"),
    ("cawn", "not_begun", "served", "2027-12-03", 0, None, "", "D1"),
)


def test_each_kind_says_how_its_notices_stand_and_forgets_what_is_long_over():
    warning, closure = kinds_told(ALL, TODAY)
    assert (closure.in_force, closure.expires_soon, closure.expired, closure.ended_early) == (2, 1, 1, 0)
    assert (closure.breached, closure.times, closure.last_breach) == (2, 3, "October 2026")
    assert (warning.name, warning.served, warning.breached, warning.last_breach) == (
        "Child abduction warning notice", 1, 1, "",
    )  # fmt: skip


def test_a_breach_is_told_by_how_often_and_the_month():
    assert breach_words({"breaches": 0, "last_breach": None}) == ""
    assert breach_words({"breaches": 1, "last_breach": None}) == "Breached once"
    assert breach_words({"breaches": 3, "last_breach": "2026-05"}) == "Breached 3 times, last in May 2026"


def test_what_ends_before_a_day_keeps_its_district_so_that_a_quadrant_can_be_told_apart():
    told = ends_before_rows(ALL, date(2026, 12, 4), {"W2": "Quay", "D1": "Marl"})
    assert [(one.where, one.district, one.breaches) for one in told] == [
        ("Quay", "D2", ""), ("Marl", "D1", "Breached once"),
    ]  # fmt: skip
    assert ends_before_rows(ALL, date(2026, 12, 1), {}) == []


IN_WARD = {"kind": "cawn", "state": "active", "ends": None, "distance_m": None}
FARTHER = {"kind": "closure", "state": "active", "ends": "2027-02-01", "distance_m": 760.0}
OVER = {"kind": "closure", "state": "ended", "ends": "2026-06-01", "distance_m": 100.0}
NEAR = {"kind": "closure", "state": "active", "ends": "2027-02-01", "distance_m": 399.0}


def test_what_is_told_only_by_ward_or_lies_farther_is_never_near_a_place():
    assert near_lines([OVER, FARTHER, IN_WARD], 400) == [
        "No notice is told to be in force within 400 metres.",
        "1 notice has ended within 400 metres.",
        "1 notice in force told only as somewhere in its ward.",
    ]
    assert near_lines([NEAR], 400) == ["1 closure in force, until 1 February 2027."]


def test_the_gaps_of_a_place_count_what_is_told_by_ward_apart():
    told = {
        "kind": ["cawn"],
        "ends": ["2026-12-01"],
        "state": ["ends_soon"],
        "way": ["somewhere in the ward"],
    }
    nowhere = {name: [] for name in ("class", "opened", "code")}
    assert gaps_here(told, nowhere, nowhere, np.ones(0, dtype=bool)) == [
        "No notice is told to be in force within 400 metres.",
        "1 is in force and is told only as somewhere in the ward.",
    ]
