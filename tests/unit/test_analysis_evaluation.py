"""What each statistic of an evaluation says of small cases, and what it refuses."""

import math

import numpy as np
import pytest
from scipy import stats

from trigpoint.core.analysis import dose as dose_steps
from trigpoint.core.analysis.detectable import detectable
from trigpoint.core.analysis.displacement_quotient import displacement_quotient
from trigpoint.core.analysis.dose import dose_response
from trigpoint.core.analysis.e_test import MOST_EXPECTED, e_test
from trigpoint.core.analysis.evaluation import Compared, at_start, before_after, evaluate
from trigpoint.core.analysis.event_study import event_study
from trigpoint.core.analysis.matching import matched_controls, prior_pattern
from trigpoint.core.analysis.overdispersion import overdispersion
from trigpoint.core.analysis.rate_ratio import randomisation_p, rate_ratio
from trigpoint.core.analysis.regression_to_mean import FEWEST_LIKE, regression_to_mean
from trigpoint.core.analysis.weighted_displacement import weighted_displacement

RNG = np.random.default_rng(3)


@pytest.mark.parametrize(
    ("target", "buffer", "control", "reading"),
    [
        ((20, 10), (10, 5), (10, 10), "diffusion"),
        ((20, 15), (20, 5), (10, 10), "more diffusion"),
        ((20, 10), (10, 10), (10, 10), "none"),
        ((20, 10), (10, 15), (10, 10), "displacement"),
        ((20, 10), (10, 25), (10, 10), "more displacement"),
        ((10, 20), (10, 10), (10, 10), "no success"),
        ((20, 10), (10, 10), (0, 10), "undefined"),
        ((20, 10), (10, 10), (10, 0), "undefined"),
    ],
)
def test_a_quotient_is_read_only_where_there_was_success(target, buffer, control, reading):
    found = displacement_quotient(target, buffer, control)
    assert found.reading == reading
    assert math.isnan(found.quotient) == (reading in ("no success", "undefined"))
    assert found.gross == target[0] - target[1]


def test_nothing_at_all_has_no_z():
    found = weighted_displacement((0, 0), (0, 0))
    assert (found.local.value, found.local.se, found.buffer) == (0.0, 0.0, None)
    assert math.isnan(found.local.z)
    assert math.isnan(found.local.p)


@pytest.mark.parametrize(
    ("words", "refused"),
    [
        ({"buffer": (1, 1)}, "together"),
        ({"areas": (1.0, 0.0, 1.0, 1.0)}, "positive"),
        ({"times": (1.0, -1.0)}, "positive"),
        ({"harm": [1.0, 2.0]}, "one row for each type"),
        ({"harm": [-1.0]}, "not negative"),
    ],
)
def test_a_difference_refuses_what_it_cannot_weigh(words, refused):
    with pytest.raises(ValueError, match=refused):
        weighted_displacement((2, 1), (2, 1), **words)


def test_a_spread_widens_the_errors_it_is_of_and_few_degrees_the_limits():
    counts = ((90, 30), (100, 100), (20, 40), (50, 50))
    plain, wide = weighted_displacement(*counts), weighted_displacement(*counts, spread=(1.0, 4.0))
    assert wide.local == plain.local
    assert wide.buffer.se == pytest.approx(2.0 * plain.buffer.se)
    assert wide.total.se**2 == pytest.approx(plain.local.se**2 + 4.0 * plain.buffer.se**2)
    few = weighted_displacement(*counts, freedom=19.0)
    assert few.local.upper - few.local.value == pytest.approx(stats.t.ppf(0.975, 19) * few.local.se)
    assert few.local.p == pytest.approx(2.0 * stats.t.sf(abs(few.local.z), 19))
    with pytest.raises(ValueError, match="spreads"):
        weighted_displacement((2, 1), (2, 1), spread=(0.0, 1.0))


def test_more_must_fall_to_be_seen_where_records_come_in_runs():
    assert detectable(20, 20, spread=4.0).fall == pytest.approx(2.0 * detectable(20, 20).fall)
    assert at_start(20, 100, 5, 4.0).fall == pytest.approx(2.0 * at_start(20, 100, 5).fall)
    with pytest.raises(ValueError, match="between"):
        detectable(20, 20, spread=0.0)


