"""Published values for shares compared over strata."""

import numpy as np

from trigpoint.core.analysis.published.check import Check
from trigpoint.core.analysis.shares import ShareChange, compare_shares

__all__ = ["CHECKS"]

_SOURCE = (
    "Bickel, Hammel & O'Connell (1975) Science 187: admissions to Berkeley by department, as in R's UCBAdmissions; "
    "mantelhaen.test"
)
_ADMITTED = ((512, 89), (353, 17), (120, 202), (138, 131), (53, 94), (22, 24))
_REJECTED = ((313, 19), (207, 8), (205, 391), (279, 244), (138, 299), (351, 317))
"""Men, women, by department A to F."""


def _berkeley() -> ShareChange:
    admitted, rejected = np.array(_ADMITTED), np.array(_REJECTED)
    usable = np.ones(admitted.shape, dtype=bool)
    return compare_shares(admitted, admitted + rejected, np.array([True, False]), usable)


CHECKS: tuple[Check, ...] = (
    Check(
        "Mantel–Haenszel odds ratio",
        _SOURCE,
        0.9046968,
        5e-8,
        lambda: _berkeley().odds_ratio,
        "men against women over departments",
    ),
    Check(
        "Cochran–Mantel–Haenszel chi-squared",
        _SOURCE,
        1.5246,
        5e-5,
        lambda: _berkeley().z ** 2,
        "without the continuity correction",
    ),
)
