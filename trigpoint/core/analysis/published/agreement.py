"""Published figures of the agreement of patterns."""

from trigpoint.core.analysis.agreement_of_patterns import sppt
from trigpoint.core.analysis.published.check import Check

__all__ = ["CHECKS"]

_SOURCE = "sppt for R 0.1.5, README (Steenbeek et al. 2018); limits from 200 draws there, exact here"
_BASE, _TEST = (2, 2, 2, 1, 0, 1), (2, 1, 2, 2, 1, 1)

CHECKS: tuple[Check, ...] = (
    Check("S index of six areas", _SOURCE, 0.8333333, 5e-8, lambda: sppt(_BASE, _TEST).s),
    Check("Robust S index of six areas", _SOURCE, 0.8333333, 5e-8, lambda: sppt(_BASE, _TEST).robust_s),
    Check("Lower limit of the first area", _SOURCE, 0.125, 5e-4, lambda: float(sppt(_BASE, _TEST).low[0])),
    Check("Upper limit of the first area", _SOURCE, 0.25, 5e-4, lambda: float(sppt(_BASE, _TEST).high[0])),
    Check("Upper limit of the fifth area", _SOURCE, 0.125, 5e-4, lambda: float(sppt(_BASE, _TEST).high[4])),
    Check(
        "The second area: base above the limits", _SOURCE, -1, 0.0, lambda: float(sppt(_BASE, _TEST).local[1])
    ),
)
