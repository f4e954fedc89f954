"""Published figures of the space-time permutation scan."""

from trigpoint.core.analysis.published.check import Check
from trigpoint.core.analysis.scan_chance import monte_carlo_p, recurrence_days, sequential_p
from trigpoint.core.analysis.scan_ratio import log_likelihood_ratio

__all__ = ["CHECKS"]

_FIRST = "SaTScan 9.4.4, prospective scan of satscan_test1 (100 cases, 25 places), as printed by PredictCode, Leeds"
_THIRD = "SaTScan 9.4.4, prospective scan of satscan_test3 (100 cases, 23 places), as printed by PredictCode, Leeds"
_FEVER = "SaTScan 10.3.2 on its sample NYCfever (194 cases, 192 zip codes, 3 km, 7 days, prospective)"
_RUN = "the whole scan; runs in tests/reference/test_scan.py where TRIGPOINT_REFERENCE_DATA holds the files"
# expected is a product of two whole numbers over 100 cases, so its two printed digits are all there are
_PRINTED = "from the printed observed and expected, which are exact"


def _drawn(most: int, reached: int) -> list[float]:
    """As many replicates, of which the last so many reach a ratio of 1."""
    return [0.0] * (most - reached) + [2.0] * reached


CHECKS: tuple[Check, ...] = (
    Check("scan: LLR of 10 where 5.46 are expected", _THIRD, 1.622161, 5e-7,
          lambda: log_likelihood_ratio(10.0, 5.46, 100.0), _PRINTED),
    Check("scan: LLR of 3 where 0.42 are expected", _FIRST, 3.352053, 5e-7,
          lambda: log_likelihood_ratio(3.0, 0.42, 100.0), _PRINTED),
    Check("scan: LLR of 4 where 0.96 are expected", _FIRST, 2.715606, 5e-7,
          lambda: log_likelihood_ratio(4.0, 0.96, 100.0), _PRINTED),
    Check("scan: p when the 248th replicate was the 50th to reach", _FIRST, 0.202, 5e-4,
          lambda: sequential_p(_drawn(248, 50), 1.0, 999, 50)),
    Check("scan: recurrence interval at p = 0.581, in steps of one", _FIRST, 1.7, 0.05,
          lambda: recurrence_days(0.581, 1.0)),
    Check("scan: least p of 999 replicates", "Dwass 1957, Annals of Mathematical Statistics 28", 0.001, 1e-12,
          lambda: monte_carlo_p([0.0] * 999, 1.0)),
    Check("scan: LLR of the most likely cluster", _FIRST, 3.352053, 5e-7, None, _RUN),
    Check("scan: LLR of the second cluster", _FIRST, 2.715606, 5e-7, None, _RUN),
    Check("scan: LLR of the most likely cluster", _THIRD, 1.622161, 5e-7, None, _RUN),
    Check("scan: LLR of the most likely cluster", _FEVER, 3.845418, 5e-7, None, _RUN),
    Check("scan: LLR of the second cluster", _FEVER, 3.164201, 5e-7, None, _RUN),
)  # fmt: skip
