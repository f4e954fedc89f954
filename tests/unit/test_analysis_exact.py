"""What is not testable, what is refused, and that nothing given is changed."""

import numpy as np
import pytest

from tests.factories.neighbourhoods import from_edges, grid, window_sums
from trigpoint.core.analysis import sampling_law
from trigpoint.core.analysis.exact import exact_p, exact_p_own_value_fixed
from trigpoint.core.analysis.getis_ord import gi_star

BOTH = pytest.mark.parametrize("law", [exact_p, exact_p_own_value_fixed])


def test_a_window_that_is_the_whole_map_has_no_z() -> None:
    star = gi_star([1, 2, 9], from_edges(3, [(0, 1), (0, 2)]))
    assert np.isnan(star.z).tolist() == [True, False, False]
    assert star.around.tolist() == [12, 3, 10]
    assert star.window_sizes.tolist() == [3, 2, 2]
    assert star.expected.tolist() == [12, 8, 8]


@pytest.mark.parametrize("alike", [0.0, 0.1, 7.0, 1e9 / 3])
def test_values_all_alike_have_no_z(alike: float) -> None:
    assert np.isnan(gi_star([alike] * 12, grid(3, 4)).z).all()


def test_a_unit_without_neighbours_is_a_window_of_one() -> None:
    counts = np.array([0, 1, 0, 2, 8])
    star = gi_star(counts, from_edges(5, [(0, 1), (1, 2)]))
    assert star.z[4] == pytest.approx((8 - 2.2) / counts.std())
    p = exact_p(counts, star.around.astype(int), star.window_sizes)
    assert p[3:] == pytest.approx([2 / 5, 1 / 5], rel=1e-12)


@BOTH
def test_what_cannot_be_tested_has_no_p(law) -> None:  # type: ignore[no-untyped-def]
    assert np.isnan(law([4, 4, 4], [8, 12, 8], [2, 3, 2])).all()
    assert np.isnan(law([1, 2, 9], [12, 3, 10], [3, 2, 2])).tolist() == [True, False, False]
    assert law(np.array([], int), np.array([], int), np.array([], int)).size == 0
    assert np.isnan(law([3], [3], [1])).all()


@BOTH
@pytest.mark.parametrize(
    ("counts", "around", "sizes", "reason"),
    [
        ([1.5, 2.0], [2, 2], [1, 1], "whole counts"),
        ([1, -1], [1, 1], [1, 1], "never negative"),
        ([1, 3], [1, 2], [1, 1], "at least its own"),
        ([1, 3], [1, 3], [1, 0], "at least its own"),
        ([1, 3], [1, 3, 3], [1, 1], "as many as"),
    ],
)
def test_what_is_not_a_count_is_refused(law, counts, around, sizes, reason) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match=reason):
        law(counts, around, sizes)


@BOTH
def test_sums_beyond_the_largest_table_are_refused(law) -> None:  # type: ignore[no-untyped-def]
    enormous = sampling_law.LARGEST_TABLE
    with pytest.raises(ValueError, match="too large"):
        law([0, 1, enormous], [enormous, 1, enormous], [2, 1, 2])


@pytest.mark.parametrize("values", [[1.0, np.nan, 2.0, 3.0], [1.0, np.inf, 2.0, 3.0]])
def test_a_value_that_is_no_number_is_refused(values: list[float]) -> None:
    with pytest.raises(ValueError, match="finite"):
        gi_star(values, grid(2, 2))


def test_a_value_for_each_unit_is_needed() -> None:
    with pytest.raises(ValueError, match="for each unit"):
        gi_star([1, 2, 3], grid(2, 2))


@BOTH
def test_counts_with_wide_gaps_need_no_wide_tally(law) -> None:  # type: ignore[no-untyped-def]
    counts = np.array([0, 0, 0, 70_000, 200_000])
    near = from_edges(5, [(0, 1), (3, 4)])
    p = law(counts, window_sums(counts, near), np.array([2, 2, 1, 2, 2]))
    expected = {exact_p: [1, 1, 1, 0.1, 0.1], exact_p_own_value_fixed: [1, 1, 1, 0.25, 0.25]}
    assert p == pytest.approx(expected[law], rel=1e-12)


def test_a_probability_too_small_for_a_double_is_never_zero() -> None:
    counts = np.array([*[0] * 3000, *[1] * 400])
    p = exact_p(counts, np.full(3400, 400), np.full(3400, 400))
    assert (p > 0).all()
    assert (p < 1e-300).all()


@BOTH
def test_what_is_given_is_not_changed(law) -> None:  # type: ignore[no-untyped-def]
    counts, near = np.array([0, 3, 1, 0, 7, 1]), grid(2, 3, diagonals=False)
    around, sizes = window_sums(counts, near), near.degrees + 1
    given = [array.copy() for array in (counts, around, sizes)]
    for array in (counts, around, sizes):
        array.setflags(write=False)
    law(counts, around, sizes)
    gi_star(counts, near)
    for array, before in zip((counts, around, sizes), given, strict=True):
        assert (array == before).all()
