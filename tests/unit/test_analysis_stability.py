"""Redrawn maps: whole counts, honest shares, and what is refused."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.factories.neighbourhoods import grid
from trigpoint.core.analysis.hotspot import find_hotspots
from trigpoint.core.analysis.stability import Claims, hotspot_stays, stability

untimed = settings(deadline=None, max_examples=50)
Counts = NDArray[np.int64]


def claims_of(records: list[list[tuple[int, float]]], theme: list[bool], units: int) -> Claims:
    starts = np.cumsum([0, *map(len, records)])
    flat = [one for record in records for one in record]
    return Claims(
        starts, np.array([unit for unit, _ in flat], dtype=np.int64), np.array([weight for _, weight in flat]),
        np.array(theme, dtype=bool), units,
    )  # fmt: skip


@st.composite
def worlds(draw: st.DrawFn) -> Claims:
    records, theme = [], []
    for _ in range(draw(st.integers(0, 8))):
        units = draw(st.lists(st.integers(-1, 4), max_size=3, unique=True))
        share = draw(st.sampled_from([1.0, 0.6]))
        parts = np.array(
            draw(st.lists(st.integers(1, 5), min_size=len(units), max_size=len(units))), dtype=float
        )
        records.append(list(zip(units, (share * parts / parts.sum()).tolist(), strict=True)) if units else [])
        theme.append(draw(st.booleans()))
    return claims_of(records, theme, 5)


def every_map(claims: Claims, seed: int = 1, **how: bool) -> list[tuple[list[int], list[int]]]:
    seen = []

    def test(of_theme: Counts, everything: Counts) -> NDArray[np.bool_]:
        seen.append((of_theme.tolist(), everything.tolist()))
        return of_theme > 1

    found = stability(claims, test, np.random.default_rng(seed), draws=20, **how)
    np.testing.assert_allclose(
        found.stays, np.mean([[count > 1 for count in one] for one, _ in seen], axis=0)
    )
    return seen


@untimed
@given(worlds())
def test_every_redrawn_map_holds_records_and_no_more_than_there_are(claims: Claims) -> None:
    for of_theme, everything in every_map(claims):
        assert all(a <= b for a, b in zip(of_theme, everything, strict=True))
        assert sum(everything) <= claims.theme.size


@untimed
@given(worlds())
def test_records_are_only_ever_put_where_they_may_lie(claims: Claims) -> None:
    possible = [0] * 5
    for at in range(claims.theme.size):
        for unit in set(claims.unit[claims.starts[at] : claims.starts[at + 1]].tolist()) - {-1}:
            possible[unit] += 1
    for _, everything in every_map(claims, records=False):
        assert all(a <= b for a, b in zip(everything, possible, strict=True))


@untimed
@given(worlds())
def test_with_nothing_redrawn_every_map_is_the_likeliest(claims: Claims) -> None:
    expected = [0] * 5
    for at in range(claims.theme.size):
        here = slice(claims.starts[at], claims.starts[at + 1])
        if claims.unit[here].size and claims.unit[here][np.argmax(claims.weight[here])] >= 0:
            expected[claims.unit[here][np.argmax(claims.weight[here])]] += 1
    assert all(everything == expected for _, everything in every_map(claims, places=False, records=False))


def test_candidates_are_drawn_by_their_weights() -> None:
    claims = claims_of([[(0, 0.7), (1, 0.2)], [(2, 1.0)]] * 500, [True, False] * 500, 3)
    totals = np.array([one for _, one in every_map(claims, records=False)]).mean(axis=0) / 500
    np.testing.assert_allclose(totals, [0.7, 0.2, 1.0], atol=0.02)


def test_drawing_records_keeps_their_number_and_spreads_their_counts() -> None:
    claims = Claims.certain(np.repeat([0, 1], 200), np.ones(400, dtype=bool), 2)
    maps = np.array([one for one, _ in every_map(claims)])
    assert (maps.sum(axis=1) == 400).all()
    assert 4 < maps[:, 0].std() < 18


def test_a_firm_hotspot_stays_and_one_of_uncertain_places_does_not() -> None:
    near = grid(15, 15)
    rng = np.random.default_rng(4)
    firm = [[(unit, 1.0)] for unit in (0, 1, 15, 16) for _ in range(14)]
    # as many in the other corner, each of which lies there or far away
    loose = [
        [(int(unit), 0.52), (int(rng.integers(60, 160)), 0.48)]
        for unit in (208, 209, 223, 224)
        for _ in range(6)
    ]
    scattered = [[(int(unit), 1.0)] for unit in rng.integers(0, 225, 120)]
    records = firm + loose + scattered
    claims = claims_of(records, [True] * len(records), 225)
    steps: list[tuple[int, int]] = []
    found = stability(
        claims,
        lambda of_theme, _: find_hotspots(of_theme, near).hot,
        np.random.default_rng(9),
        draws=40,
        progress=lambda done, of: steps.append((done, of)),
    )
    assert found.stays[0] == 1.0
    assert 0.0 < found.stays[224] < 0.95
    assert steps[0] == (1, 40)
    assert steps[-1] == (40, 40)


def test_the_same_seed_gives_the_same_shares() -> None:
    claims = claims_of([[(0, 0.5), (1, 0.5)]] * 6, [True] * 6, 2)
    assert every_map(claims, seed=3) == every_map(claims, seed=3)
    assert every_map(claims, seed=3) != every_map(claims, seed=4)


def test_a_hotspot_stays_as_its_firmest_unit_does() -> None:
    assert hotspot_stays([0.2, 0.9, 0.4, 1.0], [1, 1, 2, 0], 3).tolist() == [0.9, 0.4, 0.0]


@pytest.mark.parametrize(
    ("records", "theme", "why"),
    [
        ([[(0, 1.0)]], [True, False], "a first candidate"),
        ([[(5, 1.0)]], [True], "does not exist"),
        ([[(0, -0.5)]], [True], "does not exist"),
        ([[(0, 0.8), (1, 0.8)]], [True], "more than one record"),
    ],
)
def test_what_does_not_fit_together_is_refused(records, theme, why) -> None:
    with pytest.raises(ValueError, match=why):
        claims_of(records, theme, 2)


def test_a_candidate_without_weight_and_no_draws_are_refused() -> None:
    with pytest.raises(ValueError, match="a unit and a weight"):
        Claims(np.array([0, 1]), np.array([0]), np.array([]), np.array([True]), 2)
    with pytest.raises(ValueError, match="at least one draw"):
        stability(claims_of([], [], 1), lambda a, b: a > 0, np.random.default_rng(1), draws=0)
