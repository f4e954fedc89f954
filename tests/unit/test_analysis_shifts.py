"""Theme shifts: one share in strata against statsmodels, and worlds in which what shifted is known."""

import numpy as np
import pytest
from numpy.typing import NDArray
from statsmodels.stats.contingency_tables import StratifiedTable

from trigpoint.core.analysis.shares import compare_shares
from trigpoint.core.analysis.shifts import VERDICTS, Panel, Shift, find_shifts

MONTHS, HALF = 24, 12
AFTER = np.arange(MONTHS) >= HALF
CSE, CCE, OTHER = range(3)
AGENCIES = [0, 0, 1, 2, 3]
"""Five feeds of four agencies, each in two districts."""


def world(
    seed: int = 1, *, a_month: int = 60, share: float = 0.2
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Records [stratum, month] and those of three themes [theme, stratum, month]; none carries two."""
    rng = np.random.default_rng(seed)
    total = rng.poisson(a_month, (10, MONTHS))
    themes = np.zeros((3, 10, MONTHS), dtype=np.int64)
    themes[CSE] = rng.binomial(total, share)
    themes[CCE] = rng.binomial(total - themes[CSE], share)
    themes[OTHER] = total - themes[CSE] - themes[CCE]
    return total, themes


def panel(
    total: NDArray[np.int64],
    themes: NDArray[np.int64],
    *,
    silent: list[int] | None = None,
    declared: int = -1,
) -> Panel:
    together = np.zeros((3, 3, *total.shape), dtype=np.int64)
    for one in range(3):
        together[one, one] = themes[one]
    feed = np.repeat(np.arange(5), 2)
    left_out = np.isin(np.arange(10), silent or [])
    known = np.zeros((3, 10), dtype=bool)
    known[CCE] = feed == declared
    return Panel(together, total, np.array(AGENCIES)[feed], feed, AFTER, left_out, known)


def moved(
    themes: NDArray[np.int64], strata: slice, from_theme: int, to_theme: int, share: float, seed: int = 2
) -> None:
    """After the change, this share of one theme's records carry the other instead."""
    where = np.ix_([from_theme], np.arange(10)[strata], np.flatnonzero(AFTER))
    taken = np.random.default_rng(seed).binomial(themes[where], share)
    themes[where] -= taken
    themes[np.ix_([to_theme], np.arange(10)[strata], np.flatnonzero(AFTER))] += taken


def told(one: Panel) -> list[Shift]:
    return list(find_shifts(one))


def test_the_odds_ratio_and_the_test_are_those_of_statsmodels() -> None:
    total, themes = world(3, a_month=15)
    found = compare_shares(themes[CSE], total, AFTER, np.ones(total.shape, dtype=bool))
    tables = [
        np.array([[x[AFTER].sum(), (n - x)[AFTER].sum()], [x[~AFTER].sum(), (n - x)[~AFTER].sum()]])
        for x, n in zip(themes[CSE], total, strict=True)
    ]
    twin = StratifiedTable(tables)
    assert found.odds_ratio == pytest.approx(twin.oddsratio_pooled, rel=1e-12)
    wide = np.log(found.high / found.odds_ratio) / 1.959963984540054
    assert wide == pytest.approx(twin.logodds_pooled_se * np.sqrt(found.dispersion), rel=1e-9)
    chi2 = twin.test_null_odds(correction=False).statistic
    assert found.z**2 * found.dispersion == pytest.approx(chi2, rel=1e-9)
    assert (found.strata, found.total) == (10, total.sum())


def test_months_that_vary_widen_the_interval() -> None:
    total, themes = world(4)
    wild = themes[CSE].copy()
    wild[:, ::2] = np.minimum(wild[:, ::2] * 2, total[:, ::2])
    usable = np.ones(total.shape, dtype=bool)
    calm, rough = (compare_shares(one, total, AFTER, usable) for one in (themes[CSE], wild))
    assert calm.dispersion == pytest.approx(1.0, abs=0.3)
    assert rough.dispersion > 3
    assert rough.high / rough.low > calm.high / calm.low


def test_a_stratum_that_has_one_side_only_tells_nothing() -> None:
    total, themes = world(5)
    usable = np.ones(total.shape, dtype=bool)
    usable[:9, AFTER] = False
    one = compare_shares(themes[CSE], total, AFTER, usable)
    assert one.strata == 1
    assert one.total == total[9].sum()
    none = compare_shares(themes[CSE], total, AFTER, np.zeros_like(usable))
    assert (none.strata, none.total) == (0, 0)
    assert np.isnan([none.odds_ratio, none.low, none.p, none.share_after]).all()


def test_a_share_that_was_none_before_is_an_infinite_ratio_with_a_chance() -> None:
    total = np.full((2, 4), 50)
    carrying = np.array([[0, 0, 9, 8], [0, 0, 7, 12]])
    after = np.array([False, False, True, True])
    usable = np.ones((2, 4), dtype=bool)
    new = compare_shares(carrying, total, after, usable)
    assert new.odds_ratio == new.log_odds == np.inf
    assert np.isnan(new.low)
    assert new.p < 1e-6
    gone = compare_shares(carrying, total, ~after, usable)
    assert (gone.odds_ratio, gone.log_odds, gone.z) == (0.0, -np.inf, -new.z)
    single = compare_shares(carrying[:1, [0, 2]], total[:1, :2], after[[0, 2]], usable[:1, :2])
    assert single.dispersion == 1.0


def test_a_shift_that_every_agency_shows_is_real() -> None:
    total, themes = world(6)
    moved(themes, slice(None), CSE, CCE, 0.4)
    found = told(panel(total, themes))
    assert [one.verdict for one in found[:2]] == ["real", "real"]
    assert found[CSE].stages[3].odds_ratio < 1 < found[CCE].stages[3].odds_ratio
    assert found[CCE].agencies == (0, 1, 2, 3)
    assert found[CCE].stages[3].low > 1


def test_a_code_that_one_agency_splits_is_no_shift() -> None:
    total, themes = world(7)
    themes[OTHER, :4] += themes[CCE, :4]
    themes[CCE, :4] = 0
    moved(themes, slice(0, 4), CSE, CCE, 0.5)
    found = told(panel(total, themes))
    assert [one.verdict for one in found[:2]] == ["the code changed", "the code changed"]
    assert found[CCE].changed == found[CSE].changed == (0,)
    assert (found[CSE].moved, found[CCE].moved) == (CCE, CSE)
    assert found[CCE].declared == ()
    assert found[CCE].q[0] < 0.01
    assert found[CCE].agencies == (1, 2, 3)
    assert found[OTHER].verdict == "no change seen"


def test_a_code_that_was_in_use_before_and_took_over_is_seen_by_what_it_took() -> None:
    total, themes = world(8)
    moved(themes, slice(0, 4), CSE, CCE, 0.5)
    found = told(panel(total, themes))
    assert [one.verdict for one in found[:2]] == ["the code changed", "the code changed"]


def test_a_declared_change_leaves_its_agency_out() -> None:
    total, themes = world(9)
    moved(themes, slice(0, 4), OTHER, CCE, 0.3)
    undeclared = told(panel(total, themes))[CCE]
    assert undeclared.changed == (0,)
    assert undeclared.moved == OTHER
    themes[CCE, 0:4, 12:] += 0
    declared = told(panel(total, themes, declared=0))[CCE]
    assert (declared.changed, declared.declared) == ((0,), (0,))
    assert declared.verdict == "the code changed"
    assert declared.why == "elsewhere unchanged"


def test_without_anyone_else_a_code_that_took_over_is_told_by_what_it_took() -> None:
    total, themes = world(10, a_month=150)
    themes[OTHER, 4:] += themes[CCE, 4:]
    themes[CCE, 4:] = 0
    moved(themes, slice(0, 4), CSE, CCE, 0.5)
    found = told(panel(total, themes))[CCE]
    assert (found.verdict, found.why) == ("the code changed", "moved")
    assert found.agencies == ()
    assert found.stages[3].strata == 0


def test_a_shift_of_one_agency_that_nobody_confirms_cannot_be_told() -> None:
    # it gained at the cost of what nobody counts as a theme, so that nothing says a code changed
    total, themes = world(11)
    themes[OTHER] = 0
    gained = np.random.default_rng(12).binomial(total[:4, AFTER] - themes[:, :4, AFTER].sum(axis=0), 0.25)
    themes[CCE, :4, HALF:] += gained
    found = told(panel(total, themes))[CCE]
    assert (found.verdict, found.why) == ("cannot tell", "one agency")


def test_too_few_records_elsewhere_leave_it_open() -> None:
    total, themes = world(13)
    total[4:] = 3
    themes[:, 4:] = 1
    moved(themes, slice(0, 4), CSE, CCE, 0.25)
    found = told(panel(total, themes, declared=0))[CCE]
    assert found.verdict == "cannot tell"
    assert found.why == "uncertain"


def test_a_fall_that_goes_with_the_silent_is_a_silence() -> None:
    total, themes = world(14)
    themes[CSE, :4] += themes[OTHER, :4]
    themes[OTHER, :4] = 0
    for each in (total, *themes):
        each[:4, AFTER] = 0
    found = told(panel(total, themes, silent=[0, 1, 2, 3]))[CSE]
    assert (found.verdict, found.why) == ("an agency is silent", "silent")
    assert found.silent == (0, 1, 2, 3)
    assert found.q[0] < 0.01 < found.q[1]
    unheard = told(panel(total, themes))[CSE]
    assert (unheard.verdict, unheard.why) == ("cannot tell", "mix")


def test_nothing_shifts_in_a_world_where_nothing_did() -> None:
    wrong = 0
    for seed in range(100, 120):
        found = told(panel(*world(seed)))
        wrong += any(one.verdict == "real" for one in found)
        assert all(one.verdict in VERDICTS for one in found)
    assert wrong <= 2


def test_the_order_of_the_strata_changes_nothing() -> None:
    total, themes = world(15)
    moved(themes, slice(0, 4), CSE, CCE, 0.3)
    one = panel(total, themes, silent=[7])
    order = np.random.default_rng(1).permutation(10)
    other = Panel(
        one.together[:, :, order], one.total[order], one.agency[order], one.feed[order], AFTER,
        one.silent[order], one.declared[:, order],
    )  # fmt: skip
    for before, after in zip(told(one), told(other), strict=True):
        assert (before.verdict, before.changed, before.agencies) == (
            after.verdict,
            after.changed,
            after.agencies,
        )
        for x, y in zip(before.stages, after.stages, strict=True):
            assert y.odds_ratio == pytest.approx(x.odds_ratio, rel=1e-9)
            assert y.p == pytest.approx(x.p, rel=1e-9)


def test_a_theme_nobody_carries_is_told_as_no_change() -> None:
    total, themes = world(16)
    themes[CCE] = 0
    found = told(panel(total, themes))[CCE]
    assert found.verdict == "no change seen"
    assert np.isnan(found.q).all()


def test_uncertain_without_any_silence() -> None:
    # just enough in all together, not enough in each feed by itself
    rng = np.random.default_rng(17)
    for seed in range(60):
        total, themes = world(seed, a_month=3)
        extra = rng.binomial(themes[OTHER][:, AFTER], 0.12)
        themes[OTHER][:, AFTER] -= extra
        themes[CSE][:, AFTER] += extra
        verdicts = {(one.verdict, one.why) for one in told(panel(total, themes))}
        if ("cannot tell", "uncertain") in verdicts or ("cannot tell", "mix") in verdicts:
            break
    else:
        pytest.fail("no world was uncertain")


def test_what_does_not_fit_is_refused() -> None:
    total, themes = world(1)
    usable = np.ones(total.shape, dtype=bool)
    with pytest.raises(ValueError, match="no more records"):
        compare_shares(total + 1, total, AFTER, usable)
    with pytest.raises(ValueError, match="strata and months"):
        compare_shares(themes[CSE], total, AFTER[:3], usable)
    good = panel(total, themes)
    with pytest.raises(ValueError, match="do not fit"):
        Panel(good.together, total, good.agency[:3], good.feed, AFTER, good.silent, good.declared)
