"""Questions: the words people write, and the same question back from a URL."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.core.sharing.agreement import LOCATION_ROLES
from trigpoint.gate.kind_rules import rule_of
from trigpoint.gate.questions import (
    DETECTIONS,
    GROUPINGS,
    KINDS,
    QUALITIES,
    WORDS,
    Question,
    QuestionError,
    question_from_query,
    question_from_words,
)
from trigpoint.gate.words import parse_hours, parse_weekdays, run_words

codes = st.lists(st.text("abc_ &=é", min_size=1, max_size=5).map(str.strip).filter(bool), max_size=3).map(
    tuple
)
texts = st.none() | st.text(min_size=1, max_size=12).map(str.strip).filter(bool)


edges = st.sets(st.integers(0, 900), max_size=4).map(lambda found: () if len(found) == 1 else tuple(found))


@st.composite
def questions(draw):
    kind = draw(st.sampled_from(KINDS))
    level = draw(st.sampled_from(rule_of(kind).levels))
    start, end = (
        draw(st.none() | st.dates(max_value=date(2024, 1, 1))),
        draw(st.none() | st.dates(date(2024, 1, 2))),
    )
    return Question(
        kind=kind,
        level=level,
        resolution=draw(st.integers(7, 10)) if level == "cell" else None,
        period_from=start,
        period_to=end,
        hours=draw(st.sets(st.integers(0, 23)).map(tuple)),
        weekdays=draw(st.sets(st.integers(0, 6)).map(tuple)),
        agencies=draw(codes),
        feeds=draw(codes),
        themes=draw(codes),
        categories=draw(codes),
        roles=draw(st.sets(st.sampled_from(LOCATION_ROLES)).map(tuple)),
        detections=draw(st.sets(st.sampled_from(DETECTIONS)).map(tuple)),
        counted=draw(st.sampled_from(["records", "events"])),
        within=draw(codes),
        known=draw(st.none() | st.dates()),
        qualities=draw(st.sets(st.sampled_from(QUALITIES)).map(tuple)),
        groupings=draw(st.sets(st.sampled_from(GROUPINGS)).map(tuple)),
        q=draw(st.floats(0.0001, 0.5)),
        variant=draw(st.sampled_from(["full", "fixed"])),
        classes=draw(codes),
        around=draw(texts),
        radius_m=draw(st.integers(1, 5000)),
        on=draw(st.none() | st.dates()),
        text=draw(texts) or "",
        geometry=draw(st.booleans()),
        names=draw(st.booleans()),
        stability=draw(st.booleans()),
        replicates=draw(st.integers(19, 9999)),
        bands_m=draw(edges),
        bands_days=draw(edges),
        start=draw(st.none() | st.dates()),
        months=draw(st.integers(0, 60)),
        buffer_m=draw(st.integers(0, 5000)),
        plan=draw(texts) or "",
        rules=draw(codes),
        **{
            name: draw(st.sampled_from(words))
            for name, words in WORDS.items()
            if name not in ("variant", "counted")
        },
    )


@given(questions())
def test_a_question_comes_back_from_its_words_and_from_its_url(question):
    assert question_from_words(question.kind, question.to_dict()) == question
    assert question_from_query(question.kind, question.to_query()) == question
    assert hash(question_from_query(question.kind, question.to_query())) == hash(question)


@given(st.sets(st.integers(0, 23), min_size=1))
def test_hours_come_back_from_their_words(hours):
    assert parse_hours(run_words(sorted(hours), [str(hour) for hour in range(24)])) == tuple(sorted(hours))


@given(st.lists(st.sampled_from(["police", "education", "social_care"]), max_size=4))
def test_order_and_repeats_make_no_other_question(agencies):
    one, other = (
        Question("counts", agencies=tuple(agencies)),
        Question("counts", agencies=tuple(agencies[::-1] * 2)),
    )
    assert one == other
    assert one.to_query() == other.to_query()


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("15-17", (15, 16, 17)),
        ("8", (8,)),
        ("22-2", (0, 1, 2, 22, 23)),
        ("08,15-16", (8, 15, 16)),
        ("0-23", (*range(24),)),
    ],
)
def test_hours_include_both_ends_and_may_pass_midnight(text, hours):
    assert parse_hours(text) == hours


@pytest.mark.parametrize(
    ("text", "weekdays"),
    [("mon-fri", (0, 1, 2, 3, 4)), ("Sat, Sun", (5, 6)), ("fri-mon", (0, 4, 5, 6)), ("tuesday", (1,))],
)
def test_weekdays(text, weekdays):
    assert parse_weekdays(text) == weekdays


def test_levels_and_their_defaults():
    assert question_from_words("counts", {"level": "cell:8"}).resolution == 8
    assert question_from_words("counts", {}).level_word == "ward"
    assert question_from_words("hotspots", {}).level_word == "cell:9"


def test_a_blank_word_is_as_if_not_written():
    assert question_from_words("counts", {"agency": ["", " "], "from": "", "within": " "}) == Question(
        "counts"
    )


@pytest.mark.parametrize(
    ("kind", "words", "says"),
    [
        ("crimes", {}, "no kind of question 'crimes'"),
        ("counts", {"lvel": "ward"}, "no filter 'lvel'"),
        ("counts", {"level": "parish"}, "no level 'parish'"),
        ("counts", {"level": "cell:4"}, "cells come as cell:7"),
        ("counts", {"level": "ward:7"}, "Only a cell has a resolution"),
        ("counts", {"from": "01/02/2024"}, "is not a day that 'from' can use"),
        ("counts", {"from": "2024-02-30"}, "is not a day"),
        ("counts", {"from": "2024-05-01", "to": "2024-01-01"}, "is not after it begins"),
        ("counts", {"from": "2024-05-01", "to": "2024-05-01"}, "is not after it begins"),
        ("counts", {"from": ["2024-05-01", "2024-06-01"]}, "'from' is given twice"),
        ("counts", {"hours": "25"}, "hours that can be read"),
        ("counts", {"hours": "15-"}, "hours that can be read"),
        ("counts", {"weekdays": "noneday"}, "weekdays that can be read"),
        ("counts", {"role": "victim"}, "no role 'victim'"),
        ("picture", {"grouping": "child"}, "no grouping 'child'"),
        ("hotspots", {"level": "lsoa"}, "tested on hexagons, streets or wards"),
        ("hotspots", {"q": "2"}, "false discovery rate"),
        ("hotspots", {"q": "nan"}, "false discovery rate"),
        ("hotspots", {"q": "few"}, "is not a number"),
        ("hotspots", {"variant": "normal"}, "no variant of the test 'normal'"),
        ("shapes", {"level": "street"}, "have shapes to fetch"),
        ("events", {"level": "street"}, "by district or by ward"),
        ("sites", {"radius": "0"}, "between 1 and 5000"),
        ("sites", {"radius": "inf"}, "between 1 and 5000"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_said_in_one_sentence(kind, words, says):
    with pytest.raises(QuestionError, match=says) as refusal:
        question_from_words(kind, words)
    assert str(refusal.value).endswith(".")
    assert "\n" not in str(refusal.value)
