"""Adding up: nothing lost, nothing counted twice, and neighbours kept among fewer units."""

from collections import Counter
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as of_numpy

from tests.factories.neighbourhoods import from_edges
from trigpoint.core.tally import by_month, by_theme, by_unit, by_week_hour, month_of_day, rate_per_1000
from trigpoint.gate.units import among, within_distance

ids = st.lists(st.integers(-1, 8), max_size=60)


@given(ids, st.sampled_from([np.int8, np.int16, np.int32, np.int64]))
def test_units_and_the_unplaced_make_the_total(numbers, dtype):
    counts, unplaced = by_unit(np.array(numbers, dtype=dtype), 9)
    assert counts.tolist() == [numbers.count(unit) for unit in range(9)]
    assert counts.sum() + unplaced == len(numbers)


def test_the_largest_id_of_a_small_type_is_counted():
    counts, unplaced = by_unit(np.array([127, -1], dtype=np.int8), 128)
    assert (counts[127], unplaced) == (1, 1)


def test_a_record_in_no_known_unit_is_an_error():
    with pytest.raises(ValueError, match="does not exist"):
        by_unit(np.array([3]), 3)


@given(st.lists(st.dates(date(1960, 1, 1), date(2060, 1, 1)), min_size=1, max_size=40))
def test_months_are_those_of_the_calendar(days):
    numbers = np.array([(day - date(1970, 1, 1)).days for day in days], dtype=np.int32)
    expected = [(day.year - 1970) * 12 + day.month - 1 for day in days]
    assert month_of_day(numbers).tolist() == expected
    first, many = min(expected), max(expected) - min(expected) + 1
    assert by_month(numbers, first, many).tolist() == [expected.count(first + month) for month in range(many)]


def test_a_day_outside_the_months_is_an_error():
    first_of_march = np.array([(date(2024, 3, 1) - date(1970, 1, 1)).days])
    for first in (54 * 12 + 3, 54 * 12):
        with pytest.raises(ValueError):
            by_month(first_of_march, first, 2)


@given(st.lists(st.tuples(st.integers(-1, 6), st.integers(-1, 23)), max_size=60))
def test_the_week_holds_all_that_have_a_day_and_an_hour(slots):
    table, without = by_week_hour(
        np.array([day for day, _ in slots], dtype=np.int8),
        np.array([hour for _, hour in slots], dtype=np.int8),
    )
    whole = Counter((day, hour) for day, hour in slots if day >= 0 and hour >= 0)
    assert {(d, h): n for (d, h), n in np.ndenumerate(table) if n} == whole
    assert without == len(slots) - whole.total()


@given(st.lists(st.sets(st.integers(0, 63)), max_size=30))
def test_themes_are_counted_by_their_bit(carried):
    masks = np.array([sum(1 << bit for bit in bits) for bits in carried], dtype=np.uint64)
    counts = by_theme(masks, np.arange(64))
    assert counts.tolist() == [sum(bit in bits for bits in carried) for bit in range(64)]


@given(of_numpy.arrays(np.int64, 5, elements=st.integers(0, 100)))
def test_rates_are_unknown_where_nobody_is_known_to_live(counts):
    people = np.array([np.nan, 0.0, 1.0, 1000.0, 2500.0])
    rates = rate_per_1000(counts, people)
    assert np.isnan(rates[:2]).all()
    assert rates[2:] * people[2:] / 1000 == pytest.approx(counts[2:])


@given(
    st.sets(st.tuples(st.integers(0, 9), st.integers(0, 9))), st.permutations(range(10)), st.integers(0, 10)
)
def test_neighbours_among_some_are_the_neighbours_that_are_left(edges, order, many):
    whole, kept = from_edges(10, edges), list(order)[:many]
    fewer = among(whole, np.array(kept, dtype=np.int64))
    for place, unit in enumerate(kept):
        beside = {kept[one] for one in fewer.indices[fewer.indptr[place] : fewer.indptr[place + 1]].tolist()}
        assert beside == set(whole.indices[whole.indptr[unit] : whole.indptr[unit + 1]].tolist()) & set(kept)


def test_months_do_not_depend_on_the_days_beside_them():
    days = np.arange(19_000, 19_400)
    assert all(month_of_day(days[i : i + 1])[0] == month_of_day(days)[i] for i in range(0, 400, 37))


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=15))
def test_neighbours_within_a_distance_are_those_that_are(points):
    beside = within_distance(
        np.array([x for x, _ in points], float), np.array([y for _, y in points], float), 10.0
    )
    for i, (x, y) in enumerate(points):
        near = [j for j, (u, v) in enumerate(points) if j != i and (x - u) ** 2 + (y - v) ** 2 <= 100]
        assert beside.indices[beside.indptr[i] : beside.indptr[i + 1]].tolist() == near
