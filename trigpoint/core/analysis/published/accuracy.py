"""Published figures of the accuracy of forecasts."""

from trigpoint.core.analysis.accuracy import cumulative_accuracy
from trigpoint.core.analysis.published.check import Check

__all__ = ["CHECKS"]

_SOURCE = "worked example, three equal cells; by Chainey, Tompson & Uhlig 2008"
_PREDICTED, _OBSERVED = (3, 2, 1), (6, 3, 0)


def _pai(place: int) -> float:
    return float(cumulative_accuracy(_PREDICTED, _OBSERVED)[0][place])


def _pei(place: int) -> float:
    return float(cumulative_accuracy(_PREDICTED, _OBSERVED)[1][place])


CHECKS: tuple[Check, ...] = (
    Check("PAI of the first cell", _SOURCE, 2.0, 1e-12, lambda: _pai(0)),
    Check("PAI of the first two cells", _SOURCE, 1.5, 1e-12, lambda: _pai(1)),
    Check("PAI of all three cells", _SOURCE, 1.0, 1e-12, lambda: _pai(2)),
    Check(
        "PEI* of the first cell",
        "worked example, three equal cells; by Hunt 2016",
        1.0,
        1e-12,
        lambda: _pei(0),
    ),
    Check(
        "PEI* of the first two cells",
        "worked example, three equal cells; by Hunt 2016",
        1.0,
        1e-12,
        lambda: _pei(1),
    ),
)
