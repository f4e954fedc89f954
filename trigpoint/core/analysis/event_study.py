"""An event study: the treated places beside the others, period by period, before and after the start.

The same model as the rate ratio with a factor for every period. Each is the ratio of treated to others in that period
over the same in a reference period. What stands before the start should be level: if the two groups were parting
already, what came after need not be the work's doing.

Sources: the closed form follows from Wooldridge (1999), as in `rate_ratio`; Cochran, W. G. (1954), Biometrics 10,
417–451, and Armitage, P. (1955), Biometrics 11, 375–386, for the trend; Roth, J. (2022), American Economic Review:
Insights 4, 305–322, for what a test of earlier trends cannot do.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtrc, ndtr, ndtri

__all__ = ["EventStudy", "event_study"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class EventStudy:
    """`ratio`, `lower`, `upper` are float64[periods]: 1 is no change from the periods before the start taken together.

    A ratio is NaN where a total is nought. `level_p` tests that the periods before the start have one ratio, `trend_p`
    that it neither rose nor fell steadily; both NaN where fewer than two of them hold records.
    """

    ratio: Floats
    lower: Floats
    upper: Floats
    level_p: float
    trend_p: float

    @property
    def parted(self) -> bool:
        """Whether the two were parting before the start, by either test at 5%."""
        return bool(min(self.level_p, self.trend_p) < 0.05)


def event_study(
    treated: NDArray[np.integer], others: NDArray[np.integer], before: int, *, coverage: float = 0.95
) -> EventStudy:
    """Records of the treated places and of the others, int[periods] each; the first `before` precede the start.

    Intervals are Poisson's. Raises ValueError for lengths that differ, a negative count, or no period before the start.

    It misleads where counts are small: a test that sees no earlier trend has often seen nothing at all.
    """
    if len(treated) != len(others) or not 0 < before <= len(treated):
        raise ValueError("both have the same periods, of which at least one precedes the start")
    one, other = np.asarray(treated, dtype=np.float64), np.asarray(others, dtype=np.float64)
    if (one < 0).any() or (other < 0).any():
        raise ValueError("counts are not negative")
    base_one, base_other = float(one[:before].sum()), float(other[:before].sum())
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = (one / other) / (base_one / base_other if base_one and base_other else np.nan)
        se = (
            np.sqrt(1.0 / one + 1.0 / other + 1.0 / base_one + 1.0 / base_other) if base_one else one * np.nan
        )
        ratio[(one == 0) | (other == 0)] = np.nan
        reach = float(ndtri(0.5 + coverage / 2.0)) * se
        lower, upper = ratio * np.exp(-reach), ratio * np.exp(reach)
    return EventStudy(ratio, lower, upper, *_earlier(one[:before], other[:before]))


def _earlier(one: Floats, other: Floats) -> tuple[float, float]:
    """The chance of so uneven, and of so steadily changing, a share of the treated among each period's records."""
    both = one + other
    held = np.flatnonzero(both > 0)
    if len(held) < 2 or not one.sum() or not other.sum():
        return float("nan"), float("nan")
    one, both = one[held], both[held]
    share = one.sum() / both.sum()
    spread = share * (1.0 - share)
    level = float(np.sum((one - both * share) ** 2 / (both * spread)))
    centred = held - np.sum(both * held) / both.sum()
    z = float(np.sum(one * centred) / np.sqrt(spread * np.sum(both * centred**2)))
    return float(chdtrc(len(held) - 1, level)), 2.0 * float(ndtr(-abs(z)))
