"""Two Poisson counts compared: a figure that R prints, and scipy's binomial test for every table of small counts."""

import itertools
from math import inf

import numpy as np
import pytest
from scipy.stats import binom, binomtest

from trigpoint.core.analysis.change import find_changes


def test_the_breast_cancer_rates_that_r_prints_for_its_own_test():
    """`poisson.test(c(11, 6+8+7), c(800, 1083+1050+878))` in R's help: ratio 1.971488, 0.8584264 to 4.2772659.

    R gives p = 0.07967 there, of the tables less likely than this one; ours is twice the smaller tail, which agrees
    with the limits. Both are checked.
    """
    found = find_changes([21], [11], (3011.0, 800.0))
    assert found.ratio[0] == pytest.approx(1.971488, abs=5e-7)
    assert found.low[0] == pytest.approx(0.8584264, abs=5e-7)
    assert found.high[0] == pytest.approx(4.2772659, abs=5e-7)
    assert binomtest(11, 32, 800 / 3811).pvalue == pytest.approx(0.07967, abs=5e-6)
    assert found.p[0] == pytest.approx(2 * binom.sf(10, 32, 800 / 3811), rel=1e-10)


@pytest.mark.parametrize("times", [(1.0, 1.0), (365.0, 30.0)])
def test_every_small_table_has_the_limits_and_tails_of_scipy(times):
    tables = [(a, b) for a, b in itertools.product(range(9), repeat=2) if a + b]
    earlier, later = (np.array(side) for side in zip(*tables, strict=True))
    found = find_changes(earlier, later, times)
    share = times[1] / sum(times)
    for at, (a, b) in enumerate(tables):
        exact = binomtest(b, a + b, share).proportion_ci(0.95, "exact")
        tails = (binom.cdf(b, a + b, share), binom.sf(b - 1, a + b, share))
        assert found.p[at] == pytest.approx(min(1.0, 2 * min(tails)), rel=1e-9)
        for limit, told in ((exact.low, found.low[at]), (exact.high, found.high[at])):
            odds = inf if limit == 1.0 else limit / (1 - limit)
            assert told == pytest.approx(odds * times[0] / times[1], rel=1e-9)
