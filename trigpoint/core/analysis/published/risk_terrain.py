"""Figures of a published risk terrain model: what `core/analysis/risk_terrain.py` must make of its coefficients."""

import numpy as np

from trigpoint.core.analysis.count_model import CountModel
from trigpoint.core.analysis.published.check import Check
from trigpoint.core.analysis.risk_terrain import relative_risk, relative_risk_value

__all__ = ["CHECKS"]

_REPORT = "RTMDx report on burglary in Leeds, 2014 (School of Geography, University of Leeds)"
_BUS_STOPS, _POINTS = 3.0617, 2.1578
_MODEL = CountModel(np.array([-3.3565, _BUS_STOPS, _POINTS]), 1.0, -18288.17 / 2, 4, 9199.0)
"""Three coefficients and a dispersion, over 9,199 cells; the report prints the deviance, 18288.17."""

CHECKS = (
    Check("Relative risk value, bus stops", _REPORT, 21.3638, 0.0011, lambda: relative_risk_value(_BUS_STOPS),
          "the coefficient is printed to four places"),
    Check("Relative risk value, det_points", _REPORT, 8.6521, 0.0005, lambda: relative_risk_value(_POINTS),
          "the coefficient is printed to four places"),
    Check("Relative risk of a cell with both", _REPORT, 184.8, 0.05,
          lambda: float(relative_risk(np.array([_BUS_STOPS, _POINTS]), np.array([[1, 1]]))[0])),
    Check("AIC of a risk terrain model", _REPORT, 18296.17, 0.005, lambda: _MODEL.aic),
    Check("BIC of a risk terrain model", _REPORT, 18324.68, 0.005, lambda: _MODEL.bic),
)  # fmt: skip
