"""What an evaluation could find out, said before it begins.

The change that would be seen four times in five at the usual 5% (two-sided) is (1.96 + 0.84) = 2.8 standard errors of
the weighted displacement difference. Where that is more than all there is, no result could ever tell.
"""

from dataclasses import dataclass
from math import ceil, inf, sqrt

from scipy.special import ndtri

__all__ = ["ERRORS", "Detectable", "detectable", "errors_needed"]

ERRORS = 2.8
"""Standard errors that a change must have: 80% power, two-sided 5%; to more digits 2.8016."""


@dataclass(frozen=True, slots=True)
class Detectable:
    """`fall` is the smallest fall that would be seen, in records; `expected` what there would be without an effect.

    `pooled` is how many times as much (months, or places) would have to be put together for the fall `hoped` for, a
    share of all, to be seen; infinite where nothing is expected.
    """

    fall: float
    expected: float
    pooled: float
    hoped: float = 0.5

    @property
    def possible(self) -> bool:
        """Whether so large a fall is possible at all: no more can go than there is, and of nothing nothing goes."""
        return self.expected > 0 and self.fall <= self.expected

    @property
    def sentence(self) -> str:
        """The same for a meeting."""
        least, of = round(self.fall), round(self.expected)
        if self.possible:
            return f"A fall of {least} or more out of {of} would be seen; a smaller one would not."
        if self.pooled == inf:
            return "Nothing is recorded here: no fall could be seen."
        return (
            f"It would need a fall of {least} out of {of}: not detectable. "
            f"To see a fall of {self.hoped:.0%}, put together {ceil(self.pooled)} times as many months or places."
        )


def detectable(
    target: float,
    control: float,
    *,
    places: float = 1.0,
    share: float = 0.5,
    errors: float = ERRORS,
    spread: float = 1.0,
) -> Detectable:
    """The smallest fall that could be told from chance, from the counts of the period before.

    `target` and `control` are the records before, and the same are expected after; `control` is the sum of `places`
    comparable places. `share` is the fall hoped for, as a share of the target, by which `pooled` is reckoned; `spread` how
    many times Poisson's the variance is (`overdispersion`). Raises ValueError for a negative count, no place, a share
    outside (0, 1], or a spread that is not positive.

    It promises too much where records come in runs and `spread` does not say so: the true error is then larger.
    """
    if target < 0 or control < 0 or places <= 0 or not 0.0 < share <= 1.0 or min(errors, spread) <= 0:
        raise ValueError("counts are not negative, places are positive and a share lies between 0 and 1")
    fall = errors * sqrt(2.0 * spread * (target + control / places**2))
    pooled = inf if target == 0 else max((fall / (target * share)) ** 2, 1.0)
    return Detectable(fall, float(target), pooled, share)


def errors_needed(power: float, size: float) -> float:
    """Standard errors for a power and a two-sided size of the test: 2.8016 for 0.8 and 0.05."""
    return float(ndtri(power) + ndtri(1.0 - size / 2.0))
