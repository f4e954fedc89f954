"""What chosen places held of what came later."""

import numpy as np
import pytest

from trigpoint.core.analysis.accuracy import captured, cumulative_accuracy, fullest, recapture_rate


def test_pai_is_the_share_of_records_over_the_share_of_area():
    told = captured([True, False, False, False], [6, 2, 1, 1])
    assert (told.hits, told.records, told.area_share, told.hit_rate) == (6, 10, 0.25, 0.6)
    assert (told.pai, told.best_pai, told.pei) == (pytest.approx(2.4), pytest.approx(2.4), pytest.approx(1.0))


def test_pei_is_what_was_reached_of_what_could_have_been():
    told = captured([False, True, False, True], [6, 2, 1, 1])
    assert told.pai == pytest.approx(0.3 / 0.5)
    assert told.pei == pytest.approx(0.3 / 0.8)


def test_with_areas_the_best_choice_takes_the_densest_and_a_part_of_the_last():
    told = captured([False, True], [4, 2], area=[3.0, 1.0])
    assert told.area_share == 0.25
    assert told.pai == pytest.approx((2 / 6) / 0.25)
    assert told.pei == pytest.approx(1.0)
    half = captured([True, False], [4, 2], area=[3.0, 1.0])
    assert half.best_pai == pytest.approx((2 + 4 * 2 / 3) / 6 / 0.75)


@pytest.mark.parametrize(
    ("chosen", "observed"), [([False, False], [1, 2]), ([True, False], [0, 0]), ([], [])]
)
def test_nothing_chosen_or_nothing_recorded_tells_nothing(chosen, observed):
    told = captured(np.array(chosen, dtype=bool), np.array(observed, dtype=int))
    assert np.isnan(told.pai)
    assert np.isnan(told.pei)


def test_units_foretold_alike_count_as_their_mean():
    pai, pei, level = cumulative_accuracy([1, 1, 0], [4, 0, 2])
    np.testing.assert_allclose(pai, [1.0, 1.0, 1.0])
    np.testing.assert_allclose(pei, [2 / 4, 4 / 6, 1.0])
    np.testing.assert_allclose(level, [0.5, 0.5, 2 / 6])


def test_the_level_is_what_was_foretold_over_what_came():
    np.testing.assert_allclose(cumulative_accuracy([3, 2, 1], [6, 3, 0])[2], [3 / 6, 5 / 9, 6 / 9])
    assert np.isnan(cumulative_accuracy([3, 2], [0, 1])[2][0])


def test_a_place_that_keeps_its_share_is_recaptured_whole():
    assert recapture_rate(10, 100, 20, 200) == 1.0
    assert recapture_rate(10, 100, 5, 100) == 0.5
    assert np.isnan(recapture_rate(0, 100, 5, 100))


def test_the_fullest_are_chosen_and_ties_are_drawn():
    assert np.flatnonzero(fullest([1, 5, 3, 0], 2, np.random.default_rng(0))).tolist() == [1, 2]
    drawn = np.mean([fullest([1, 1, 1, 9], 2, np.random.default_rng(seed)) for seed in range(300)], axis=0)
    assert drawn[3] == 1.0
    np.testing.assert_allclose(drawn[:3], 1 / 3, atol=0.1)


@pytest.mark.parametrize(
    "refused",
    [
        lambda: captured([True], [1, 2]),
        lambda: captured([True], [-1]),
        lambda: captured([True], [1], area=[0.0]),
        lambda: cumulative_accuracy([1], [1, 2]),
        lambda: fullest([1, 2], 3, np.random.default_rng(0)),
    ],
)
def test_what_does_not_fit_is_refused(refused):
    with pytest.raises(ValueError):
        refused()
