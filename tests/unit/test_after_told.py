"""What is said after a meeting and after a year: findings with their uncertainty, counts that add up, shares in words."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from tests.property.test_after_hidden import a_year
from trigpoint.changes.year_told import CheckLine, MeetingLine, QuestionLine, ReleaseLine
from trigpoint.core.workflow.after import Became, Timely, span_of_year
from trigpoint.core.workflow.arrivals import Arrived
from trigpoint.gate.kinds.evaluation_words import BEYOND_CHANCE, NOT_THE_WORK, NOT_TOLD_FROM_CHANCE
from trigpoint.web.after.added import NO_SCORE, _share
from trigpoint.web.after.arriving import Arriving, late_lines
from trigpoint.web.after.since import since_words
from trigpoint.web.after.year import COMPARED, VERDICTS, _by_chance, months_over, released_words
from trigpoint.web.after.year_work import (
    action_tally,
    check_tally,
    doubt_lines,
    lead_lines,
    meeting_tally,
    place_tally,
    question_lines,
    release_lines,
    unmet_lines,
)

TODAY = date(2024, 9, 2)
SPAN = span_of_year(2024, TODAY)
YEAR = [(10, 1000)] * 12
"""Twelve months in which the place had one in a hundred of the county's."""


@pytest.mark.parametrize(
    ("before", "later", "over", "silent", "ends", "needs_a_caution"),
    [
        (YEAR, [], 0, {}, "too early to say.", False),
        (YEAR, [(10, 1000)], 1, {}, "no difference we can tell.", False),
        (YEAR, [(0, 1000)] * 3, 3, {}, "fewer than that.", True),
        (YEAR, [(40, 1000)] * 3, 3, {}, "more than that.", False),
        (YEAR[:5], [(0, 1000)] * 3, 3, {}, "to say what is usual here.", False),
        ([], [(4, 100)], 1, {}, "to say what is usual here.", False),
        (YEAR, [(0, 1000)] * 3, 3, {"Intelligence": "July 2026"}, "so nothing is compared.", False),
    ],
)
def test_what_happened_is_said_with_what_chance_would_give(
    before, later, over, silent, ends, needs_a_caution
):
    sentence, caution = since_words(before, later, over, silent)
    assert sentence.endswith(ends)
    assert caution is needs_a_caution


def test_a_county_that_falls_as_a_whole_is_no_fall_of_the_place():
    alone, _ = since_words(YEAR, [(3, 1000)] * 3, 3, {})
    together, _ = since_words(YEAR, [(3, 300)] * 3, 3, {})
    assert alone.endswith("fewer than that.")
    assert together.endswith("no difference we can tell.")


def test_every_action_stands_in_one_cell_and_rows_and_columns_add_up():
    told = a_year(("S03", "S04"))
    table = action_tally(told.actions, TODAY)
    cells = [[int(one) for one in row] for _, row in table.rows]
    assert all(sum(row[:-1]) == row[-1] for row in cells)
    assert cells[-1][-1] == len(told.actions) == 3
    overdue = table.heads.index("Open and overdue")
    assert cells[-1][overdue] == 3
    assert len(table.heads) == len(Timely) + 1


def test_meetings_and_places_of_no_quadrant_are_the_countys():
    told = a_year(("S03",))
    became = {one.number: (Became.CANNOT_TELL, "a feed is silent there") for one in told.places}
    assert dict(meeting_tally(told, {"north": "North"}).rows) == {"North": ("1", "0", "1")}
    county = replace(told, meetings=(MeetingLine(2, "", TODAY, "planned"),))
    assert dict(meeting_tally(county, {"north": "North"}).rows)["The county"] == ("0", "1", "1")
    assert dict(place_tally(told.places, became, {"north": "North"}).rows)["North"][-2:] == ("3", "3")
    assert unmet_lines(told, {"north": "North"}) == ()
    nobody_met = replace(told, meetings=county.meetings)
    assert unmet_lines(nobody_met, {"north": "North", "south": "South"})[0].startswith(
        "North: no meeting was held"
    )
    as_county = replace(told, meetings=(MeetingLine(2, "", TODAY, "closed"),))
    assert unmet_lines(as_county, {"north": "North"}) == ()
    assert doubt_lines(became) == ("3 places: a feed is silent there.",)
    assert lead_lines(told, SPAN, became, TODAY)[0] == (
        "1 meeting was held and 3 places taken up: 3 where we cannot tell."
    )


