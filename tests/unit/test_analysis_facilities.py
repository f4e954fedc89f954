"""Risk terrain and shares near sites, on small made-up grounds."""

import numpy as np
import pytest

from trigpoint.core.analysis.count_model import Tallies, fit_counts
from trigpoint.core.analysis.elastic_net import penalised_path
from trigpoint.core.analysis.facility_risk import cochran_armitage, shares_near
from trigpoint.core.analysis.risk_factors import Factor, factor_distances, risk_factors
from trigpoint.core.analysis.risk_terrain import risk_terrain, tallies_of

SIDE = 40
EAST, NORTH = (axis.ravel() * 100.0 for axis in np.meshgrid(np.arange(SIDE), np.arange(SIDE)))
CELLS = EAST.size


def ground(rng):
    """Cells of 100 m and the factors of four classes of site strewn over them."""
    many = {"hotel": 20, "school": 20, "takeaway": 60, "station": 4}
    sites = {name: rng.uniform(0, SIDE * 100, (count, 2)) for name, count in many.items()}
    return risk_factors(EAST, NORTH, sites, factor_distances(200.0, halves=False))


def place_of(factors, factor):
    return factors.factors.index(factor)


@pytest.mark.parametrize("spread", [False, True])
def test_a_planted_factor_is_found_with_its_size(spread):
    rng = np.random.default_rng(3)
    factors = ground(rng)
    planted = Factor("takeaway", "proximity", 200.0)
    mean = 0.3 * np.exp(1.1 * factors.present[:, place_of(factors, planted)])
    counts = rng.poisson(mean * (rng.gamma(0.6, 1 / 0.6, CELLS) if spread else 1.0))
    found = risk_terrain(counts, factors, rng, replicates=6)
    assert found.chosen == (planted,)
    assert found.value[0] == pytest.approx(np.exp(1.1), rel=0.25)
    assert found.negative_binomial is spread
    assert found.model.bic < min(found.other_bic, found.null_bic)
    assert found.inclusion[0] <= found.class_inclusion[0] == 1.0
    assert dict(found.others).keys() == {"hotel", "school", "station"}
    assert found.relative.min() == 1.0
    assert found.relative.max() == pytest.approx(found.value[0])
    assert (found.cells, found.events, found.tried) == (CELLS, counts.sum(), len(factors.factors))


@pytest.mark.compiled
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_world_without_a_factor_selects_none(seed):
    rng = np.random.default_rng(seed)
    factors = ground(rng)
    found = risk_terrain(rng.poisson(0.3 * rng.gamma(0.6, 1 / 0.6, CELLS)), factors, rng, replicates=0)
    assert found.chosen == ()
    assert found.others == ()
    assert (found.relative == 1.0).all()


def test_two_factors_of_two_classes_are_both_found_and_the_largest_stands_first():
    rng = np.random.default_rng(8)
    factors = ground(rng)
    planted = [Factor("hotel", "proximity", 400.0), Factor("station", "proximity", 600.0)]
    near = factors.present[:, [place_of(factors, one) for one in planted]]
    found = risk_terrain(rng.poisson(0.4 * np.exp(near @ [0.7, 1.2])), factors, rng, replicates=2)
    assert {one.site_class for one in found.chosen} == {"hotel", "station"}
    assert found.chosen[0].site_class == "station"
    assert len({one.site_class for one in found.chosen}) == len(found.chosen)


def test_what_keeps_away_is_no_factor_of_risk():
    rng = np.random.default_rng(4)
    factors = ground(rng)
    quiet = factors.present[:, place_of(factors, Factor("school", "proximity", 600.0))]
    found = risk_terrain(rng.poisson(0.8 * np.exp(-1.5 * quiet)), factors, rng, replicates=0)
    assert "school" not in {one.site_class for one in found.chosen}
    assert (found.coefficient > 0).all()


def test_the_same_seed_gives_the_same_model_and_progress_is_told():
    factors = ground(np.random.default_rng(1))
    counts = np.random.default_rng(2).poisson(0.3, CELLS)
    counts[factors.present[:, 0]] += 1
    seen = []
    one, other = (
        risk_terrain(counts, factors, np.random.default_rng(7), replicates=2, progress=lambda d, n: seen.append((d, n)))
        for _ in range(2)
    )  # fmt: skip
    assert one.chosen == other.chosen
    np.testing.assert_array_equal(one.inclusion, other.inclusion)
    assert seen == [(0, 2), (1, 2)] * 2


