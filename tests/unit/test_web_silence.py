"""The hatch of silence: who is silent, since when, and in what words; and no other district."""

from datetime import date

import numpy as np
import pytest

from trigpoint.gate.answers import Answer
from trigpoint.web.presenters.overlay_counts import counts_json
from trigpoint.web.presenters.silence import plate_words, silence_json

ABOUT = {
    "feeds": [
        {"code": "asb", "name": "Anti-social behaviour", "agency": "csp"},
        {"code": "cme", "name": "Missing", "agency": "edu"},
    ],
    "attributions": [], "why": [], "clauses": [], "definition_breaks": [], "period": ["2025-01-01", "2026-01-01"],
    "publication": 1,
    "filters": {}, "level": "district", "withheld": [], "known": None, "kind": "silence", "exposure": "",
}  # fmt: skip
ROWS = {
    "feed": ["asb", "asb", "cme"],
    "district": ["D1", "D2", "D1"],
    "verdict": ["silent", "sending", "quiet"],
    "probability": np.array([0.99, 0.0, 0.1]),
    "since": ["2025-07", "", "2025-12"],
    "sentence": ["Silent, not quiet: …", "sending", "Quiet: …"],
}


def answered(months):
    names = ("feed", "district", "month", "received", "silent")
    table = {name: [row[at] for row in months] for at, name in enumerate(names)}
    table["silent"] = np.array(table["silent"], dtype=np.float64)
    return Answer("silence", ROWS, ABOUT, {"months": table})


def told(months, start=date(2025, 1, 1), end=date(2026, 1, 1)):
    return silence_json(answered(months), {"csp": "Community safety"}, start=start, end=end)["areas"]


def test_only_a_district_in_which_a_feed_is_silent_is_hatched():
    (area,) = told([])
    assert area["code"] == "D1"
    assert area["words"] == "one feed missing since July 2025"
    assert [one["agency_name"] for one in area["feeds"]] == ["Community safety"]


def test_a_gap_that_ended_is_told_with_its_months_and_only_inside_the_period():
    gap = [("asb", "D2", f"2025-0{month}", 0, 0.99) for month in (3, 4)]
    areas = {one["code"]: one for one in told(gap)}
    assert areas["D2"]["words"] == "one feed missing for a time from March 2025"
    assert "2 months from March 2025 to April 2025" in areas["D2"]["feeds"][0]["sentence"]
    assert [one["code"] for one in told(gap, start=date(2025, 6, 1))] == ["D1"]


@pytest.mark.parametrize(("received", "silent"), [(1, 0.99), (0, 0.5), (0, float("nan"))])
def test_a_month_that_is_quiet_or_in_doubt_is_no_silence(received, silent):
    assert [one["code"] for one in told([("asb", "D2", "2025-03", received, silent)])] == ["D1"]


def test_the_plate_counts_the_feeds_and_names_the_first_month():
    feeds = [{"since": "2025-09", "until": None}, {"since": "2025-07", "until": "2025-08"}]
    assert plate_words(feeds) == "2 feeds missing since July 2025"


def test_a_class_nobody_holds_is_not_among_the_counts_and_a_refusal_is_said():
    notices = Answer(
        "notices",
        {
            "kind": ["cawn", "cawn", "closure"],
            "state": ["active", "ended", "ended"],
            "coarse": [True, True, False],
        },
        {},
    )
    told = counts_json(
        {
            "sites": "Not shown.",
            "staffed": "Not shown.",
            "notices": notices,
            "routes": "None.",
            "work": "None.",
        }
    )
    assert told["classes"]["notice_cawn"] == {"n": 0, "by_area": 1, "shared": True, "last": None}
    assert told["classes"]["notice_closure"]["n"] == 0
    assert "notice_pspo" not in told["classes"]
    assert told["refused"]["sites"] == "Not shown."
