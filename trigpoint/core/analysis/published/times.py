"""Published figures of records spread over spans of time."""

from trigpoint.core.analysis.aoristic import NO_TIME, aoristic_week
from trigpoint.core.analysis.published.check import Check

__all__ = ["CHECKS"]

_SOURCE = "crimepy, tests of aoristic weights (Wheeler)"
_HOUR, _DAY = 60, 24 * 60


def _weight(start: int, end: int, bin_: int) -> float:
    return float(aoristic_week([start], [end])[bin_])


CHECKS: tuple[Check, ...] = (
    Check(
        "Aoristic weight, Monday 01:50 to 02:10, of 01:00", _SOURCE, 0.5, 1e-9, lambda: _weight(110, 130, 1)
    ),
    Check(
        "Aoristic weight, Monday 01:50 to 02:10, of 02:00", _SOURCE, 0.5, 1e-9, lambda: _weight(110, 130, 2)
    ),
    Check(
        "Aoristic weight, eight days, of any hour", _SOURCE, 1 / 168, 1e-9, lambda: _weight(0, 8 * _DAY, 100)
    ),
    Check("Aoristic weight, no end, of its hour", _SOURCE, 1.0, 1e-9, lambda: _weight(930, NO_TIME, 15)),
    Check("Aoristic weight, no start", _SOURCE, 0.0, 1e-9, lambda: _weight(NO_TIME, 930, 15)),
    Check(
        "Aoristic weight, 01:00 to 01:00, of its hour", _SOURCE, 1.0, 1e-9, lambda: _weight(_HOUR, _HOUR, 1)
    ),
)