def test_how_far_counts_jump_is_the_chi_square_of_their_table_over_its_degrees():
    rng = np.random.default_rng(4)
    counts = rng.poisson(rng.gamma(3.0, 4.0, (12, 3)))
    table = stats.chi2_contingency(counts, correction=False)
    found = overdispersion(counts)
    assert found.factor == pytest.approx(table.statistic / table.dof)
    assert found.factor > 1.5
    assert found.freedom == 11
    nothing = np.vstack([counts, np.zeros((3, 3), dtype=int)])
    assert overdispersion(nothing) == found
    assert overdispersion(np.full((9, 2), 5)).factor == 1.0


def test_how_far_counts_jump_is_not_said_of_few_places_or_of_one_stretch():
    assert overdispersion(np.full((7, 2), 5)) is None
    assert overdispersion(np.column_stack([np.full(9, 5), np.zeros(9, dtype=int)])) is None
    for bad in (np.array([1, 2]), np.full((9, 2), -1)):
        with pytest.raises(ValueError, match="places and stretches"):
            overdispersion(bad)


def test_negative_counts_are_refused_everywhere():
    bad, good = np.array([-1, 2]), np.array([1, 2])
    treated = np.array([True, False])
    for refuses in (
        lambda: weighted_displacement((-1, 1), (2, 1)),
        lambda: displacement_quotient((1, -1), (1, 1), (1, 1)),
        lambda: e_test(-1, 3),
        lambda: rate_ratio(bad, good, treated),
        lambda: event_study(bad, good, 1),
        lambda: detectable(-1, 3),
        lambda: regression_to_mean((1, -2, 3), (1, 1, 1), good, good),
        lambda: dose_response(np.array([1.0, 0.0]), np.array([-1.0, 0.0]), good, good),
    ):
        with pytest.raises(ValueError, match="negative"):
            refuses()


def test_the_e_test_refuses_no_time_and_too_many():
    with pytest.raises(ValueError, match="positive"):
        e_test(1, 2, (0.0, 1.0))
    with pytest.raises(ValueError, match="too many"):
        e_test(int(MOST_EXPECTED), int(MOST_EXPECTED) + 5)


def test_what_can_be_seen_is_said_before():
    hopeless = detectable(20, 20)
    assert not hopeless.possible
    assert hopeless.sentence == (
        "It would need a fall of 25 out of 20: not detectable. "
        "To see a fall of 50%, put together 7 times as many months or places."
    )
    enough = detectable(100, 500, places=5)
    assert enough.possible
    assert enough.sentence == "A fall of 43 or more out of 100 would be seen; a smaller one would not."
    assert detectable(0, 0).sentence == detectable(0, 4).sentence
    assert detectable(0, 4).sentence == "Nothing is recorded here: no fall could be seen."
    with pytest.raises(ValueError, match="places are positive"):
        detectable(3, 4, places=0)


def test_a_ratio_of_noughts_is_not_a_number_and_of_something_to_nought_is_infinite():
    treated = np.array([True, False])
    nothing = rate_ratio(np.array([0, 5]), np.array([0, 5]), treated)
    assert math.isnan(nothing.ratio)
    assert math.isnan(nothing.lower)
    assert rate_ratio(np.array([0, 5]), np.array([3, 5]), treated).ratio == math.inf
    gone = rate_ratio(np.array([6, 5]), np.array([0, 5]), treated)
    assert (gone.ratio, gone.law) == (0.0, "Poisson")
    assert math.isnan(gone.poisson_se)
    assert gone.exact_p == pytest.approx((252 + 6 + 150) / 4368)


def test_with_many_places_the_error_is_clustered():
    rng = np.random.default_rng(1)
    before, after = rng.poisson(9.0, 20), rng.poisson(9.0, 20)
    found = rate_ratio(before, after, np.arange(20) < 8)
    assert found.law == "clustered by place"
    assert found.upper / found.ratio == pytest.approx(math.exp(1.959964 * found.cluster_se), rel=1e-5)
    few = rate_ratio(before, after, np.arange(20) < 7)
    assert few.law == "Poisson"
    assert not math.isnan(few.cluster_se)


def test_ratios_refuse_what_does_not_fit():
    counts = np.array([1, 2])
    with pytest.raises(ValueError, match="one length"):
        rate_ratio(counts, counts, np.array([True]))
    for everybody in (True, False):
        with pytest.raises(ValueError, match="treated places and others"):
            rate_ratio(counts, counts, np.array([everybody] * 2))
    with pytest.raises(ValueError, match="same periods"):
        event_study(counts, counts, 0)
    panel = np.ones((3, 6), dtype=np.int64)
    with pytest.raises(ValueError, match="every start"):
        randomisation_p(panel, np.arange(3) == 0, months=3, start=4, draws=9, rng=RNG)


