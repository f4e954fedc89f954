"""Which gaps leave a feed out of an evaluation, and which only keep a district from being compared with."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
from scipy.sparse import csr_array

from trigpoint.gate.change_panel import EVERYWHERE, LeftOut
from trigpoint.gate.kinds.evaluation_counted import _hitting, _with_passed_over
from trigpoint.gate.kinds.evaluation_ground import Ground

DISTRICTS = SimpleNamespace(codes=["D0", "D1", "D2", "D3", "D4"])
ASKED = SimpleNamespace(
    version=SimpleNamespace(
        areas=lambda level: DISTRICTS, vocabulary=SimpleNamespace(feeds=[SimpleNamespace(id=3, name="Care")])
    )
)


def gap(district):
    return LeftOut(3, "care", district, 0, "silent", f"Care was silent in D{district}.")


def ground():
    """Six places in a row, a kilometre apart, each in the district of its number or in none; the first is treated."""
    away = np.arange(6) * 1000.0
    units = SimpleNamespace(districts=lambda ids: np.array([0, 1, 2, 3, 4, -1])[ids])
    around = np.eye(6, dtype=np.int64)
    around[2, 3] = 1
    return Ground(
        units, np.arange(6), away, np.zeros(6), np.zeros(6, dtype=np.int64), csr_array(around),
        np.array([0]), np.array([0]), 100.0, 50.0, np.zeros(6, dtype=bool),
    )  # fmt: skip


def test_a_gap_where_the_work_was_leaves_the_feed_out_and_one_elsewhere_does_not():
    assert list(_hitting(ASKED, [gap(1), gap(0)], frozenset({0}))) == [gap(0)]
    assert list(_hitting(ASKED, [gap(EVERYWHERE)], frozenset({0}))) == [gap(EVERYWHERE)]
    assert list(_hitting(ASKED, [gap(1), gap(2)], frozenset({0}))) == []


def test_a_feed_silent_in_half_the_county_is_left_out_so_that_there_is_something_to_compare_with():
    (told,) = _hitting(ASKED, [gap(1), gap(2), gap(3)], frozenset({0}))
    assert (told.district, told.sentence) == (EVERYWHERE, "Care was silent in 3 of 5 districts.")


def test_silent_districts_are_not_compared_with_nor_what_reaches_into_them():
    here = _with_passed_over(ground(), [gap(3)])
    assert here.passed_over.tolist() == [False, False, False, True, False, False]
    assert here.pool().tolist() == [1, 4, 5]
    _, _, control, _ = here.sides(np.array([2]))
    assert control.tolist() == [False, False, True, False, False, False]
    assert replace(here, passed_over=ground().passed_over).pool().tolist() == [1, 2, 3, 4, 5]
