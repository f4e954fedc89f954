"""Spans of time spread over the week, against a walk by the minute."""

import numpy as np
import pytest

from trigpoint.core.analysis.aoristic import NO_TIME, WEEK_MIN, aoristic_share, aoristic_week

MONDAY_0100 = 60


def by_the_minute(start, end, bin_min):
    """The slow twin: a tick for each minute of the span."""
    week = np.zeros(WEEK_MIN // bin_min)
    if end - start > WEEK_MIN:
        return week + 1 / len(week)
    for minute in range(start, end) if end > start else [start]:
        week[minute % WEEK_MIN // bin_min] += 1
    return week / week.sum()


@pytest.mark.parametrize("bin_min", [15, 60, 1440])
@pytest.mark.parametrize(
    ("start", "length"),
    [(60, 0), (60, 30), (110, 20), (1410, 105), (9960, 240), (605, 1500), (17, WEEK_MIN), (5, 11520)],
)
def test_each_record_is_spread_as_a_walk_by_the_minute_would(start, length, bin_min):
    week = aoristic_week([start], [start + length], bin_min)
    np.testing.assert_allclose(week, by_the_minute(start, start + length, bin_min), atol=1e-12)


def test_no_end_is_the_start_and_no_start_is_left_out():
    week = aoristic_week([930, NO_TIME], [NO_TIME, 930])
    assert week[15] == 1.0
    assert week.sum() == 1.0


def test_minutes_before_the_first_monday_fall_in_the_week_too():
    assert aoristic_week([-30], [-30])[167] == 1.0
    np.testing.assert_allclose(aoristic_week([-30], [30])[[0, 167]], 0.5)


def test_the_share_of_a_record_in_the_wanted_quarters():
    after_school = np.zeros(672, dtype=bool)
    after_school[61:68] = True  # Monday 15:15 to 17:00
    starts = np.array([15 * 60, 15 * 60 + 15, 17 * 60, NO_TIME, 0])
    ends = np.array([15 * 60 + 30, NO_TIME, 17 * 60, 0, 20_000])
    shares = aoristic_share(starts, ends, after_school)
    np.testing.assert_allclose(shares, [0.5, 1.0, 0.0, np.nan, 7 / 672])


@pytest.mark.parametrize("bin_min", [0, 7, 10_080])
def test_parts_that_do_not_divide_a_day_are_refused(bin_min):
    with pytest.raises(ValueError):
        aoristic_week([0], [0], bin_min)


@pytest.mark.parametrize(("starts", "ends"), [([5], [4]), ([5], [5, 6]), ([[5]], [[6]])])
def test_what_ends_before_it_starts_is_refused(starts, ends):
    with pytest.raises(ValueError):
        aoristic_week(starts, ends)


def test_a_week_of_another_length_is_refused():
    with pytest.raises(ValueError, match="672"):
        aoristic_share([0], [0], np.ones(168, dtype=bool))
