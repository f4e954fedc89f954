"""Published values for trends."""

from collections.abc import Callable

from trigpoint.core.analysis.mann_kendall import MannKendall, mann_kendall, sen_slope
from trigpoint.core.analysis.published.check import Check

__all__ = ["CHECKS"]

_KENDALL = (
    "Kendall, M. G. (1975) Rank Correlation Methods: variance n(n − 1)(2n + 5)/18, of the series 1, 2, … 10"
)
_SEN = "Sen, P. K. (1968) JASA 63: the median of all slopes between two points, of the series 1, 2, … 10"
_RISING = [list(range(1, 11))]


def _of(name: str) -> Callable[[], float]:
    def value() -> float:
        result: MannKendall = mann_kendall(_RISING)
        return float(getattr(result, name)[0])

    return value


CHECKS: tuple[Check, ...] = (
    Check("Mann–Kendall: S", _KENDALL, 45, 1e-12, _of("s")),
    Check("Mann–Kendall: variance of S", _KENDALL, 125, 1e-9, _of("variance")),
    Check("Mann–Kendall: z", _KENDALL, 3.93548, 5e-6, _of("z"), "with the continuity correction: 44/√125"),
    Check("Mann–Kendall: p", _KENDALL, 8.303e-05, 5e-9, _of("p"), "two-sided, normal"),
    Check("Sen's slope", _SEN, 1, 1e-12, lambda: float(sen_slope(_RISING)[0])),
)