def test_questions_checks_and_releases_are_counted_by_what_became_of_them():
    told = replace(
        a_year(("S03",)),
        questions=(
            QuestionLine(1, True, "", None, "open", 2),
            QuestionLine(2, False, "police", None, "answered", 0),
        ),
        releases=(
            ReleaseLine("Team meetings", TODAY, False),
            ReleaseLine("Team meetings", TODAY, True),
        ),
    )
    assert question_lines(told) == (
        "Open: 1.",
        "Answered: 1.",
        "Of those open, 1 has come back at a later meeting already.",
    )
    assert release_lines(told) == ("Team meetings: 2, 1 of them withdrawn since.",)
    checks = [
        CheckLine("police", "dispute", "seasonal", state) for state in ("in_force", "waiting", "undone")
    ]
    assert check_tally(checks).rows == (("Does not agree", ("1", "1", "1", "3")),)
    assert check_tally([]).rows == ()


def test_counts_that_leave_are_rounded_and_small_ones_withheld_with_none():
    assert {released_words(n) for n in range(10)} == {"withheld, fewer than 10"}
    assert released_words(12) == "about 10"
    assert released_words(1218) == "about 1,220"


def test_a_share_is_said_in_words_and_is_no_score():
    assert [_share(one) for one in (0.95, 0.7, 0.5, 0.3, 0.2, 0.02)] == [
        "nearly all", "most", "about half", "about a third", "about a fifth", "a smaller part",
    ]  # fmt: skip
    assert "not compared" in NO_SCORE
    assert "not detectable" in VERDICTS["not_detectable"]


def test_the_year_says_what_chance_alone_would_tell():
    assert _by_chance(Counter(cannot_tell=9, peak=2)) == []
    assert _by_chance(Counter(fell=1, peak=2)) == []
    (few,) = _by_chance(Counter(cannot_tell=8, not_detectable=2, fell=1, rose=1, peak=4, no_controls=3))
    assert few.startswith("12 were compared with similar places; a change is told of 2.")
    assert "less than 1 on average of these 12" in few
    (many,) = _by_chance(Counter(cannot_tell=37, displaced=3))
    assert "about 2 of these 40" in many


def test_the_year_tells_verdicts_in_the_words_of_the_evaluations_themselves():
    """A reader who has heard one at a meeting finds the same words in the year."""
    for code in ("fell", "spread", "rose"):
        assert BEYOND_CHANCE in VERDICTS[code]
    assert NOT_THE_WORK in VERDICTS["peak"]
    assert NOT_TOLD_FROM_CHANCE in VERDICTS["cannot_tell"]
    assert set(VERDICTS) == {*COMPARED, "peak", "no_controls", "before"}


def test_months_are_those_of_the_year_that_are_over():
    assert months_over(SPAN, TODAY) == [f"2024-{month:02d}" for month in range(1, 9)]
    assert len(months_over(span_of_year(2023, TODAY), TODAY)) == 12
    assert months_over(span_of_year(2024, date(2024, 1, 20)), date(2024, 1, 20)) == []


def test_late_files_are_told_by_agency_in_their_fixed_order():
    came = [
        Arriving("police", "crime", "2024-01", Arrived(date(2024, 1, 1), TODAY, late)) for late in (0, 3, 9)
    ]
    assert late_lines(came, {"social_care": "Social care", "police": "Police"}) == (
        "Police: 2 of 3 months of its feeds late, by 9 days at most.",
    )