def test_the_only_place_that_fell_is_one_of_ten():
    counts = np.full((10, 6), 5)
    counts[0, 3:] = 0
    told = []
    ask = {"months": 3, "start": 3, "rng": np.random.default_rng(2)}
    p = randomisation_p(
        counts, np.arange(10) == 0, draws=10, progress=lambda done, of: told.append((done, of)), **ask
    )
    assert p == 0.1
    assert told[-1] == (10, 10)
    drawn = randomisation_p(counts, np.arange(10) == 0, draws=9, **ask)
    assert 0.1 <= drawn <= 0.7


def test_other_starts_are_tried_too():
    counts = np.full((4, 9), 5)
    counts[0, 6:] = 0
    ask = {"months": 3, "start": 6, "draws": 99, "rng": np.random.default_rng(2)}
    assert randomisation_p(counts, np.arange(4) == 0, **ask) == 0.25
    assert randomisation_p(counts, np.arange(4) == 0, starts=(3,), **ask) == 0.125


def test_two_groups_that_were_parting_already_are_noticed():
    rising, level = np.array([2, 5, 9, 14, 22, 8]), np.full(6, 20)
    found = event_study(rising, level, 5)
    assert found.parted
    assert found.trend_p < 0.001
    calm = event_study(np.full(6, 20), level, 5)
    assert not calm.parted
    assert calm.ratio == pytest.approx(np.ones(6))


def test_an_event_study_says_nothing_of_noughts():
    found = event_study(np.array([0, 0, 3]), np.array([4, 4, 4]), 2)
    assert np.isnan(found.ratio).all()
    assert math.isnan(found.level_p)
    assert not found.parted
    one = event_study(np.array([4, 0, 0]), np.array([4, 0, 3]), 2)
    assert math.isnan(one.trend_p)
    assert one.ratio[0] == pytest.approx(1.0)
    assert np.isnan(one.ratio[1:]).all()


def guard(own, before, after, times=(11, 3, 3)):
    return regression_to_mean(own, times, np.array(before), np.array(after))


def test_a_fall_from_a_peak_that_like_places_had_too_is_explained():
    found = guard((33, 25, 9), [24, 26, 25], [8, 10, 9])
    assert found.at_a_peak
    assert found.explains
    assert found.peak_ratio == pytest.approx(25 / 9)
    assert (found.expected, found.usual, found.continued) == pytest.approx((9.0, 9.0, 25.0))
    assert found.like_p < 0.001


def test_rates_are_compared_where_the_time_after_is_longer():
    found = guard((33, 25, 30), [24, 26, 25], [32, 40, 36], times=(11, 3, 12))
    assert found.continued == 100.0
    assert found.explains


def test_a_fall_that_like_places_did_not_have_is_not():
    found = guard((33, 25, 3), [24, 26, 25, 25], [24, 26, 25, 25])
    assert found.at_a_peak
    assert not found.explains
    assert found.p == pytest.approx(1 / 5)


def test_a_fall_far_below_what_like_places_and_its_own_past_had_is_not():
    assert not guard((330, 250, 30), [240, 260, 250], [80, 100, 90]).explains


def test_with_too_few_like_places_its_own_usual_is_what_it_is_held_against():
    assert FEWEST_LIKE == 3
    assert guard((33, 25, 9), [24], [24]).explains
    assert not guard((330, 250, 30), [24], [24]).explains


def test_no_peak_and_no_fall_explain_nothing():
    assert not guard((33, 9, 2), [9] * 3, [2] * 3).explains
    assert not guard((33, 25, 26), [25] * 3, [9] * 3).explains


def test_a_guard_without_a_past_or_like_places_says_so():
    alone = guard((0, 25, 9), [], [], times=(0, 3, 3))
    assert math.isnan(alone.peak_ratio)
    assert math.isnan(alone.expected)
    assert not alone.at_a_peak
    quiet = guard((0, 25, 9), [], [])
    assert math.isnan(quiet.peak_ratio)
    assert quiet.usual == 0.0
    with pytest.raises(ValueError, match="times"):
        guard((1, 2, 3), [1], [1], times=(1, 0, 1))


NO_PEAK = guard((33, 9, 9), [], [])
PEAK = guard((33, 25, 9), [24, 26, 25], [8, 10, 9])


