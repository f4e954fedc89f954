"""Shares over strata against published values."""

import pytest

from trigpoint.core.analysis.published.check import Check, run
from trigpoint.core.analysis.published.shifts import CHECKS


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.statistic)
def test_published_values(check: Check) -> None:
    found = run(check)
    assert found.within, found
