"""People shared out over smaller units: what goes in comes out."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from trigpoint.core.geography.dasymetric import Support, share_out
from trigpoint.core.geography.neighbours import boundary_neighbours

untimed = settings(deadline=None)


@st.composite
def supports(draw: st.DrawFn, areas: int = 4, units: int = 5) -> Support:
    pieces = draw(
        st.lists(
            st.tuples(
                st.integers(-1, areas - 1), st.integers(-1, units - 1), st.sampled_from([0.0, 1.0, 2.5, 90.0])
            ),
            max_size=12,
        )
    )
    columns = list(zip(*pieces, strict=True)) if pieces else [(), (), ()]
    return Support(
        np.array(columns[0], dtype=int), np.array(columns[1], dtype=int), np.array(columns[2], dtype=float)
    )


people = st.lists(st.sampled_from([0.0, 7.0, 120.0, float("nan")]), min_size=4, max_size=4).map(np.array)


@untimed
@given(people, st.lists(supports(), max_size=3))
def test_nobody_is_lost_or_made(known: np.ndarray, given_supports: list[Support]) -> None:
    shared = share_out(known, given_supports, 5)
    assert shared.people.sum() + shared.elsewhere == pytest.approx(np.nansum(known))
    assert (shared.people >= 0).all()
    assert sum(shared.areas_by) <= 4


@untimed
@given(people, supports())
def test_shares_are_the_slow_obvious_ones(known: np.ndarray, support: Support) -> None:
    expected = [0.0] * 5
    for area, unit, weight in zip(support.area, support.unit, support.weight, strict=True):
        total = support.weight[support.area == area].sum()
        if area >= 0 and unit >= 0 and total > 0 and np.isfinite(known[area]):
            expected[unit] += known[area] * weight / total
    np.testing.assert_allclose(share_out(known, [support], 5).people, expected, atol=1e-9)


def test_the_second_support_serves_areas_that_the_first_does_not_reach() -> None:
    lengths = Support(np.array([0, 0]), np.array([0, 1]), np.array([300.0, 100.0]))
    evenly = Support(np.array([0, 1, 1]), np.array([4, 2, 3]), np.ones(3))
    shared = share_out(np.array([40.0, 10.0, 6.0]), [lengths, evenly], 5)
    assert shared.people.tolist() == [30.0, 10.0, 5.0, 5.0, 0.0]
    assert shared.areas_by == (1, 1)
    assert shared.elsewhere == 6.0


def test_pieces_that_do_not_fit_together_are_refused() -> None:
    with pytest.raises(ValueError, match="an area, a unit"):
        Support(np.array([0]), np.array([0, 1]), np.array([1.0]))
    with pytest.raises(ValueError, match="never negative"):
        Support(np.array([0]), np.array([0]), np.array([-1.0]))


def test_areas_that_share_a_boundary_are_neighbours_and_those_that_share_a_corner_are_not() -> None:
    boxes = [
        shapely.box(east, north, east + 1000, north + 1000) for north in (0, 1000) for east in (0, 1000, 2000)
    ]
    # published outlines leave slivers
    boxes[1] = shapely.box(1000.4, 0, 2000, 1000)
    found = boundary_neighbours(boxes)
    rows = [found.indices[found.indptr[i] : found.indptr[i + 1]].tolist() for i in range(6)]
    assert rows == [[1, 3], [0, 2, 4], [1, 5], [0, 4], [1, 3, 5], [2, 4]]
    assert boundary_neighbours([]).units == 0
    assert boundary_neighbours([boxes[0], shapely.box(9000, 0, 9100, 90)]).indices.size == 0
