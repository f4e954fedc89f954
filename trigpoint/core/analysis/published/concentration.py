"""Published figures of concentration."""

from trigpoint.core.analysis.concentration import generalised_gini, gini
from trigpoint.core.analysis.published.check import Check

__all__ = ["CHECKS"]

_SOURCE = "worked example; by Bernasco & Steenbeek 2017, J. Quant. Criminology 33"
_ONE_EACH = [1] * 5 + [0] * 95
_ALL_ON_ONE = [5] + [0] * 99
_HALF = [2] * 5 + [0] * 5

CHECKS: tuple[Check, ...] = (
    Check("Gini, 5 records on 5 of 100 places", _SOURCE, 0.95, 0.005, lambda: gini(_ONE_EACH)),
    Check(
        "Generalised Gini, 5 records on 5 of 100 places",
        _SOURCE,
        0.0,
        1e-12,
        lambda: generalised_gini(_ONE_EACH),
    ),
    Check("Gini, 5 records on one of 100 places", _SOURCE, 0.99, 0.005, lambda: gini(_ALL_ON_ONE)),
    Check(
        "Generalised Gini, 5 records on one of 100",
        _SOURCE,
        0.80,
        0.005,
        lambda: generalised_gini(_ALL_ON_ONE),
    ),
    Check(
        "Generalised Gini, two each on 5 of 10 places", _SOURCE, 0.5, 1e-12, lambda: generalised_gini(_HALF)
    ),
)
