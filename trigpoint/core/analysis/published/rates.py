"""Published values for exact tails."""

from trigpoint.core.analysis.exact_tails import hypergeometric_upper
from trigpoint.core.analysis.published.check import Check

__all__ = ["CHECKS"]

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
)