def judged(target, control=(100, 100), buffer=None, like_buffer=None, told=NO_PEAK, comparable=True, **more):
    compared = Compared(target, control, buffer, like_buffer, (6.0, 6.0), 5, **more)
    return evaluate(compared, told, comparable=comparable)


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ({"target": (90, 30), "buffer": (20, 20), "like_buffer": (100, 100)}, "fell"),
        ({"target": (90, 30)}, "fell"),
        ({"target": (90, 30), "buffer": (20, 70), "like_buffer": (100, 100)}, "displaced"),
        ({"target": (90, 30), "buffer": (300, 330), "like_buffer": (1500, 1500)}, "perhaps_moved"),
        ({"target": (90, 30), "buffer": (90, 20), "like_buffer": (100, 100)}, "spread"),
        ({"target": (30, 90)}, "rose"),
        ({"target": (30, 26)}, "cannot_tell"),
        ({"target": (5, 4)}, "not_detectable"),
        ({"target": (90, 30), "told": PEAK}, "peak"),
        ({"target": (90, 30), "told": PEAK, "comparable": False}, "peak"),
        ({"target": (30, 90), "told": PEAK}, "rose"),
        ({"target": (30, 31), "told": PEAK, "comparable": False}, "no_controls"),
        ({"target": (90, 30), "comparable": False}, "no_controls"),
    ],
)
def test_the_verdict(words, verdict):
    assert judged(**words).verdict == verdict


def test_an_evaluation_has_its_parts_or_says_they_are_not_there():
    whole = judged((90, 30), buffer=(20, 70), like_buffer=(100, 100), rings=5.0)
    assert whole.moved == pytest.approx(50 / 60)
    assert whole.quotient is not None
    assert whole.quotient.reading == "displacement"
    assert whole.e_p < 0.001
    alone = judged((90, 30))
    assert alone.quotient is None
    assert math.isnan(alone.moved)
    assert math.isnan(judged((30, 90), buffer=(20, 70), like_buffer=(100, 100)).moved)
    refused = judged((90, 30), comparable=False)
    assert (refused.displacement, refused.quotient) == (None, None)
    assert math.isnan(judged((200_000, 300_000)).e_p)


def test_rings_are_weighted_by_what_they_held_in_the_past():
    found = judged((90, 30), buffer=(20, 70), like_buffer=(2000, 1800), rings=100.0).displacement
    assert found.buffer.value == pytest.approx(50 + 2)


def test_a_shorter_time_after_is_compared_with_as_long_a_time_before():
    compared = Compared((60, 20), (300, 100), None, None, (6.0, 2.0), 5)
    found = evaluate(compared, NO_PEAK, comparable=True)
    assert found.displacement.local.value == pytest.approx(0.0)


def test_what_is_before_and_what_is_after():
    counts = np.arange(10)
    assert before_after(counts, 4, (3, 2)) == (1 + 2 + 3, 4 + 5)
    for start, months in ((2, (3, 2)), (9, (3, 2))):
        with pytest.raises(ValueError, match="so many months"):
            before_after(counts, start, months)
    assert at_start(20, 0, 0).fall == pytest.approx(2.8 * math.sqrt(40))
    assert at_start(20, 100, 5).fall == pytest.approx(2.8 * math.sqrt(2 * (20 + 4)))


def pattern_of(levels):
    return np.column_stack([levels, levels, np.zeros(len(levels)), np.zeros(len(levels))]).astype(float)


def chosen(levels, wanted, kinds=None, **more):
    many = np.arange(len(levels)) * 1000.0
    return matched_controls(
        (pattern_of(wanted), np.zeros(len(wanted), dtype=int)),
        (pattern_of(levels), np.zeros(len(levels), dtype=int) if kinds is None else np.array(kinds)),
        (many, many),
        **({"apart_m": 10.0} | more),
    )


def test_as_many_controls_are_taken_as_stay_balanced():
    found = chosen([5.0, 5.1, 9.0, 9.0, 1.0, 1.0], [5.0])
    assert found.balanced
    assert {0, 1} <= set(found.controls.tolist())
    fewer = chosen([5.0, 5.1, 9.0, 9.0, 9.0, 1.0], [5.0], most=3)
    assert fewer.balanced
    assert sorted(fewer.controls.tolist()) == [0, 1]
    far = chosen([9.0, 9.0, 9.5, 10.0], [5.0])
    assert not far.balanced
    assert len(far.controls) == 1
    assert far.pool == 4