def test_no_factor_at_all_leaves_the_mean():
    factors = risk_factors(EAST, NORTH, {}, (200.0,))
    found = risk_terrain(np.arange(CELLS) % 3, factors, np.random.default_rng(1), replicates=1)
    assert found.chosen == ()
    assert found.tried == found.screened == 0


def test_folds_may_be_given_and_a_lone_event_is_in_one_of_them():
    factors = ground(np.random.default_rng(1))
    counts = np.zeros(CELLS, dtype=np.int64)
    counts[np.flatnonzero(factors.present[:, 0])[0]] = 1
    found = risk_terrain(counts, factors, np.random.default_rng(1), folds=np.arange(CELLS) % 2, replicates=6)
    assert found.chosen == ()


@pytest.mark.parametrize(
    ("counts", "why"),
    [
        (np.zeros(CELLS, dtype=np.int64), "no risk"),
        (np.full(CELLS, -1), "no risk"),
        (np.ones(CELLS), "whole count"),
        (np.ones(CELLS - 1, dtype=np.int64), "whole count"),
    ],
)
def test_counts_that_are_none_are_refused(counts, why):
    with pytest.raises(ValueError, match=why):
        risk_terrain(counts, ground(np.random.default_rng(1)), np.random.default_rng(1))


def test_folds_that_do_not_fit_are_refused():
    rng = np.random.default_rng(1)
    with pytest.raises(ValueError, match="its fold"):
        risk_terrain(np.ones(CELLS, dtype=np.int64), ground(rng), rng, folds=np.zeros(3))


@pytest.mark.parametrize(
    "name", ["ethnicity", "population", "deprivation", "Income-Band", "child_poverty", "children"]
)
def test_who_lives_there_is_never_a_factor(name):
    with pytest.raises(ValueError, match="never a factor"):
        risk_factors(EAST, NORTH, {name: np.zeros((30, 2))}, (200.0,))


def test_near_and_dense_are_what_they_say():
    sites = {"hotel": np.array([[500.0, 500.0], [520.0, 500.0], [3000.0, 3000.0]])}
    made = risk_factors(EAST, NORTH, sites, (250.0,), least_cells=1)
    near, dense = (
        made.present[:, place_of(made, Factor("hotel", kind, 250.0))] for kind in ("proximity", "density")
    )
    away = np.hypot(EAST[:, None] - sites["hotel"][:, 0], NORTH[:, None] - sites["hotel"][:, 1])
    np.testing.assert_array_equal(near, (away <= 250).any(axis=1))
    kernel = np.where(away <= 250, (1 - (away / 250) ** 2) ** 2, 0).sum(axis=1)
    np.testing.assert_array_equal(dense, kernel > kernel.mean() + 2 * kernel.std())
    assert made.too_rare == ()


def test_a_factor_of_too_few_cells_is_left_out_and_a_class_without_sites_has_none():
    sites = {"station": np.array([[5.0, 5.0]]), "hotel": np.empty((0, 2))}
    made = risk_factors(EAST, NORTH, sites, (50.0, 450.0))
    assert Factor("station", "proximity", 50.0) in made.too_rare
    assert Factor("station", "proximity", 450.0) in made.factors
    assert made.present.shape == (CELLS, len(made.factors))


def test_distances_are_half_blocks_that_the_cells_can_tell():
    assert factor_distances(200.0) == (100.0, 200.0, 300.0, 400.0, 500.0, 600.0)
    assert factor_distances(200.0, blocks=2, halves=False) == (200.0, 400.0)
    assert factor_distances(200.0, least_m=250.0) == (300.0, 400.0, 500.0, 600.0)
    assert risk_factors(EAST, NORTH, {"hotel": np.zeros((1, 2))}, ()).factors == ()
    for wrong in (0.0, -1.0, float("nan")):
        with pytest.raises(ValueError):
            factor_distances(wrong)


def test_a_coefficient_that_cannot_be_told_is_said_so():
    rows = np.array([[False, False], [True, True]])
    twice = Tallies(
        rows, np.array([50.0, 50.0]), np.array([10.0, 30.0]), np.array([0.0, 1.0]), np.array([60.0, 40.0])
    )
    with pytest.raises(ValueError, match="cannot be told"):
        fit_counts(twice, (0, 1))
    never = Tallies(
        rows, np.array([50.0, 50.0]), np.array([10.0, 0.0]), np.array([0.0, 1.0]), np.array([90.0, 10.0])
    )
    with pytest.raises(ValueError, match="cannot be told"):
        fit_counts(never, (0,))
    nothing = Tallies(rows, np.array([50.0, 50.0]), np.zeros(2), np.array([0.0]), np.array([100.0]))
    with pytest.raises(ValueError, match="nothing to fit"):
        fit_counts(nothing, ())
    with pytest.raises(ValueError, match="nothing to fit"):
        penalised_path(nothing)


