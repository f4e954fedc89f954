"""How much a count could be otherwise: the exact interval of a Poisson mean.

Source: Garwood, F. (1936), "Fiducial limits for the Poisson distribution", Biometrika 28, 437–442.
"""

from scipy.special import gammaincinv

__all__ = ["count_interval"]


def count_interval(count: int, *, coverage: float = 0.95) -> tuple[float, float]:
    """Lower and upper limit of the mean that a count of independent records goes with.

    `count` is at least 0, `coverage` between 0 and 1. Holds at least its coverage, so it is wide for small counts.
    It misleads where one event is told several times: the records are then not independent and the limits too
    narrow. Raises ValueError outside those ranges.
    """
    if count < 0 or not 0.0 < coverage < 1.0:
        raise ValueError("a count is at least 0 and a coverage lies between 0 and 1")
    tail = (1.0 - coverage) / 2.0
    lower = float(gammaincinv(count, tail)) if count > 0 else 0.0
    return lower, float(gammaincinv(count + 1, 1.0 - tail))