def test_only_places_of_the_kind_and_apart_are_taken():
    found = chosen([5.0, 5.0, 5.0, 8.0], [5.0], kinds=[1, 0, 0, 0], most=2)
    assert found.controls.tolist() == [1, 2]
    together = chosen([5.0, 5.0, 5.0, 8.0], [5.0], apart_m=1e6, most=2)
    assert together.controls.tolist() == [0]
    none = chosen([5.0, 5.0], [5.0], kinds=[1, 1])
    assert not none.balanced
    assert (none.pool, none.controls.size) == (0, 0)
    assert chosen([], [5.0]).pool == 0


def test_optimal_matching_parts_with_less_in_all_than_taking_turns():
    # the first would take 5.2, which leaves the second only 9
    found = chosen([5.2, 4.6, 9.0], [5.0, 5.6], most=1)
    assert found.controls.tolist() == [1, 0]
    assert found.of.tolist() == [0, 1]
    greedy = chosen([5.2, 4.6, 9.0], [5.0, 5.6], most=1, optimal=False)
    assert greedy.controls.tolist() == [0, 1]


def test_places_of_two_kinds_get_controls_of_their_own_or_none():
    wanted = pattern_of([5.0, 5.0])
    pool = pattern_of([5.0, 5.0, 5.0, 7.0])
    at = np.arange(4) * 1000.0
    ask = {"apart_m": 10.0, "most": 2}
    found = matched_controls((wanted, np.array([0, 1])), (pool, np.array([0, 0, 0, 1])), (at, at), **ask)
    assert found.controls.tolist() == [0, 3]
    none = matched_controls((wanted, np.array([0, 1])), (pool, np.zeros(4, dtype=int)), (at, at), **ask)
    assert none.controls.size == 0


def test_a_pattern_is_level_run_trend_and_season():
    counts = np.zeros((1, 12), dtype=np.int64)
    counts[0, 3:9] = 4
    level, run, trend, season = prior_pattern(counts, 3, 0)[0]
    assert level == pytest.approx(math.sqrt(24))
    assert run == 0.0
    assert trend == 0.0
    assert season == pytest.approx(math.sqrt(24))
    with pytest.raises(ValueError, match="a year"):
        prior_pattern(counts[:, 1:], 3, 0)
    with pytest.raises(ValueError, match="same columns"):
        chosen([5.0], [5.0], most=0)


def test_dose_stands_beside_what_was_meant():
    planned = np.array([10.0, 10.0, 0.0, 0.0])
    found = dose_response(planned, np.array([10.0, 0.0, 0.0, 0.0]), np.full(4, 20), np.array([5, 20, 20, 20]))
    assert found.delivered == 0.5
    assert found.as_treated is not None
    assert found.as_treated.ratio < found.as_planned.ratio < 1.0
    assert found.ratio < 1.0


def test_dose_that_nobody_or_everybody_had_has_no_slope():
    planned, counts = np.array([10.0, 0.0]), np.array([9, 9])
    nobody = dose_response(planned, np.zeros(2), counts, counts)
    assert nobody.as_treated is None
    assert math.isnan(nobody.ratio)
    assert math.isnan(nobody.p)
    everybody = dose_response(planned, np.ones(2), counts, counts)
    assert everybody.as_treated is None
    with pytest.raises(ValueError, match="one length"):
        dose_response(planned, np.zeros(1), counts, counts)
    with pytest.raises(ValueError, match="finite"):
        dose_response(planned, np.array([np.nan, 0.0]), counts, counts)


def test_counts_that_part_wholly_have_no_slope():
    dose = np.array([0.0, 0.0, 1.0, 1.0])
    parted = dose_response(dose, dose, np.array([0, 0, 9, 9]), np.array([9, 9, 0, 0]))
    assert math.isnan(parted.ratio)


def test_a_slope_that_does_not_settle_is_not_told(monkeypatch):
    dose = np.array([0.0, 0.0, 1.0, 1.0])
    counts = np.array([5, 5, 9, 9]), np.array([9, 9, 4, 4])
    assert dose_response(dose, dose, *counts).ratio == pytest.approx((8 / 18) / (18 / 10))
    assert dose_response(dose * 1e-6, dose * 1e-6, *counts).se > 0
    monkeypatch.setattr(dose_steps, "_STEPS", 1)
    assert math.isnan(dose_response(dose, dose, *counts).ratio)
