"""The two backgrounds and the exact tails behind them: examples, and what is refused."""

import numpy as np
import pytest

from tests.factories.neighbourhoods import from_edges, grid
from trigpoint.core.analysis.backgrounds import ChildrenBackground, RecordsBackground
from trigpoint.core.analysis.exact_tails import SMALLEST, binomial_upper, hypergeometric_upper
from trigpoint.core.analysis.hotspot import find_hotspots
from trigpoint.core.analysis.published.check import run
from trigpoint.core.analysis.published.rates import CHECKS


@pytest.mark.parametrize("check", CHECKS, ids=lambda one: one.statistic)
def test_published_values_are_reached(check) -> None:
    checked = run(check)
    assert checked.within in (True, None), checked


TOWN = [row * 20 + column for row in range(4) for column in range(4)]
QUIET = [378, 379, 398, 399]


def town() -> tuple[np.ndarray, np.ndarray]:
    """A grid of 20 by 20: a busy town in one corner, and in the other a quiet place where half is of the theme."""
    everything = np.full(400, 2)
    everything[TOWN] = 400
    held = np.zeros(400, dtype=np.int64)
    held[TOWN] = 20
    everything[QUIET], held[QUIET] = 24, 12
    return held, everything


def test_evenly_the_town_is_hot_and_against_the_other_records_the_quiet_place_is() -> None:
    held, everything = town()
    near = grid(20, 20)
    evenly = find_hotspots(held, near)
    beside = find_hotspots(held, near, background=RecordsBackground(everything))
    assert set(TOWN) <= set(np.flatnonzero(evenly.hot))
    assert not set(np.flatnonzero(beside.hot)) & set(TOWN)
    assert set(QUIET) <= set(np.flatnonzero(beside.hot))
    assert np.isnan(evenly.beside).all()
    assert beside.beside[399] == 96


def test_a_place_where_few_children_live_is_hot_against_them() -> None:
    children = np.full(100, 30.0)
    children[[44, 45]] = 1.0
    held = np.ones(100, dtype=np.int64)
    near = from_edges(100, [(44, 45)])
    found = find_hotspots(held, near, background=ChildrenBackground(children))
    assert np.flatnonzero(found.hot).tolist() == []
    held[[44, 45]] = 6
    found = find_hotspots(held, near, background=ChildrenBackground(children))
    assert np.flatnonzero(found.hot).tolist() == [44, 45]
    assert found.hotspots[0].count == 12


def test_where_no_child_is_known_nothing_is_tested_and_its_records_count_nowhere() -> None:
    near = from_edges(4, [(0, 1), (2, 3)])
    found = ChildrenBackground([10.0, np.nan, 10.0, 0.0]).compare([3, 9, 1, 2], near)
    assert np.isnan(found.p).tolist() == [False, True, False, False]
    assert found.around.tolist() == [3, 12, 3, 3]
    assert found.expected[0] == pytest.approx(3.0)


def test_no_theme_or_all_of_it_leaves_nothing_to_compare() -> None:
    near = from_edges(3, [(0, 1)])
    assert np.isnan(RecordsBackground([1, 2, 3]).compare([1, 2, 3], near).p).all()
    assert np.isnan(RecordsBackground([1, 2, 3]).compare([0, 0, 0], near).p).all()
    assert np.isnan(ChildrenBackground([1.0, 2.0, 3.0]).compare([0, 0, 0], near).p).all()


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda near: RecordsBackground([1, 1, 0]).compare([0, 0, 1], near), "more records of the theme"),
        (lambda near: RecordsBackground([1, 1]).compare([0, 0, 1], near), "one count for each"),
        (lambda near: RecordsBackground([1.5, 1, 1]).compare([0, 0, 1], near), "whole and never"),
        (lambda near: ChildrenBackground([1.0, 1.0]).compare([0, 0, 1], near), "number of children"),
        (lambda near: ChildrenBackground([1.0, -1.0, 2.0]).compare([0, 0, 1], near), "never negative"),
        (lambda near: find_hotspots([0, 0, 1], near, fixed_own_value=True, background=RecordsBackground([1, 1, 1])),
         "compared evenly"),
    ],
)  # fmt: skip
def test_what_does_not_fit_together_is_refused(make, why) -> None:
    with pytest.raises(ValueError, match=why):
        make(from_edges(3, [(0, 1)]))


def test_tails_at_their_ends() -> None:
    assert hypergeometric_upper([0, 2, 5], [5, 5, 5], 5, 8)[:2].tolist() == [1.0, 1.0]
    assert hypergeometric_upper([2000], [2000], 2000, 400_000)[0] == SMALLEST
    assert binomial_upper([0, 3, 3, 2000], [0.0, 0.0, 1.0, 1e-4], 2000).tolist() == [
        1.0,
        SMALLEST,
        1.0,
        SMALLEST,
    ]


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda: hypergeometric_upper([1], [5], 9, 8), "marked or drawn"),
        (lambda: hypergeometric_upper([1], [9], 5, 8), "marked or drawn"),
        (lambda: hypergeometric_upper([6], [6], 5, 8), "held than"),
        (lambda: hypergeometric_upper([0.5], [6], 5, 8), "whole counts"),
        (lambda: binomial_upper([1], [1.5], 3), "between 0 and 1"),
        (lambda: binomial_upper([1, 2], [0.5], 3), "between 0 and 1"),
        (lambda: binomial_upper([4], [0.5], 3), "than there is"),
    ],
)
def test_tails_that_cannot_be_are_refused(make, why) -> None:
    with pytest.raises(ValueError, match=why):
        make()


def test_hot_units_with_no_record_in_any_of_them_are_no_hotspot() -> None:
    """An empty yard opens on one street only, where all is of the theme; that street opens on a busy one as well."""
    yard, street, busy = 0, 1, 2
    near = from_edges(40, [(yard, street), (street, busy)])
    held, everything = np.zeros(40, dtype=np.int64), np.full(40, 50)
    held[street], everything[[yard, street, busy]] = 12, (0, 12, 4_000)
    result = find_hotspots(held, near, background=RecordsBackground(everything))
    assert np.flatnonzero(result.hot).tolist() == [yard]
    assert result.hotspots == ()
    assert not result.hotspot.any()
