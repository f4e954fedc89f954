"""Shapley values against games whose shares are in print."""

import pytest

from trigpoint.core.analysis.published.check import run
from trigpoint.core.analysis.published.joint import CHECKS


@pytest.mark.parametrize("check", CHECKS, ids=lambda one: one.statistic)
def test_the_published_share_is_ours(check):
    checked = run(check)
    assert checked.within, (check.source, checked.ours)
