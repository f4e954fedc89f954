"""The small chart of an evaluation: laws of its numbers, and what it says to whoever does not see it."""

from datetime import date
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from trigpoint.gate.kinds.evaluation_words import LEFT_OUT
from trigpoint.web.pack.before_after import (
    BeforeAfter,
    before_after,
    before_after_chart,
    before_after_words,
    finding_of,
)

ABOUT = {"months_before": 12, "months_after": 12, "buffer_m": 250.0, "start": "2025-10-01"}
NAN = float("nan")


def row(part, places=1.0, before=NAN, after=NAN, value=NAN, lower=NAN, upper=NAN):
    names = ("part", "places", "before", "after", "value", "lower", "upper")
    return dict(zip(names, (part, places, before, after, value, lower, upper), strict=True))


COUNTED = (
    row("target", 1, 67, 10),
    row("control", 5, 325, 330),
    row("buffer", 1, 24, 65),
    row("difference", value=-58, lower=-78, upper=-38),
    row("difference_buffer", value=41, lower=23, upper=60),
)


def test_what_was_to_be_expected_is_the_count_after_less_what_lies_beyond_similar_places():
    place, similar, ring = before_after(COUNTED, ABOUT).sides
    assert (place.before, place.after, place.expected, place.low, place.high) == (67, 10, 68, 48, 88)
    assert (similar.title, similar.before, similar.after, similar.expected) == (
        "5 similar places, mean",
        65,
        66,
        None,
    )
    assert (ring.expected, ring.low, ring.high) == (24, 5, 42)


def test_what_was_kept_as_json_is_drawn_as_what_is_told_now():
    kept = [{name: None if value != value else value for name, value in one.items()} for one in COUNTED]
    assert before_after(kept, ABOUT) == before_after(COUNTED, ABOUT)


def test_nothing_is_drawn_before_a_month_is_over_or_without_a_count():
    assert before_after(COUNTED, {**ABOUT, "months_after": 0}) is None
    assert before_after([row("control", 0, 0, 0)], ABOUT) is None


def test_without_comparable_places_no_range_is_drawn_or_told():
    told = before_after([row("target", 1, 40, 31)], ABOUT)
    assert b"range" not in before_after_chart(told)
    assert before_after_words(told) == (
        "Records in the 12 months before and 12 months after 1 October 2025. At the place: 40 before, 31 after."
    )


@given(
    counts=st.lists(st.integers(0, 5000), min_size=4, max_size=4),
    beyond=st.tuples(st.floats(-4000, 4000), st.floats(0, 900)),
    months=st.tuples(st.integers(1, 24), st.integers(1, 24)),
)
def test_no_column_leaves_the_paper_and_every_count_is_written(counts, beyond, months):
    value, half = beyond
    told = before_after(
        [
            row("target", 1, counts[0], counts[1]),
            row("control", 1, counts[2], counts[3]),
            row("difference", value=value, lower=value - half, upper=value + half),
        ],
        {**ABOUT, "months_before": months[0], "months_after": months[1]},
    )
    assert isinstance(told, BeforeAfter)
    drawn = ElementTree.fromstring(before_after_chart(told))
    high = float(drawn.get("height"))
    for each in drawn.iter("{http://www.w3.org/2000/svg}rect"):
        assert 0 <= float(each.get("y")) <= float(each.get("y")) + float(each.get("height")) <= high
    words = " ".join(each.text or "" for each in drawn.iter("{http://www.w3.org/2000/svg}text"))
    assert all(f"{count:,}" in words for count in counts)
    assert all(f"{count:,}" in before_after_words(told) for count in counts)
    assert all(one.low <= one.expected <= one.high for one in told.sides if one.expected is not None)


def test_the_finding_is_told_apart_from_what_is_said_beside_it():
    beside = f"{LEFT_OUT} Anti-social behaviour was silent. Planned before: locked on 24 September 2025."
    about = {
        "sentence": f"Records fell by 57. {beside}",
        "planned": "Planned before: locked on 24 September 2025.",
    }
    assert finding_of(about) == ("Records fell by 57.", beside)
    plain = {
        "sentence": "Records fell by 57. Post hoc: not planned before.",
        "planned": "Post hoc: not planned before.",
    }
    assert finding_of(plain) == ("Records fell by 57.", "Post hoc: not planned before.")


def test_the_start_is_the_day_of_the_answer():
    assert before_after(COUNTED, ABOUT).start == date(2025, 10, 1)
