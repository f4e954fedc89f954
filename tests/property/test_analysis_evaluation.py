"""Laws of the statistics of an evaluation: whatever the places are called, and however many records there are."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trigpoint.core.analysis.detectable import detectable
from trigpoint.core.analysis.displacement_quotient import displacement_quotient
from trigpoint.core.analysis.e_test import e_test
from trigpoint.core.analysis.event_study import event_study
from trigpoint.core.analysis.matching import matched_controls, prior_pattern
from trigpoint.core.analysis.nearby_counts import circles, month_counts
from trigpoint.core.analysis.rate_ratio import randomisation_p, rate_ratio
from trigpoint.core.analysis.regression_to_mean import like_peaks
from trigpoint.core.analysis.weighted_displacement import weighted_displacement

PAIR = st.tuples(st.integers(0, 400), st.integers(0, 400))
FULL = st.tuples(st.integers(1, 400), st.integers(1, 400))
FEWER = settings(max_examples=max(settings.default.max_examples // 4, 5))


@given(PAIR, PAIR, PAIR, PAIR, st.integers(1, 9))
def test_parts_add_up_and_a_control_of_many_places_is_their_mean(target, control, near, like_near, places):
    found = weighted_displacement(target, control, near, like_near)
    assert found.total.value == found.local.value + found.buffer.value
    assert found.total.se**2 == pytest.approx(sum(sum(one) for one in (target, control, near, like_near)))
    many = tuple(count * places for count in control)
    pooled = weighted_displacement(target, many, areas=(1.0, float(places), 1.0, 1.0)).local
    assert pooled.value == pytest.approx(found.local.value)
    assert pooled.se <= found.local.se + 1e-9


@given(PAIR, PAIR, st.integers(1, 20))
def test_a_harm_that_all_types_share_only_scales_the_difference(target, control, harm):
    plain = weighted_displacement(target, control).local
    scaled = weighted_displacement([target], [control], harm=[harm]).local
    assert scaled.value == pytest.approx(harm * plain.value)
    assert scaled.se == pytest.approx(harm * plain.se)
    halved = weighted_displacement(target, control, times=(2.0, 2.0)).local
    assert halved.value == pytest.approx(plain.value / 2)


@given(PAIR, PAIR)
def test_swapping_before_and_after_turns_the_difference_round(target, control):
    one = weighted_displacement(target, control).local
    other = weighted_displacement(target[::-1], control[::-1]).local
    assert (one.value, one.se) == (-other.value, other.se)


@given(FULL, PAIR, FULL, st.integers(2, 9))
def test_a_quotient_does_not_depend_on_the_size_of_everything(target, near, control, times):
    one = displacement_quotient(target, near, control)
    larger = displacement_quotient(
        *(tuple(times * count for count in part) for part in (target, near, control))
    )
    assert larger.reading == one.reading
    assert larger.quotient == pytest.approx(one.quotient, nan_ok=True)
    assert larger.gross == times * one.gross
    if one.reading == "undefined":
        return
    # what was prevented, by another road: what control's change would have left, less what is there
    change = control[1] / control[0]
    assert one.total_net == pytest.approx((target[0] + near[0]) * change - target[1] - near[1])


@FEWER
@given(st.integers(0, 60), st.integers(0, 60))
def test_the_e_test_is_a_probability_that_knows_no_first_and_second(one, other):
    p = e_test(one, other)
    if one + other == 0:
        assert np.isnan(p)
        return
    assert 0.0 < p <= 1.0
    assert p == pytest.approx(e_test(other, one), rel=1e-9)
    assert e_test(one, one + other + 5) <= e_test(one + 1, one + 1) + 1e-12


@given(st.integers(1, 300), st.integers(0, 300), st.integers(2, 12))
def test_more_of_the_same_can_see_a_smaller_share(target, control, times):
    few, many = detectable(target, control), detectable(target * times, control * times)
    assert many.fall / many.expected < few.fall / few.expected
    assert detectable(target * np.ceil(few.pooled), control * np.ceil(few.pooled)).fall <= target * np.ceil(
        few.pooled
    ) * 0.5 * (1 + 1e-9)


def panels(places, months):
    return st.integers(0, 10_000).map(lambda seed: np.random.default_rng(seed).poisson(3.0, (places, months)))


@FEWER
@given(panels(7, 8), st.permutations(range(7)))
def test_the_order_of_places_changes_nothing(counts, order):
    treated = np.arange(7) < 2
    order = np.array(order)
    one = rate_ratio(counts[:, :4].sum(axis=1), counts[:, 4:].sum(axis=1), treated)
    other = rate_ratio(counts[order][:, :4].sum(axis=1), counts[order][:, 4:].sum(axis=1), treated[order])
    assert one.totals == other.totals
    assert one.cluster_se == pytest.approx(other.cluster_se, nan_ok=True)
    ask = {"months": 4, "start": 4, "draws": 100, "rng": np.random.default_rng(1)}
    assert randomisation_p(counts, treated, **ask) == randomisation_p(counts[order], treated[order], **ask)


@FEWER
@given(panels(7, 8))
def test_what_every_month_has_more_of_in_all_places_is_no_effect(counts):
    treated = np.arange(7) < 3
    doubled = counts.copy()
    doubled[:, 4:] *= 2
    one = rate_ratio(counts[:, :4].sum(axis=1), counts[:, 4:].sum(axis=1), treated)
    other = rate_ratio(doubled[:, :4].sum(axis=1), doubled[:, 4:].sum(axis=1), treated)
    assert other.ratio == pytest.approx(one.ratio, nan_ok=True)
    studied = event_study(counts[treated].sum(axis=0), counts[~treated].sum(axis=0), 4)
    again = event_study(doubled[treated].sum(axis=0), doubled[~treated].sum(axis=0), 4)
    assert again.ratio == pytest.approx(studied.ratio, nan_ok=True)


@FEWER
@given(panels(5, 6))
def test_trying_every_choice_makes_a_fair_test(counts):
    """Among all choices of the treated, at most a share p have a p that small: what a p is."""
    ask = {"months": 3, "start": 3, "draws": 100, "rng": np.random.default_rng(1)}
    found = [randomisation_p(counts, np.arange(5) == one, **ask) for one in range(5)]
    assert all(sum(p <= level for p in found) / 5 <= level + 1e-9 for level in found)


@FEWER
@given(panels(30, 14), st.integers(0, 10_000))
def test_the_order_of_the_pool_changes_no_choice(counts, seed):
    rng = np.random.default_rng(seed)
    at = rng.uniform(0.0, 5000.0, (2, 30))
    kinds = rng.integers(0, 2, 30)
    pattern = prior_pattern(counts, 3, 0) + rng.uniform(0.0, 1e-6, (30, 4))
    order = rng.permutation(29)
    one = matched_controls(
        (pattern[:1], kinds[:1]), (pattern[1:], kinds[1:]), (at[0, 1:], at[1, 1:]), apart_m=300.0
    )
    other = matched_controls(
        (pattern[:1], kinds[:1]), (pattern[1:][order], kinds[1:][order]), (at[0, 1:][order], at[1, 1:][order]),
        apart_m=300.0,
    )  # fmt: skip
    assert set(order[other.controls].tolist()) == set(one.controls.tolist())
    assert one.balanced == other.balanced
    chosen = 1 + one.controls
    assert (kinds[chosen] == kinds[0]).all()
    gaps = np.hypot(*(at[:, chosen, None] - at[:, None, chosen]))
    assert (gaps[~np.eye(len(chosen), dtype=bool)] >= 300.0).all()


@given(st.integers(0, 200), st.integers(0, 200))
def test_a_place_is_always_like_itself(peak, earlier):
    found = like_peaks(np.array([peak, peak * 9 + 30]), np.array([earlier, earlier]), (peak, earlier))
    assert found.tolist() == [0]


@FEWER
@given(st.integers(0, 10_000), st.floats(10.0, 900.0))
def test_circles_are_every_pair_measured(seed, radius_m):
    rng = np.random.default_rng(seed)
    at = rng.uniform(0.0, 1000.0, (2, 25))
    near = np.hypot(at[0][:, None] - at[0], at[1][:, None] - at[1]) <= radius_m
    assert (circles(at[0], at[1], radius_m).toarray() == near).all()
    unit, month = rng.integers(-1, 26, 200), rng.integers(-1, 13, 200)
    found = month_counts(unit, month, 25, 12)
    assert found.counts.sum() + found.left_out == 200
    for one, when in ((0, 0), (24, 11), (7, 3)):
        assert found.counts[one, when] == np.sum((unit == one) & (month == when))
