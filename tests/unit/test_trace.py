"""A trace: made of what an answer says of itself, whole, and of nothing else."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.gate.answers import Answer
from trigpoint.gate.kind_rules import KINDS
from trigpoint.web.presenters.trace import NO_CLAUSE, NO_FEED, OWN_ROWS, trace_json, trace_of

ABOUT = {
    "kind": "hotspots",
    "level": "cell:9",
    "period": ["2025-11-01", "2026-11-01"],
    "filters": {"level": "cell:9", "theme": ["criminal_exploitation"], "agency": ["police"], "hours": "15-17"},
    "known": "2026-10-21",
    "publication": 12,
    "feeds": [
        {"code": "police_crime", "name": "Police crime", "agency": "police"},
        {"code": "own_log", "name": "Our own log", "agency": "council"},
        {"code": "open", "name": "Published counts", "agency": "open_data"},
    ],
    "clauses": [
        {"feed": "police_crime", "clause": "police v2 clause 4.2"},
        {"feed": "own_log", "clause": "own rows"},
        {"feed": "open", "clause": ""},
    ],
    "why": [
        {"code": "rhi", "agency": "rhi", "sentence": "Return interviews: kept to the ward.", "clause": "rhi v1 clause 4.1"}
    ],
    "definition_breaks": [
        {"code": "b", "date": "2026-04-01", "about": False, "title": "The code changed", "text": "Counts rose."}
    ],
    "attributions": ["Contains nothing."],
    "withheld": ["This may be one child. Ask in part 1; no place is shown here."],
    "exposure": "Sessions without concerns: not counted.",
    "total": 10,
    "unplaced": 3,
    "method": "Getis–Ord Gi*.",
    "compared_with": "every hexagon of the county",
    "tested": 35824,
    "q": 0.05,
    "left_out_of_test": "Records graded E are not tested.",
}  # fmt: skip
AGENCIES = {"police": "Police", "council": "County Council"}
SECRET = "Sentinel Street 4711"


def hotspots(**changed: object) -> Answer:
    return Answer("hotspots", {"code": ["a"], "count": [5]}, {**ABOUT, **changed})


def words_of(answer: Answer) -> str:
    return str(trace_json(answer, AGENCIES))


def test_a_trace_says_period_method_feeds_guards_version_and_clause():
    trace = trace_of(hotspots(), AGENCIES)
    facts, methods = dict(trace.facts), dict(trace.methods)
    assert facts["Period"] == "1 November 2025 to 31 October 2026"
    assert facts["As known"] == "at the end of 21 October 2026"
    assert facts["Store version"] == "12"
    assert facts["What is counted"] == "Linked events, by hexagon, small"
    assert (facts["Themes"], facts["Told by"], facts["Hours"]) == ("criminal exploitation", "Police", "15-17")
    assert methods["Method"] == "Getis–Ord Gi*."
    assert methods["Compared with"] == "Every hexagon of the county"
    assert methods["Tests made"].startswith("35,824 places tested; at most 5 in 100")
    assert [(one.name, one.agency, one.clause) for one in trace.feeds] == [
        ("Police crime", "Police", "police v2 clause 4.2"),
        ("Our own log", "County Council", OWN_ROWS),
        ("Published counts", "open data", NO_CLAUSE),
    ]
    assert trace.left_out == (
        "3 linked events have no place as fine as this level. They are in the total.",
        "Sessions without concerns: not counted.",
        "Not counted here at all: Return interviews: kept to the ward.",
        "Records graded E are not tested.",
        "This may be one child. Ask in part 1; no place is shown here.",
    )
    assert trace.breaks[0].startswith("From 1 April 2026: The code changed.")


def test_an_answer_that_found_nothing_says_that_this_is_not_nought():
    answer = hotspots(silence="No record was received.", feeds=[], clauses=[])
    trace = trace_of(answer, AGENCIES)
    assert trace.left_out[0] == "No record was received."
    assert (trace.feeds, trace.no_feed) == ((), NO_FEED)


@given(
    st.lists(st.text(max_size=20), max_size=5),
    st.lists(st.integers(0, 99), max_size=5),
    st.sampled_from(KINDS),
)
def test_no_row_of_an_answer_moves_its_trace(names, counts, kind):
    """So that no record's content can be told by it."""
    bare = Answer(kind, {}, {**ABOUT, "kind": kind})
    rows = {"name": [*names, SECRET], "count": np.array([*counts, 1])}
    full = replace(bare, columns=rows, parts={"hotspots": rows})
    assert trace_of(full, AGENCIES) == trace_of(bare, AGENCIES)
    assert SECRET not in words_of(full)


@given(st.dictionaries(st.from_regex(r"[a-z]{3,8}_(sentinel)", fullmatch=True), st.just(SECRET), max_size=6))
def test_a_word_that_a_trace_does_not_know_is_never_told(more):
    assert words_of(hotspots(**more)) == words_of(hotspots())


def test_a_feed_that_is_no_part_of_the_answer_is_named_only_by_the_gates_own_sentence():
    hidden = [{"code": "hidden", "name": "Hidden feed", "agency": "health"}]
    told = words_of(hotspots(not_granted=hidden))
    assert "Hidden feed" not in told
    assert told.count("Return interviews") == 1


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_answer_has_a_trace_with_words_of_its_own(kind):
    trace = trace_of(Answer(kind, {}, {**ABOUT, "kind": kind, "filters": {}}))
    assert trace.what
    assert "_" not in trace.what
    assert trace.version == 12


def test_what_was_withdrawn_or_erased_is_said_among_what_is_not_in_the_numbers():
    told = trace_json(hotspots(withdrawn=1, erased=12), AGENCIES)["left_out"]
    assert "1 record withdrawn by sense-check; as known before, they are counted." in told
    assert "12 rows of these feeds erased for good, whatever they told." in told
