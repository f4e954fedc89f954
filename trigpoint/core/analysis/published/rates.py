"""Published values for exact tails, limits of a count, and rates of small places."""

from trigpoint.core.analysis.count_interval import count_interval
from trigpoint.core.analysis.exact_tails import hypergeometric_upper
from trigpoint.core.analysis.published.check import Check

__all__ = ["CHECKS"]

_GARWOOD = "Garwood, F. (1936) Biometrika 28: 437–442, table of fiducial limits"
_SMOOTHED = "PySAL, esda/smoothing.py: homicides around St. Louis 1979–84, 78 counties, the first of them"
_TEA = "Fisher, R. A. (1935) The Design of Experiments, chapter II: four of eight cups"

CHECKS: tuple[Check, ...] = (
    Check(
        "Hypergeometric tail: all four cups right",
        _TEA,
        1 / 70,
        1e-12,
        lambda: float(hypergeometric_upper([4], [4], 4, 8)[0]),
        "printed as one in seventy",
    ),
    Check(
        "Hypergeometric tail: three cups or four right",
        _TEA,
        17 / 70,
        1e-12,
        lambda: float(hypergeometric_upper([3], [4], 4, 8)[0]),
        "printed as 16 and 1 in 70",
    ),
    Check("Exact lower 95% limit of a count of 10", _GARWOOD, 4.80, 0.005, lambda: count_interval(10)[0]),
    Check("Exact upper 95% limit of a count of 10", _GARWOOD, 18.39, 0.005, lambda: count_interval(10)[1]),
    Check(
        "Marshall's empirical Bayes rate",
        _SMOOTHED,
        2.36718950e-05,
        5e-14,
        None,
        "tests/reference/test_rates.py",
    ),
    Check(
        "Marshall's local empirical Bayes rate",
        _SMOOTHED,
        4.01485749e-05,
        5e-14,
        None,
        "tests/reference/test_rates.py",
    ),
)
