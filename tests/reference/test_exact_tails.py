"""Exact tails against whole-number arithmetic and scipy, and how far scipy's own is off."""

from fractions import Fraction
from math import comb

import numpy as np
from scipy import stats

from trigpoint.core.analysis.exact_tails import binomial_upper, hypergeometric_upper


def test_the_hypergeometric_tail_keeps_its_digits() -> None:
    rng = np.random.default_rng(3)
    for total in (5, 30, 400, 2000):
        for _ in range(40):
            marked, drawn = (int(one) for one in rng.integers(0, total + 1, 2))
            held = int(rng.integers(0, min(marked, drawn) + 1))
            ways = sum(
                comb(marked, i) * comb(total - marked, drawn - i) for i in range(held, min(drawn, marked) + 1)
            )
            exact = Fraction(ways, comb(total, drawn))
            found = Fraction(float(hypergeometric_upper([held], [drawn], marked, total)[0]))
            if exact > Fraction(1, 10**300):
                assert abs(found / exact - 1) < Fraction(1, 10**12)


def test_the_binomial_tail_keeps_its_digits() -> None:
    rng = np.random.default_rng(4)
    for trials in (5, 30, 200):
        for _ in range(40):
            share = Fraction(float(rng.random() ** 4))
            held = int(rng.integers(0, trials + 1))
            exact = sum(
                comb(trials, i) * share**i * (1 - share) ** (trials - i) for i in range(held, trials + 1)
            )
            found = Fraction(float(binomial_upper([held], [float(share)], trials)[0]))
            if exact > Fraction(1, 10**300):
                assert abs(found / exact - 1) < Fraction(1, 10**12)


def test_large_tails_agree_with_scipy_to_what_scipy_can() -> None:
    rng = np.random.default_rng(5)
    drawn = rng.poisson(rng.gamma(0.3, 60, 200))
    held = rng.binomial(drawn, 0.12)
    ours = hypergeometric_upper(held, drawn, 10_000, 100_000)
    np.testing.assert_allclose(
        ours, stats.hypergeom.sf(held - 1, 100_000, 10_000, drawn), rtol=1e-6, atol=1e-12
    )
    share = drawn / drawn.sum()
    np.testing.assert_allclose(
        binomial_upper(held, share, 9_000), stats.binom.sf(held - 1, 9_000, share), rtol=1e-9, atol=1e-300
    )
