"""Published figures of near repeats."""

from trigpoint.core.analysis.near_repeat import expected_pairs
from trigpoint.core.analysis.published.check import Check

__all__ = ["CHECKS"]

_KNOX = "Knox 1964, Applied Statistics 13; childhood leukaemia, Northumberland and Durham"
_BURKITT = "Burkitt's lymphoma, 188 cases, West Nile; as printed by pointpats, 20 units and 5 days"
_KNOX_GILMAN = "Knox & Gilman 1992, J. Epidemiology and Community Health 46"
_CHICAGO = "Near Repeat Calculator 1.3; burglary, Chicago 2016"

# 188 cases make 17,578 pairs, of which 3,429 lie near in space and 52 near in time
_SPACE, _TIME, _PAIRS = 13 + 3416, 13 + 39, 188 * 187 / 2

CHECKS: tuple[Check, ...] = (
    Check("Knox: expected pairs near in both", _KNOX, 0.8333, 5e-5, lambda: expected_pairs(25, 152, 4560)),
    Check(
        "Knox: expected pairs near in both", _BURKITT, 10.1438161, 5e-8, lambda: expected_pairs(_SPACE, _TIME, _PAIRS)
    ),
    Check(
        "Knox: expected pairs near in space alone", _BURKITT, 3418.85618, 5e-6,
        lambda: expected_pairs(_SPACE, _PAIRS - _TIME, _PAIRS),
    ),
    Check(
        "Knox: expected pairs near in time alone", _BURKITT, 41.8561839, 5e-8,
        lambda: expected_pairs(_PAIRS - _SPACE, _TIME, _PAIRS),
    ),
    Check("Knox: observed pairs near in both", _BURKITT, 13, 0.0, None),
    Check("Knox: observed pairs within 0.5 km and 60 days", _KNOX_GILMAN, 68, 0.5, None, "expected 50.0"),
    Check("Knox: ratio, same place within 2 days", _CHICAGO, 15.602, 5e-4, None, "observed 202"),
    Check("Knox: ratio, 1-100 m within 2 days", _CHICAGO, 2.678, 5e-4, None, "observed 88"),
)  # fmt: skip
