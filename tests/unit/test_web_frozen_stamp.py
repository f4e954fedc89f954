"""A stamp names what its meeting kept: a part that was not frozen is said to be missing, not told as kept."""

from datetime import UTC, datetime

from trigpoint.changes.kept_reading import KeptTold
from trigpoint.gate.questions import Question
from trigpoint.web.meeting.kept import stamp_of
from trigpoint.web.pack.frozen import kept_notes

AT = datetime(2026, 11, 1, tzinfo=UTC)


def told(*names):
    return [
        KeptTold(one, Question("questions"), "refused", None, "", AT, "", None, "", None) for one in names
    ]


def kept_words(*names):
    return stamp_of(3, AT, {}, told(*names)).kept


def pack_note(*names):
    return kept_notes(told(*names))[0]


def test_all_that_was_kept_is_named_though_this_viewer_is_not_given_it():
    assert kept_words("hot-now", "questions", "evaluation-2", "coverage") == (
        "As they were then, and can be shown again: "
        "the places with their numbers, the questions of the analysis, the evaluations."
    )


def test_what_was_not_kept_is_said():
    assert kept_words("hot-now", "notices") == (
        "As they were then, and can be shown again: the places with their numbers. "
        "Not kept: the questions of the analysis and the evaluations."
    )


def test_a_meeting_that_kept_none_of_them_claims_nothing():
    assert kept_words("notices").startswith("Not kept: the places with their numbers and ")


def test_a_pack_names_what_it_took_from_the_freeze():
    assert pack_note("hot-now", "coverage", "notices").startswith(
        "Places, coverage and notices are the answers kept when the meeting was frozen; "
    )
    assert pack_note("hot-now").startswith("Places are the answers kept")
    assert pack_note("evaluation-1") == "Maps and charts are drawn from what was known that day."