def test_counts_less_spread_than_poissons_have_no_dispersion():
    present = np.arange(400)[:, None] % 2 == 0
    even = fit_counts(tallies_of(np.ones(400, dtype=np.int64), present), (0,), negative_binomial=True)
    assert even.dispersion < 1e-5
    np.testing.assert_allclose(even.coefficients, 0.0, atol=1e-6)


def test_a_long_way_from_the_start_is_still_reached():
    present = np.arange(1000)[:, None] < 10
    counts = np.where(present[:, 0], 900, 0)
    counts[500] = 1
    fit = fit_counts(tallies_of(counts, present), (0,))
    np.testing.assert_allclose(np.exp(fit.coefficients), [1 / 990, 900 * 990], rtol=1e-8)


def test_two_classes_in_the_same_places_are_told_once():
    rng = np.random.default_rng(6)
    points = rng.uniform(0, SIDE * 100, (30, 2))
    factors = risk_factors(EAST, NORTH, {"hotel": points, "school": points}, (300.0,))
    near = factors.present[:, place_of(factors, Factor("hotel", "proximity", 300.0))]
    found = risk_terrain(rng.poisson(0.4 * np.exp(1.0 * near)), factors, rng, replicates=0)
    assert len(found.chosen) == 1


def test_a_fit_that_is_cut_short_is_still_the_best_so_far(monkeypatch):
    rng = np.random.default_rng(6)
    present = rng.random((400, 2)) < 0.4
    tallies = tallies_of(rng.poisson(np.exp(present[:, 0]) * rng.gamma(0.5, 2, 400)), present)
    whole = fit_counts(tallies, (0,), negative_binomial=True)
    path = penalised_path(tallies)
    monkeypatch.setattr("trigpoint.core.analysis.count_model._ROUNDS", 1)
    monkeypatch.setattr("trigpoint.core.analysis.elastic_net._STEPS", 1)
    once = fit_counts(tallies, (0,), negative_binomial=True)
    assert once.log_likelihood <= whole.log_likelihood + 1e-9
    np.testing.assert_allclose(penalised_path(tallies).coefficients, path.coefficients, atol=0.1)
    assert path.penalties.size


def test_shares_near_are_counted_by_quarter():
    near = np.array([[True, False, False], [True, True, False]])
    found = shares_near(
        np.array([0, 0, 1, 2, 0, 1]), np.array([0, 0, 0, 0, 1, 1]), near, np.array([10.0, 20.0, 70.0])
    )
    assert found.near.tolist() == [2, 2]
    assert found.records.tolist() == [4, 2]
    np.testing.assert_allclose(found.share, [0.5, 1.0])
    np.testing.assert_allclose(found.of_county, [0.1, 0.3])
    np.testing.assert_allclose(found.ratio, [5.0, 1 / 0.3])
    assert found.high[1] == 1.0
    assert (found.low < found.share).all()
    np.testing.assert_allclose(found.ratio_low, found.low / found.of_county)


def test_a_quarter_without_records_or_ground_near_is_not_known():
    near = np.array([[False, False], [True, False]])
    found = shares_near(np.array([0, 1]), np.array([0, 0]), near, np.array([1.0, 1.0]))
    assert np.isnan(found.share[1])
    assert np.isnan(found.ratio[0])
    assert (found.low[0], found.share[0]) == (0.0, 0.0)
    assert np.isnan(found.trend_p)


@pytest.mark.parametrize(
    ("unit", "period", "ground_m", "why"),
    [
        ([0, 1], [0], [1.0, 1.0], "a unit and a period"),
        ([0], [0], [1.0], "its ground"),
        ([2], [0], [1.0, 1.0], "outside"),
        ([0], [5], [1.0, 1.0], "outside"),
        ([-1], [0], [1.0, 1.0], "outside"),
        ([0], [0], [0.0, 0.0], "no ground"),
        ([0], [0], [-1.0, 2.0], "no ground"),
    ],
)
def test_records_that_do_not_fit_are_refused(unit, period, ground_m, why):
    with pytest.raises(ValueError, match=why):
        shares_near(np.array(unit), np.array(period), np.zeros((2, 2), dtype=bool), np.array(ground_m))


def test_no_unit_at_all():
    nothing = np.empty(0, dtype=np.int64)
    found = shares_near(nothing, nothing, np.zeros((2, 0), dtype=bool), np.empty(0))
    assert np.isnan(found.share).all()
    assert np.isnan(cochran_armitage(nothing, nothing)[0])
